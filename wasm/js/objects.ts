// Numbers for the objects and the items of events, in the order in which they are met.

import type { Context } from './context.js'
import type { EngineKeys } from './engine-types.js'
import { TrackstatsError, shown } from './error.js'
import { type MetricState, pairsOf } from './state.js'

/** The column entry of an event without an object, and of one without an item. */
export const NONE = 4_294_967_295

/** How many whole numbers lead to their objects by a table. */
const SMALL = 16_384

type Node = Map<unknown, unknown>

/** The objects of a run: values of one dimension, or of several together. */
export class Objects {
  /** The handles of the objects, by their numbers. */
  readonly handles: number[] = []
  readonly #context: Context
  readonly #metric: MetricState
  readonly #names: readonly string[]
  /** Dimensions that all objects have at the same value. */
  readonly #fixed: object
  /** The numbers of what was met, by the value of the one dimension, or by those of several in turn. */
  readonly met: Node = new Map()
  /** One more than the numbers of objects that are small whole numbers; 0 for the others. */
  readonly small: Uint32Array

  constructor(context: Context, metric: MetricState, names: readonly string[], fixed: object) {
    this.#context = context
    this.#metric = metric
    this.#names = names
    this.#fixed = fixed
    this.small = new Uint32Array(names.length === 1 ? SMALL : 0)
    // Without a dimension that splits there is one object, which is there without events too.
    if (names.length === 0) this.handles.push(metric.handle(context.engine, fixed))
  }

  /** The number of the object of one dimension. */
  one(value: unknown): number {
    const { small } = this
    // Most programs number their objects; what is no place of the table is undefined there.
    const known = typeof value === 'number' ? small[value] : undefined
    if (known !== undefined && known > 0) return known - 1
    const number = (this.met.get(value) as number | undefined) ?? this.#meet(this.met, [value])
    if (known !== undefined) small[value as number] = number + 1
    return number
  }

  /** The number of the object of several dimensions, in the order of their names. */
  all(values: readonly unknown[]): number {
    let node = this.met
    for (let place = 0; place < values.length - 1; place++) {
      let next = node.get(values[place]) as Node | undefined
      if (next === undefined) node.set(values[place], (next = new Map()))
      node = next
    }
    return (node.get(values.at(-1)) as number | undefined) ?? this.#meet(node, values)
  }

  /** What whole numbers stand for that are the values of the one dimension. */
  keys(signed: boolean): EngineKeys {
    const [name] = this.#names as readonly [string]
    const fixed = pairsOf(this.#fixed).filter(([other]) => other !== name)
    return { name, signed, fixed: fixed.flat() }
  }

  /** The number of an object that is new; of none, if a dimension has no value. */
  #meet(into: Node, values: readonly unknown[]): number {
    let number = NONE
    if (!values.some((value) => value === null || value === undefined)) {
      const by: Record<string, unknown> = Object.assign(Object.create(null), this.#fixed)
      this.#names.forEach((name, place) => (by[name] = values[place]))
      number = this.handles.length
      this.handles.push(this.#metric.handle(this.#context.engine, by))
    }
    into.set(values.at(-1), number)
    return number
  }
}

/** The items that are counted once each. */
export class Items {
  readonly #numbers: Map<string, number> = new Map()

  number(item: unknown): number {
    if (item === null || item === undefined) return NONE
    const key = itemKey(item)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#numbers.set(key, number)
    return number
  }
}

/** What an item is counted by. 42 and '42' are one item, as they are one value of a dimension. */
function itemKey(item: unknown): string {
  if (typeof item === 'string') return item
  if (typeof item === 'number' || typeof item === 'bigint') return String(item)
  throw new TrackstatsError(
    'invalid_value',
    `${shown(item)} is no item to count: give a text, a number or a bigint`,
  )
}
