// A series as it is read: columns, with points and texts made when they are asked for.

import { arrayOf, knownOf, strayCall, unwrapped } from './check.js'
import { type PlainDateLike, dayText, daysFrom, plainDay } from './date.js'
import { TrackstatsError } from './error.js'
import { SERIES } from './options.js'
import { plain } from './plain.js'

/** The value of a date. Null is known to be missing. */
export interface Point<V> {
  readonly date: string
  readonly value: V | null
}

/** What a series shows, also after it was copied by `structuredClone` or `postMessage`. */
export interface SeriesParts {
  readonly length?: number | undefined
  readonly days: Int32Array
  readonly values: Float64Array | BigInt64Array
  readonly nulls: Int32Array
}

/** The values of a series: floats with NaN for null, or 64-bit integers with 0 for null. */
export type Values<V> = [V] extends [bigint] ? BigInt64Array : Float64Array

/** The texts of the dates, once they were asked for. */
const DATES = new WeakMap<object, readonly string[]>()

/**
 * Points in date order. It does not change when the store does.
 *
 * `days` and `values` are typed arrays for charts and arithmetic; as an iterable it gives points:
 *
 * ```ts
 * for (const { date, value } of store.series('shopping.order_count', 'day')) console.log(date, value)
 * ```
 *
 * It is what it shows: copied by `structuredClone` or `postMessage` its arrays are all there, and
 * `Series.from` makes a series of the copy again.
 */
export class Series<V extends number | bigint = number> implements Iterable<Point<V>> {
  static {
    unwrapped(this)
  }

  /** The number of points. */
  readonly length: number
  /** The days of the points, counted from 1970-01-01. */
  readonly days: Int32Array
  /** The values, in the order of the dates; NaN, or in a `BigInt64Array` 0, stands for null. */
  readonly values: Values<V>
  /** The days whose value is null, ascending, counted from 1970-01-01. */
  readonly nulls: Int32Array

  /** @internal The days are left out where they follow each other. */
  constructor(
    first: number,
    days: Int32Array | undefined,
    values: Float64Array | BigInt64Array,
    nulls: Int32Array,
  ) {
    this.length = values.length
    this.days = days ?? daysFrom(first, values.length)
    this.values = values as Values<V>
    this.nulls = nulls
  }

  /** The series that a copy shows, in the arrays of the copy. */
  static from<V extends number | bigint = number>(
    parts: SeriesParts & { readonly values: Values<V> },
  ): Series<V> {
    const { days, values, nulls } = knownOf(parts, SERIES, 'a copy of a series')
    const isWide = (values as unknown) instanceof BigInt64Array
    arrayOf(Int32Array, days, 'days')
    arrayOf(isWide ? BigInt64Array : Float64Array, values as unknown, 'values')
    arrayOf(Int32Array, nulls, 'nulls')
    const isRising = days.every((day, at) => at === 0 || day > days[at - 1]!)
    if (!isRising || days.length !== values.length || !nulls.every((day) => isIn(days, day))) {
      throw new TrackstatsError(
        'invalid_value',
        'a series needs ascending days, a value for each of them, and nulls among them',
      )
    }
    return new Series<V>(0, days, values, nulls)
  }

  /** The dates of the points, as `YYYY-MM-DD`. */
  get dates(): readonly string[] {
    check(this)
    let dates = DATES.get(this)
    if (dates === undefined) {
      const { length, days } = this
      const texts = new Array<string>(length)
      for (let at = 0; at < length; at++) texts[at] = dayText(days[at]!)
      DATES.set(this, (dates = texts))
    }
    return dates
  }

  /** @internal The points from a day to another, in the arrays of this series. */
  between(first: number, last: number): Series<V> {
    check(this)
    const { nulls, days } = this
    const from = placeOf(days, first)
    const until = placeOf(days, last + 1)
    const values = this.values.subarray(from, until)
    const own = nulls.length === 0 ? nulls : nulls.filter((day) => day >= first && day <= last)
    return new Series(0, days.subarray(from, until), values, own)
  }

  /** The point at a place; counted from the end if it is negative. */
  at(place: number): Point<V> | undefined {
    check(this)
    if (!Number.isInteger(place)) return undefined
    const index = place < 0 ? this.length + place : place
    return index >= 0 && index < this.length ? plain(pointAt(this, index)) : undefined
  }

  /** The value of a date: null if it is missing, undefined if it was never recorded. */
  get(date: string | PlainDateLike): V | null | undefined {
    check(this)
    const day = plainDay(date)
    const { days } = this
    const place = placeOf(days, day)
    return days[place] === day ? pointAt(this, place).value : undefined
  }

  /** The points as an array of objects. */
  toArray(): Point<V>[] {
    check(this)
    const { length, days, nulls } = this
    const values = this.values as unknown as ArrayLike<V>
    const points = new Array<Point<V>>(length)
    if (nulls.length > 0) {
      for (let at = 0; at < length; at++) points[at] = pointAt(this, at)
    } else {
      for (let at = 0; at < length; at++) {
        points[at] = { date: dayText(days[at]!), value: values[at]! }
      }
    }
    if (isExact(this)) points.forEach(plain)
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
    for (let at = 0; at < this.length; at++) yield plain(pointAt(this, at))
  }

  /** @internal What Node prints: the points. */
  [Symbol.for('nodejs.util.inspect.custom')](
    _: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    // Node asks the prototype as well.
    if (!isSeries(this) || typeof inspect !== 'function') return 'Series {}'
    return `Series(${this.length}) ${inspect(this.toArray(), options)}`
  }
}

/** A method is called on a series, or on what looks as one: a proxy of one is taken as well. */
function check(series: unknown): void {
  if (!isSeries(series)) throw strayCall('series')
}

function isSeries(given: unknown): boolean {
  return given instanceof Series && ArrayBuffer.isView(given.days)
}

function isExact(series: Series<number | bigint>): boolean {
  return series.values instanceof BigInt64Array
}

/** The place of the first day that is not before the given one. */
function placeOf(days: Int32Array, day: number): number {
  const { length } = days
  // Mostly the days follow each other.
  if (length > 0 && days[length - 1]! - days[0]! === length - 1) {
    return Math.min(Math.max(day - days[0]!, 0), length)
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

function pointAt<V extends number | bigint>(series: Series<V>, at: number): Point<V> {
  const { nulls } = series
  const day = series.days[at]!
  const isNull = nulls.length > 0 && isIn(nulls, day)
  return { date: dayText(day), value: isNull ? null : (series.values[at] as V) }
}

function isIn(sorted: Int32Array, wanted: number): boolean {
  return sorted[placeOf(sorted, wanted)] === wanted
}

/** Whether two series have the same points. */
export function isSame(left: Series<number | bigint>, right: Series<number | bigint>): boolean {
  if (left.length !== right.length || left.nulls.length !== right.nulls.length) return false
  const [values, others] = [left.values, right.values] as ArrayLike<number | bigint>[]
  const [days, otherDays] = [left.days, right.days]
  for (let at = 0; at < left.length; at++) {
    if (days[at] !== otherDays[at] || !Object.is(values![at], others![at])) return false
  }
  // The values do not tell where the nulls of integers in 64 bits are.
  return left.nulls.every((day, at) => day === right.nulls[at])
}
