// From the events of a caller to the columns that a tracker reads.

import type { Context } from './context.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfEvent } from './moment.js'
import { Items, type Objects } from './objects.js'
import type { MetricState } from './state.js'
import { noInteger } from './write.js'
import type { Zone } from './zone.js'

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
  readonly time: Get
  /** One for each dimension that splits. */
  readonly by: readonly Get[]
  readonly value: Get | undefined
  readonly item: Get | undefined
  readonly filter: ((event: never) => unknown) | undefined
  /** The zone that dates the events. */
  readonly zone: Zone
}

/** How many events wait before they are appended. */
const STEP = 4096

/**
 * What is read of events, part by part: in the columns here, which are small and stay in the cache, and
 * from there appended to those of the engine. A getter may call the store, whose memory may then move.
 */
export class Columns {
  readonly #context: Context
  readonly #metric: MetricState
  readonly #plan: Plan
  /** The number of the columns in the engine. */
  readonly #number: number
  /** Whether properties of events are read. */
  readonly #hasNames: boolean
  #length = 0
  readonly #days: Int32Array = new Int32Array(STEP)
  readonly #objects: Uint32Array
  readonly #values: Float64Array
  #exact: BigInt64Array = new BigInt64Array(0)
  readonly #items: Uint32Array
  readonly #numbers: Objects
  readonly #itemNumbers: Items = new Items()

  constructor(context: Context, metric: MetricState, objects: Objects, plan: Plan, number: number) {
    this.#context = context
    this.#metric = metric
    this.#numbers = objects
    this.#plan = plan
    this.#number = number
    const getters = [plan.time, plan.value, plan.item, ...plan.by]
    this.#hasNames = getters.some((get) => typeof get === 'string')
    this.#objects = new Uint32Array(plan.by.length > 0 ? STEP : 0)
    this.#values = new Float64Array(plan.value === undefined ? 0 : STEP)
    this.#items = new Uint32Array(plan.item === undefined ? 0 : STEP)
  }

  /** Adds the events of an array from one place to another. */
  addAll(events: readonly unknown[], from: number, until: number): void {
    const { time, by, filter, value, item } = this.#plan
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
    for (let at = from; at < until; at++) this.add(events[at])
  }

  /** As `addAll`, where times and objects are properties and nothing else is read. */
  #addNamed(
    events: readonly unknown[],
    from: number,
    until: number,
    time: string,
    by: string | undefined,
  ): void {
    const { zone } = this.#plan
    const { small, met } = this.#numbers
    const days = this.#days
    const objects = this.#objects
    let at = from
    while (at < until) {
      const length = this.#length
      const end = Math.min(until, at + STEP - length)
      const stop = addKnown(events, at, end, time, by, zone, small, met, days, objects, length)
      this.#length += stop - at
      at = stop
      // An object that is new.
      if (stop < end) this.#push(events[at++] as never)
      if (this.#length === STEP) this.append()
    }
  }

  /** Adds one event. */
  add(event: unknown): void {
    this.#push(event as never)
    if (this.#length === STEP) this.append()
  }

  #push(event: never): void {
    const plan = this.#plan
    if ((event === null || event === undefined) && this.#hasNames) {
      throw noEvent(event)
    }
    if (plan.filter !== undefined && !plan.filter(event)) return
    const at = this.#length
    const { time } = plan
    const when = typeof time === 'string' ? (event as Row)[time] : time(event)
    this.#days[at] = dayOfEvent(when, plan.zone)
    if (plan.by.length === 1) {
      const by = plan.by[0]!
      const value = typeof by === 'string' ? (event as Row)[by] : by(event)
      this.#objects[at] = this.#numbers.one(value)
    } else if (plan.by.length > 1) {
      this.#objects[at] = this.#numbers.all(
        plan.by.map((get) => (typeof get === 'string' ? (event as Row)[get] : get(event))),
      )
    }
    if (plan.value !== undefined) {
      const { value } = plan
      this.#measure(at, typeof value === 'string' ? (event as Row)[value] : value(event))
    }
    if (plan.item !== undefined) {
      const { item } = plan
      this.#items[at] = this.#itemNumbers.number(
        typeof item === 'string' ? (event as Row)[item] : item(event),
      )
    }
    this.#length = at + 1
  }

  #measure(at: number, value: unknown): void {
    if (value === null || value === undefined) {
      this.#values[at] = Number.NaN
      return
    }
    if (typeof value === 'number') {
      const metric = this.#metric
      if (value !== value || !Number.isFinite(value)) throw noInteger(metric, value)
      if (!metric.isFloat && !Number.isSafeInteger(value)) {
        throw noInteger(metric, value)
      }
      this.#values[at] = value
      if (this.#exact.length > 0) this.#exact[at] = BigInt(value)
      return
    }
    if (typeof value === 'bigint' && !this.#metric.isFloat) {
      if (BigInt.asIntN(64, value) !== value) {
        throw new TrackstatsError('invalid_value', `${value} does not fit 64 bits`)
      }
      this.#goExact(at)
      this.#exact[at] = value
      this.#values[at] = Number(value)
      return
    }
    throw new TrackstatsError(
      'invalid_value',
      `${shown(value)} is no value of '${this.#metric.name}': give a number`,
    )
  }

  /** From the first bigint on, all values are kept in 64 bits; that of a null stays NaN beside it. */
  #goExact(length: number): void {
    if (this.#exact.length > 0) return
    this.#exact = new BigInt64Array(STEP)
    for (let at = 0; at < length; at++) {
      const value = this.#values[at]!
      if (value === value) this.#exact[at] = BigInt(value)
    }
  }

  /** Appends what waits to the columns of the engine. */
  append(): void {
    const { engine } = this.#context
    const number = this.#number
    const length = this.#length
    this.#length = 0
    if (length === 0) return
    engine.append(number, 0, this.#days.subarray(0, length))
    engine.append(number, 1, this.#objects.subarray(0, length))
    engine.append(number, 2, this.#values.subarray(0, length))
    engine.append(number, 3, this.#exact.subarray(0, length))
    engine.append(number, 4, this.#items.subarray(0, length))
  }
}

/**
 * Adds events, up to one of an object that was not met; answers where it is. Like the loops over columns,
 * it uses nothing that is gone after the run.
 */
function addKnown(
  events: readonly unknown[],
  from: number,
  until: number,
  time: string,
  by: string | undefined,
  zone: Zone,
  small: Uint32Array,
  met: ReadonlyMap<unknown, unknown>,
  days: Int32Array,
  objects: Uint32Array,
  length: number,
): number {
  // Events mostly come in the order of time: the day of the last one, and from when until when it is.
  let day = 0
  let start = 0
  let end = 0
  for (let at = from; at < until; at++) {
    const event = events[at] as Row | null | undefined
    if (event === null || event === undefined) throw noEvent(event)
    const when = event[time]
    const place = length + at - from
    if (typeof when === 'number' && when >= start && when < end) {
      days[place] = day
    } else {
      day = days[place] = dayOfEvent(when, zone)
      ;[start, end] = typeof when === 'number' ? zone.aroundOf(when) : [0, 0]
    }
    if (by !== undefined) {
      const value = event[by]
      const known = typeof value === 'number' ? small[value] : undefined
      if (known !== undefined && known > 0) {
        objects[place] = known - 1
      } else {
        const number = met.get(value)
        if (number === undefined) return at
        objects[place] = number as number
      }
    }
  }
  return until
}

function noEvent(event: unknown): TrackstatsError {
  return new TrackstatsError('invalid_value', `${shown(event)} is no event: it has no properties`)
}
