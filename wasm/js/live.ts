// Series and other answers that follow the store.

import type { Context } from './context.js'
import { functionOf, optionsOf } from './check.js'
import { isEqual } from './equal.js'
import { TrackstatsError } from './error.js'
import { LIVE } from './options.js'
import type { MetricState } from './state.js'
import { guarded } from './tell.js'

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
  /**
   * An answer that cannot be read after a change is told to `onError`, without it to that of the store; the next
   * one is told as ever.
   */
  subscribe(run: (value: T) => void, options?: LiveOptions): () => void
}

/** What a subscription may be told besides. */
export interface LiveOptions {
  readonly onError?: ((error: unknown) => void) | undefined
}

/** What an answer depends on: one metric, or all. */
interface Group {
  version: number
  readonly answers: Set<Told>
}

/** @internal The live answers of one store. Changes are told once a microtask. */
export class Lives {
  readonly #context: Context
  /** The answers that somebody subscribed to, by what they depend on. */
  readonly #groups: Map<MetricState | undefined, Group> = new Map()
  readonly #dirty: Set<Group> = new Set()
  /** Of which of the stores over one context answers are. */
  readonly #owners: WeakMap<Told, object> = new WeakMap()
  #isAsked = false

  constructor(context: Context) {
    this.#context = context
    context.onChange = (metric) => this.#changed(metric)
  }

  /** An answer that depends on one metric, or on all. */
  of<T>(read: () => T, metric: MetricState | undefined, owner: object): Live<T> {
    const answering = new Answering(read, this.#context)
    this.#owners.set(answering, owner)
    return {
      getSnapshot: () => answering.value(),
      subscribe: (run, options) => {
        functionOf(run, 'to call back')
        // Svelte gives a function, which has nothing to do with errors.
        const onError =
          typeof options === 'function' ? undefined : optionsOf(options, LIVE)?.onError
        if (onError !== undefined) functionOf(onError, 'to tell of errors')
        const end = answering.add(run, onError, () => this.#begin(answering, metric))
        const stop = (): void => {
          if (end()) this.#end(answering, metric)
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

  /** Tells those of one store no more. */
  leave(owner: object): void {
    for (const [metric, { answers }] of this.#groups) {
      for (const one of answers) if (this.#owners.get(one) === owner) this.#end(one, metric)
    }
  }

  #begin(answering: Told, metric: MetricState | undefined): Group {
    let group = this.#groups.get(metric)
    if (group === undefined) {
      group = { version: 0, answers: new Set() }
      this.#groups.set(metric, group)
      this.#watch(metric)
    }
    group.answers.add(answering)
    return group
  }

  #end(answering: Told, metric: MetricState | undefined): void {
    const group = this.#groups.get(metric)
    group?.answers.delete(answering)
    if (group?.answers.size !== 0) return
    this.#groups.delete(metric)
    this.#watch(metric)
  }

  /** Has metrics tell about changes that somebody waits for, and no others. */
  #watch(metric: MetricState | undefined): void {
    const isAll = this.#groups.has(undefined)
    this.#context.watchesAll = isAll
    const changed = metric === undefined ? this.#context.known() : [metric]
    for (const one of changed) one.watched = isAll || this.#groups.has(one)
  }

  #changed(metric: MetricState | undefined): void {
    const groups =
      metric === undefined
        ? this.#groups.values()
        : [this.#groups.get(metric), this.#groups.get(undefined)]
    for (const group of groups) {
      if (group === undefined) continue
      group.version++
      this.#dirty.add(group)
    }
    if (this.#dirty.size === 0 || this.#isAsked) return
    this.#isAsked = true
    queueMicrotask(() => {
      this.#isAsked = false
      const dirty = [...this.#dirty].flatMap(({ answers }) => [...answers])
      this.#dirty.clear()
      for (const one of dirty) {
        if (this.#context.isClosed) return
        one.tell()
      }
    })
  }
}

/** What is told that what it depends on changed. */
interface Told {
  tell(): void
}

/** Somebody who waits for an answer. */
interface Waiting<T> {
  readonly run: (value: T) => void
  readonly onError: ((error: unknown) => void) | undefined
}

/** One answer and those who wait for it. */
class Answering<T> implements Told {
  readonly #read: () => T
  readonly #context: Context
  readonly #waiting: Set<Waiting<T>> = new Set()
  /** What it depends on, while somebody waits, and how that was when it was read. */
  #group: Group | undefined
  #seen = -1
  /** Another number after whatever may have changed the store. */
  #version = -1
  #value: T | undefined
  #told: T | undefined
  #isRead = false

  constructor(read: () => T, context: Context) {
    this.#read = read
    this.#context = context
  }

  value(): T {
    const group = this.#group
    // Without a subscription nobody says when the answer is old.
    if (group === undefined || this.#seen !== group.version) {
      const version = group?.version ?? -1
      const { version: before } = this.#context.engine
      const fresh = this.#read()
      const isSame = this.#isRead && isEqual(this.#value, fresh, before === this.#version)
      if (!isSame) this.#value = fresh
      this.#isRead = true
      this.#seen = version
      this.#version = this.#context.engine.version
    }
    return this.#value as T
  }

  /** Somebody more; what is returned tells whether nobody is left. */
  add(run: (value: T) => void, onError: Waiting<T>['onError'], begin: () => Group): () => boolean {
    // Read before anybody waits: it may throw.
    if (this.#waiting.size === 0) this.#told = this.value()
    // A holder of its own, so that the same function can subscribe twice.
    const holder = { run, onError }
    this.#waiting.add(holder)
    if (this.#group === undefined) {
      this.#group = begin()
      this.#seen = this.#group.version
    }
    return () => {
      if (!this.#waiting.delete(holder) || this.#waiting.size > 0) return false
      this.#group = undefined
      return true
    }
  }

  tell(): void {
    if (this.#waiting.size === 0) return
    let value: T
    try {
      value = this.value()
    } catch (thrown) {
      this.#fail(thrown)
      return
    }
    if (value === this.#told) return
    this.#told = value
    for (const one of [...this.#waiting]) {
      if (this.#context.isClosed) return
      // It may have been ended by the one before.
      if (this.#waiting.has(one)) guarded(() => this.#call(one, value))
    }
  }

  #call({ run }: Waiting<T>, value: T): void {
    try {
      run(value)
    } catch (thrown) {
      // Who closes the store and goes on must not end the program by that.
      if (!this.#context.isClosed || !isClosed(thrown)) throw thrown
      this.#context.tell(thrown)
    }
  }

  /** Tells what kept the answer from being read. */
  #fail(thrown: unknown): void {
    if (this.#context.isClosed) return
    let isTold = false
    for (const { onError } of [...this.#waiting]) {
      if (onError === undefined) continue
      isTold = true
      guarded(() => onError(thrown))
    }
    if (isTold) return
    if (thrown instanceof TrackstatsError) this.#context.tell(thrown)
    else {
      guarded(() => {
        throw thrown
      })
    }
  }
}

function isClosed(thrown: unknown): thrown is TrackstatsError {
  return thrown instanceof TrackstatsError && thrown.code === 'closed'
}

/** @internal Calls back after changes only: the present answer is there for the asking. */
export function changesOf<T>(
  live: Live<T>,
  callback: (value: T) => void,
  options: LiveOptions | undefined,
): () => void {
  let isFirst = true
  return live.subscribe((value) => {
    if (isFirst) isFirst = false
    else callback(value)
  }, options)
}
