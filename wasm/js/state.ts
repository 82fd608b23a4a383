// What a store knows of its metrics: their kinds, and the handles of the engine for the dimensions
// that were used.

import { plainOf } from './check.js'
import type { Engine } from './engine.js'
import { TrackstatsError, shown } from './error.js'

/** The answer of the engine where nothing was recorded. */
const NOTHING = 4_294_967_295

/** What numbers metrics and dimensions. */
export type Resolver = Pick<Engine, 'resolve' | 'find' | 'epoch'>

type Node = Map<unknown, Node | number>

/** Handles that were looked up, at most this many of a metric; then they are looked up again. */
const KEPT = 1_000_000

/** A metric of a store. */
export class MetricState {
  readonly name: string
  isFloat: boolean
  /** The dimensions in the order of the declaration; none if it may be split by any. */
  names: readonly string[]
  /** Whether somebody waits for changes. */
  watched = false
  #total = -1
  /** Values of the dimensions, in the order of `names`, to handles. */
  #full: Node = new Map()
  /** Any other set of dimensions, by a text of names and values. */
  readonly #other: Map<string, number> = new Map()
  #kept = 0
  /** That of the engine when the handles were looked up. */
  #epoch = 0

  constructor(name: string, isFloat: boolean, names: readonly string[]) {
    this.name = name
    this.isFloat = isFloat
    this.names = names
  }

  #follow(engine: Resolver): void {
    if (this.#epoch === engine.epoch) return
    this.#epoch = engine.epoch
    this.forget()
  }

  /** Forgets the handles, after registrations changed. */
  forget(): void {
    this.#total = -1
    this.#full = new Map()
    this.#other.clear()
    this.#kept = 0
  }

  /** The handle to record at. */
  handle(engine: Resolver, by: object | undefined): number {
    if (by === undefined) return this.total(engine)
    this.#follow(engine)
    const handle = this.#known(by)
    return handle >= 0 ? handle : this.#meet(engine, by, true)
  }

  /** The handle to read at; -1 where nothing was recorded. */
  find(engine: Resolver, by: object | undefined, period: number | undefined): number {
    if (by === undefined) return this.total(engine)
    this.#follow(engine)
    const handle = this.#known(by)
    return handle >= 0 ? handle : this.#meet(engine, by, false, period)
  }

  /** The handle of the total. */
  total(engine: Resolver): number {
    this.#follow(engine)
    if (this.#total < 0) this.#total = engine.resolve(this.name, [])
    return this.#total
  }

  #known(by: object): number {
    const { names } = this
    // Everything that is named has to be a dimension: nothing is passed over.
    const given = countOf(by)
    if (given === names.length && given > 0 && isPlain(by)) {
      let node: Node | number | undefined = this.#full
      for (let at = 0; at < given; at++) {
        node = (node as Node).get((by as Record<string, unknown>)[names[at]!])
        if (node === undefined) return -1
      }
      return node as number
    }
    const key = given > 0 ? keyOf(by) : undefined
    if (key !== undefined) return this.#other.get(key) ?? -1
    return given === 0 && isPlain(by) ? this.#total : -1
  }

  #meet(engine: Resolver, by: object, make: boolean, period?: number): number {
    // Read once: a getter may give another value the next time.
    const own = ownOf(by)
    const pairs = pairsOf(own)
    if (pairs.length === 0) return this.total(engine)
    const texts = pairs.flat()
    const handle = make ? engine.resolve(this.name, texts) : engine.find(this.name, texts, period)
    if (handle === NOTHING) return -1
    // What is read by a dimension of an earlier declaration is not to be recorded by it.
    if (make || this.declares(own)) this.#keep(own, isPlain(by) ? countOf(by) : 0, handle)
    return handle
  }

  /** Whether it may be recorded by these dimensions. */
  declares(by: object): boolean {
    const { names } = this
    return names.length === 0 || Object.keys(by).every((name) => names.includes(name))
  }

  #keep(by: object, count: number, handle: number): void {
    if (++this.#kept > KEPT) {
      this.#full = new Map()
      this.#other.clear()
      this.#kept = 1
    }
    const { names } = this
    const values = names.map((name) => (by as Record<string, unknown>)[name])
    if (count !== names.length || values.includes(undefined)) {
      this.#other.set(keyOf(by) ?? '', handle)
      return
    }
    let node = this.#full
    for (const value of values.slice(0, -1)) {
      let next = node.get(value) as Node | undefined
      if (next === undefined) node.set(value, (next = new Map()))
      node = next
    }
    node.set(values.at(-1), handle)
  }
}

/** A copy of the names and values of dimensions, without a prototype, so that any name is one. */
export function ownOf(by: object): { readonly [name: string]: unknown } {
  if (typeof by !== 'object' || by === null || Array.isArray(by)) throw noDimensions(by)
  const own: Record<string, unknown> = Object.create(null)
  let isNone = true
  for (const name in by) {
    // What a program gives to all of its objects says nothing of this one.
    if (!Object.hasOwn(by, name)) continue
    own[name] = (by as Record<string, unknown>)[name]
    isNone = false
  }
  if (isNone) plainOf(by, 'dimensions')
  return own
}

/** How many names there are, those of a prototype too: to look at each would take longer. */
function countOf(by: object): number {
  let count = 0
  if (typeof by === 'object') for (const _ in by) count++
  return count
}

/** Whether all that it says is its own, as of `{}`. */
function isPlain(by: object): boolean {
  if (typeof by !== 'object' || by === null) return false
  const prototype: unknown = Object.getPrototypeOf(by)
  return prototype === Object.prototype || prototype === null
}

function noDimensions(given: unknown): TrackstatsError {
  return new TrackstatsError(
    'unknown_dimension',
    `${shown(given)} is no object of dimensions: write { country: 'NL' }`,
  )
}

/** Names and values of dimensions, as texts. */
export function pairsOf(by: object): [name: string, value: string][] {
  return Object.entries(ownOf(by)).map(([name, value]) => [name, valueText(value, name)])
}

/** The value of a dimension as the engine knows it. */
export function valueText(value: unknown, name: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  if (value === undefined) {
    throw new TrackstatsError('unknown_dimension', `the dimension '${name}' has no value`)
  }
  throw new TrackstatsError(
    'invalid_value',
    `${shown(value)} is no value of the dimension '${name}': give a text or a whole number`,
  )
}

/** A text that no other set of dimensions gives; none if a value is no value of a dimension. */
function keyOf(by: object): string | undefined {
  let key = ''
  for (const name in by) {
    if (!Object.hasOwn(by, name)) continue
    const value: unknown = (by as Record<string, unknown>)[name]
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') {
      return undefined
    }
    // A length in front of each, so that no two sets give the same text.
    const text = `${typeof value}${String(value)}`
    key += `${name.length}:${name}${text.length}:${text}`
  }
  return key
}
