// Series and other answers that follow the store.

import type { Context } from './context.js'
import { functionOf } from './check.js'
import { Series, isSame } from './series.js'
import type { MetricState } from './state.js'

/**
 * An answer that follows the store.
 *
 * `subscribe` has the shape of Svelte's store contract: it calls with the present answer at once and
 * with the fresh one after each change, and returns what ends it. With `getSnapshot` it has the shape
 * that React's `useSyncExternalStore` takes.
 */
export interface Live<T> {
  /** The present answer; the same object until it changes. */
  getSnapshot(): T
  subscribe(run: (value: T) => void): () => void
}

/** @internal The live answers of one store. Changes are told once a microtask. */
export class Lives {
  readonly #context: Context
  /** Those that somebody subscribed to, each with the metric that it depends on. */
  readonly #active: Map<Told, MetricState | undefined> = new Map()
  readonly #dirty: Set<Told> = new Set()
  #isAsked = false

  constructor(context: Context) {
    this.#context = context
    context.onChange = (metric) => this.#changed(metric)
  }

  /** An answer that depends on one metric, or on all. */
  of<T>(read: () => T, metric: MetricState | undefined): Live<T> {
    const answering = new Answering(read, this)
    return {
      getSnapshot: () => answering.value(),
      subscribe: (run) => {
        functionOf(run, 'to call back')
        const end = answering.add(run)
        if (!this.#active.has(answering)) {
          this.#active.set(answering, metric)
          this.#watch()
        }
        const stop = (): void => {
          if (!end()) return
          this.#active.delete(answering)
          this.#dirty.delete(answering)
          this.#watch()
        }
        try {
          run(answering.value())
        } catch (thrown) {
          // Nobody has what would end it.
          stop()
          throw thrown
        }
        return stop
      },
    }
  }

  /** Has the metrics tell about changes that somebody waits for, and no others. */
  #watch(): void {
    const metrics = new Set(this.#active.values())
    this.#context.watchesAll = metrics.has(undefined)
    for (const metric of this.#context.known()) {
      metric.watched = metrics.has(undefined) || metrics.has(metric)
    }
  }

  /** Whether an answer is told about changes. */
  isActive(answering: Told): boolean {
    return this.#active.has(answering)
  }

  #changed(metric: MetricState | undefined): void {
    for (const [answering, on] of this.#active) {
      if (metric === undefined || on === undefined || on === metric) {
        answering.isOld = true
        this.#dirty.add(answering)
      }
    }
    if (this.#dirty.size === 0 || this.#isAsked) return
    this.#isAsked = true
    queueMicrotask(() => {
      this.#isAsked = false
      if (this.#context.isClosed) return
      const dirty = [...this.#dirty]
      this.#dirty.clear()
      for (const one of dirty) one.tell()
    })
  }
}

/** What is told that a metric changed. */
interface Told {
  isOld: boolean
  tell(): void
}

/** One answer and those who wait for it. */
class Answering<T> implements Told {
  readonly #read: () => T
  readonly #lives: Lives
  readonly #runs: Set<{ readonly run: (value: T) => void }> = new Set()
  #value: T | undefined
  #told: T | undefined
  isOld = true

  constructor(read: () => T, lives: Lives) {
    this.#read = read
    this.#lives = lives
  }

  value(): T {
    // Without a subscription nobody says when the answer is old.
    if (this.isOld || !this.#lives.isActive(this)) {
      const fresh = this.#read()
      if (this.#value === undefined || !isEqual(this.#value, fresh)) this.#value = fresh
      this.isOld = false
    }
    return this.#value as T
  }

  add(run: (value: T) => void): () => boolean {
    // A holder of its own, so that the same function can subscribe twice.
    const holder = { run }
    this.#runs.add(holder)
    if (this.#runs.size === 1) {
      this.isOld = true
      this.#told = this.value()
    }
    return () => this.#runs.delete(holder) && this.#runs.size === 0
  }

  tell(): void {
    const value = this.value()
    if (value === this.#told) return
    this.#told = value
    for (const { run } of [...this.#runs]) {
      try {
        run(value)
      } catch (thrown) {
        // One caller's mistake must not keep the others from hearing; it is reported as uncaught.
        queueMicrotask(() => {
          throw thrown
        })
      }
    }
  }
}

/** Whether two answers say the same: series by their points, plain objects and arrays by their parts. */
function isEqual(left: unknown, right: unknown, seen: Map<object, object> = new Map()): boolean {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return false
  }
  if (left instanceof Series || right instanceof Series) {
    return left instanceof Series && right instanceof Series && isSame(left, right)
  }
  // What contains itself was begun to be compared.
  if (seen.get(left) === right) return true
  seen.set(left, right)
  const [names, others] = [Object.keys(left), Object.keys(right)]
  return (
    Object.getPrototypeOf(left) === Object.getPrototypeOf(right) &&
    names.length === others.length &&
    names.every((name) => isEqual((left as Parts)[name], (right as Parts)[name], seen))
  )
}

type Parts = { readonly [name: string]: unknown }
