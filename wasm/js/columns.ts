// From the events of a caller to the columns that a tracker reads.

import { TrackstatsError, shown } from './error.js'
import { dayOfEvent } from './moment.js'
import { Items, type Objects } from './objects.js'
import type { MetricState } from './state.js'
import { noInteger } from './write.js'
import { Dating, type Zone } from './zone.js'

/** A getter that was checked. A name stays a name: each place that reads one sees one property. */
export type Get = string | ((event: never) => unknown)

/** Checks a getter. */
export function getterOf(given: unknown, option: string): Get {
  if (typeof given === 'function' || typeof given === 'string') return given as Get
  throw new TrackstatsError(
    'invalid_value',
    `${shown(given)} is no way to get '${option}': give the name of a property, or a function`,
  )
}

type Row = { readonly [name: string]: unknown }

/** What is read of the events. */
export interface Plan {
  readonly at: Get
  /** One for each dimension that splits. */
  readonly by: readonly Get[]
  readonly value: Get | undefined
  readonly item: Get | undefined
  readonly filter: ((event: never) => unknown) | undefined
  /** The zone that dates the events. */
  readonly zone: Zone
}

/** Columns that grow. */
export class Columns {
  readonly #metric: MetricState
  readonly #plan: Plan
  /** Whether properties of events are read. */
  readonly #hasNames: boolean
  length = 0
  days: Int32Array = new Int32Array(1024)
  objects: Uint32Array = new Uint32Array(0)
  values: Float64Array = new Float64Array(0)
  exact: BigInt64Array = new BigInt64Array(0)
  items: Uint32Array = new Uint32Array(0)
  readonly #objects: Objects
  readonly #items: Items = new Items()

  constructor(metric: MetricState, objects: Objects, plan: Plan) {
    this.#metric = metric
    this.#objects = objects
    this.#plan = plan
    const getters = [plan.at, plan.value, plan.item, ...plan.by]
    this.#hasNames = getters.some((get) => typeof get === 'string')
    if (plan.by.length > 0) this.objects = new Uint32Array(1024)
    if (plan.value !== undefined) this.values = new Float64Array(1024)
    if (plan.item !== undefined) this.items = new Uint32Array(1024)
  }

  /** Adds the events of an array from one place to another. */
  addAll(events: readonly unknown[], from: number, until: number): void {
    this.#reserve(this.length + until - from)
    const { at: time, by, filter, value, item } = this.#plan
    const only = by[0]
    if (
      typeof time === 'string' &&
      by.length < 2 &&
      typeof only !== 'function' &&
      (filter ?? value ?? item) === undefined
    ) {
      this.#addNamed(events, from, until, time, only)
      return
    }
    for (let at = from; at < until; at++) this.#push(events[at] as never)
  }

  /** As `addAll`, where times and objects are properties and nothing else is read. */
  #addNamed(
    events: readonly unknown[],
    from: number,
    until: number,
    time: string,
    by: string | undefined,
  ): void {
    const { days, objects } = this
    const numbers = this.#objects
    const { zone } = this.#plan
    const dating = new Dating(zone)
    let { length } = this
    for (let at = from; at < until; at++) {
      const event = events[at] as Row | null | undefined
      if (event === null || event === undefined) throw noEvent(event)
      const when = event[time]
      const day = typeof when === 'number' ? dating.dayOf(when) : Number.NaN
      days[length] = day === day ? day : dayOfEvent(when, zone)
      if (by !== undefined) objects[length] = numbers.one(event[by])
      length++
    }
    this.length = length
  }

  /** Adds one event. */
  add(event: unknown): void {
    this.#reserve(this.length + 1)
    this.#push(event as never)
  }

  #push(event: never): void {
    const plan = this.#plan
    if ((event === null || event === undefined) && this.#hasNames) {
      throw noEvent(event)
    }
    if (plan.filter !== undefined && !plan.filter(event)) return
    const at = this.length
    const when = typeof plan.at === 'string' ? (event as Row)[plan.at] : plan.at(event)
    this.days[at] = dayOfEvent(when, plan.zone)
    if (plan.by.length === 1) {
      const by = plan.by[0]!
      const value = typeof by === 'string' ? (event as Row)[by] : by(event)
      this.objects[at] = this.#objects.one(value)
    } else if (plan.by.length > 1) {
      this.objects[at] = this.#objects.all(
        plan.by.map((get) => (typeof get === 'string' ? (event as Row)[get] : get(event))),
      )
    }
    if (plan.value !== undefined) {
      const { value } = plan
      this.#measure(at, typeof value === 'string' ? (event as Row)[value] : value(event))
    }
    if (plan.item !== undefined) {
      const { item } = plan
      this.items[at] = this.#items.number(
        typeof item === 'string' ? (event as Row)[item] : item(event),
      )
    }
    this.length = at + 1
  }

  #measure(at: number, value: unknown): void {
    if (value === null || value === undefined) {
      this.values[at] = Number.NaN
      return
    }
    if (typeof value === 'number') {
      const metric = this.#metric
      if (value !== value || !Number.isFinite(value)) throw noInteger(metric, value)
      if (!metric.isFloat && !Number.isSafeInteger(value)) {
        throw noInteger(metric, value)
      }
      this.values[at] = value
      if (this.exact.length > 0) this.exact[at] = BigInt(value)
      return
    }
    if (typeof value === 'bigint' && !this.#metric.isFloat) {
      if (BigInt.asIntN(64, value) !== value) {
        throw new TrackstatsError('invalid_value', `${value} does not fit 64 bits`)
      }
      this.#goExact()
      this.exact[at] = value
      this.values[at] = Number(value)
      return
    }
    throw new TrackstatsError(
      'invalid_value',
      `${shown(value)} is no value of '${this.#metric.name}': give a number`,
    )
  }

  /** From the first bigint on, all values are kept in 64 bits; that of a null stays NaN beside it. */
  #goExact(): void {
    if (this.exact.length > 0) return
    this.exact = new BigInt64Array(this.values.length)
    for (let at = 0; at < this.length; at++) {
      const value = this.values[at]!
      if (value === value) this.exact[at] = BigInt(value)
    }
  }

  #reserve(length: number): void {
    if (length <= this.days.length) return
    const size = Math.max(length, this.days.length * 2)
    this.days = grown(this.days, new Int32Array(size))
    if (this.objects.length > 0) this.objects = grown(this.objects, new Uint32Array(size))
    if (this.values.length > 0) this.values = grown(this.values, new Float64Array(size))
    if (this.exact.length > 0) this.exact = grown(this.exact, new BigInt64Array(size))
    if (this.items.length > 0) this.items = grown(this.items, new Uint32Array(size))
  }
}

function noEvent(event: unknown): TrackstatsError {
  return new TrackstatsError('invalid_value', `${shown(event)} is no event: it has no properties`)
}

function grown<T extends { set(from: T): void }>(from: T, into: T): T {
  into.set(from)
  return into
}
