// A series as it is read: columns, with points and texts made when they are asked for.

import { strayCall } from './check.js'
import { type PlainDateLike, dayText, daysFrom, plainDay } from './date.js'

/** The value of a date. Null is known to be missing. */
export interface Point<V> {
  readonly date: string
  readonly value: V | null
}

/** The values of a series: floats with NaN for null, or 64-bit integers with 0 for null. */
export type Values<V> = [V] extends [bigint] ? BigInt64Array : Float64Array

/** Says when a method is called on anything else than a series; given by the class below. */
let check: (series: unknown) => void

/**
 * Points in date order. It does not change when the store does.
 *
 * `days` and `values` are typed arrays for charts and arithmetic; as an iterable it gives points:
 *
 * ```ts
 * for (const { date, value } of store.series('shopping.order_count', 'day')) console.log(date, value)
 * ```
 */
export class Series<V extends number | bigint = number> implements Iterable<Point<V>> {
  /** The number of points. */
  readonly length: number
  /** The values, in the order of the dates; NaN, or in a `BigInt64Array` 0, stands for null. */
  readonly values: Values<V>
  /** The days whose value is null, ascending, counted from 1970-01-01. */
  readonly nulls: Int32Array
  readonly #first: number
  #days: Int32Array | undefined
  #dates: readonly string[] | undefined

  static {
    check = (series) => {
      if (!(typeof series === 'object' && series !== null && #first in series)) {
        throw strayCall('series')
      }
    }
  }

  /** @internal The days are left out where they follow each other. */
  constructor(
    first: number,
    days: Int32Array | undefined,
    values: Float64Array | BigInt64Array,
    nulls: Int32Array,
  ) {
    this.length = values.length
    this.values = values as Values<V>
    this.nulls = nulls
    this.#first = first
    this.#days = days
  }

  /** The days of the points, counted from 1970-01-01. */
  get days(): Int32Array {
    check(this)
    if (this.#days === undefined) {
      this.#days = daysFrom(this.#first, this.length)
    }
    return this.#days
  }

  /** The dates of the points, as `YYYY-MM-DD`. */
  get dates(): readonly string[] {
    check(this)
    if (this.#dates === undefined) {
      const dates = new Array<string>(this.length)
      for (let at = 0; at < dates.length; at++) dates[at] = dayText(this.#dayAt(at))
      this.#dates = dates
    }
    return this.#dates
  }

  /** @internal The points from a day to another, in the arrays of this series. */
  between(first: number, last: number): Series<V> {
    check(this)
    const from = this.#placeOf(first)
    const until = this.#placeOf(last + 1)
    const { nulls, days } = this
    const values = this.values.subarray(from, until)
    const own = nulls.length === 0 ? nulls : nulls.filter((day) => day >= first && day <= last)
    return new Series(days[from] ?? 0, days.subarray(from, until), values, own)
  }

  /** The point at a place; counted from the end if it is negative. */
  at(place: number): Point<V> | undefined {
    check(this)
    if (!Number.isInteger(place)) return undefined
    const index = place < 0 ? this.length + place : place
    if (!(index >= 0 && index < this.length)) return undefined
    const day = this.#dayAt(index)
    return { date: dayText(day), value: this.#valueAt(index, day) }
  }

  /** The value of a date: null if it is missing, undefined if it was never recorded. */
  get(date: string | PlainDateLike): V | null | undefined {
    check(this)
    const day = plainDay(date)
    const low = this.#placeOf(day)
    return low < this.length && this.#dayAt(low) === day ? this.#valueAt(low, day) : undefined
  }

  /** The points as an array of objects. */
  toArray(): Point<V>[] {
    check(this)
    const { length, nulls } = this
    const values = this.values as unknown as ArrayLike<V>
    const points = new Array<Point<V>>(length)
    const days = this.#days
    const first = this.#first
    if (nulls.length > 0) {
      for (let at = 0; at < length; at++) {
        const day = this.#dayAt(at)
        points[at] = { date: dayText(day), value: this.#valueAt(at, day) }
      }
    } else if (days === undefined) {
      for (let at = 0; at < length; at++) {
        points[at] = { date: dayText(first + at), value: values[at]! }
      }
    } else {
      for (let at = 0; at < length; at++) {
        points[at] = { date: dayText(days[at]!), value: values[at]! }
      }
    }
    return points
  }

  /** As `toArray`, for `JSON.stringify`; JSON knows no bigint, so that one becomes a text. */
  toJSON(): { date: string; value: number | string | null }[] {
    check(this)
    return this.toArray().map(({ date, value }) => ({
      date,
      value: typeof value === 'bigint' ? String(value) : (value as number | null),
    }))
  }

  *[Symbol.iterator](): IterableIterator<Point<V>> {
    check(this)
    for (let at = 0; at < this.length; at++) {
      const day = this.#dayAt(at)
      yield { date: dayText(day), value: this.#valueAt(at, day) }
    }
  }

  /** The place of the first day that is not before the given one. */
  #placeOf(day: number): number {
    const { length } = this
    const days = this.#days
    // Mostly the days follow each other.
    if (days === undefined || days[length - 1]! - days[0]! === length - 1) {
      return Math.min(Math.max(day - this.#first, 0), length)
    }
    let low = 0
    let high = length
    while (low < high) {
      const middle = (low + high) >> 1
      if (days[middle]! < day) low = middle + 1
      else high = middle
    }
    return low
  }

  #dayAt(at: number): number {
    return this.#days === undefined ? this.#first + at : this.#days[at]!
  }

  #valueAt(at: number, day: number): V | null {
    return this.nulls.length > 0 && isIn(this.nulls, day) ? null : (this.values[at] as V)
  }
}

function isIn(sorted: Int32Array, wanted: number): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return sorted[low] === wanted
}

/** Whether two series have the same points. */
export function isSame(left: Series<number | bigint>, right: Series<number | bigint>): boolean {
  if (left.length !== right.length || left.nulls.length !== right.nulls.length) return false
  const [values, others] = [left.values, right.values] as ArrayLike<number | bigint>[]
  const [days, otherDays] = [left.days, right.days]
  for (let at = 0; at < left.length; at++) {
    if (days[at] !== otherDays[at] || !Object.is(values![at], others![at])) return false
  }
  return true
}
