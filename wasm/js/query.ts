// The options of a series, and how they reach the engine.

import { FIRST_DAY, LAST_DAY, type DateInput } from './date.js'
import { knownOf } from './check.js'
import type { EngineShape } from './engine-types.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfDate } from './moment.js'
import { AGGREGATES, BUCKETS, FILLS, WEEKDAYS, among } from './names.js'
import { BUCKET, ROLLING } from './options.js'
import type { Zone } from './zone.js'

/** How several values become one. */
export type Aggregate = 'sum' | 'mean' | 'minimum' | 'maximum' | 'last'

/** A calendar span. */
export type Bucket = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** A day of the week. */
export type Weekday =
  'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'

/** Dates from one to another, both included; an end that is not given is open. */
export interface RangeOptions {
  readonly from?: DateInput | undefined
  readonly to?: DateInput | undefined
}

/** A rolling window. */
export interface RollingOptions {
  readonly days: number
  /** How the values of the days become one: their sum, unless it says. */
  readonly aggregate?: Aggregate | undefined
}

/** Points put together by calendar spans. */
export interface BucketOptions {
  readonly span: Bucket
  /** How the values of a span become one: their sum, unless it says. */
  readonly aggregate?: Aggregate | undefined
  /** The first day of a week: Monday, unless it says. */
  readonly weekStart?: Weekday | undefined
}

/** What is made of the stored points when they are read, in the order of these options. */
export interface ShapeOptions extends RangeOptions {
  /**
   * Puts a point on every date of the range that has none: 0 or 'zero', null or 'null', or the value
   * before the gap. Where the range is open, it reaches from the first stored point to the last; a range
   * that only has a beginning reaches to today at least.
   */
  readonly fill?: 0 | null | 'zero' | 'null' | 'previous' | undefined
  /** Each point becomes the aggregate of so many days that end on it; the sum, unless it says. */
  readonly rolling?: number | RollingOptions | undefined
  /** Each point becomes the sum of all points of the range up to it. */
  readonly cumulative?: boolean | undefined
  /** The points of each calendar span become one, on its first date; their sum, unless it says. */
  readonly bucket?: Bucket | BucketOptions | undefined
  /**
   * A read through a handle hands out the arrays of the last one as long as nothing changes, where nothing is made of
   * the stored points: many times as fast, for what is drawn again and again. Do not write to such arrays, and
   * do not transfer their buffers. Otherwise the arrays are the caller's own.
   */
  readonly reuse?: boolean | undefined
}

/** The first day of a range. */
export function firstOf(options: RangeOptions | undefined, zone: Zone): number {
  const from = options?.from
  return from === undefined ? FIRST_DAY : dayOfDate(from, zone)
}

/** The last day of a range. */
export function lastOf(options: RangeOptions | undefined, zone: Zone): number {
  const to = options?.to
  return to === undefined ? LAST_DAY : dayOfDate(to, zone)
}

/** @internal The steps between what is stored and what is read; none if there are none. */
export function shapeOf(options: ShapeOptions | undefined): EngineShape | undefined {
  if (options === undefined) return undefined
  const { fill, rolling, cumulative, bucket } = options
  if (
    fill === undefined &&
    rolling === undefined &&
    (cumulative === undefined || cumulative === false) &&
    bucket === undefined
  ) {
    return undefined
  }
  if (rolling !== undefined && cumulative === true) {
    throw new TrackstatsError('invalid_value', 'a series is rolling or cumulative, not both')
  }
  const shape: { -readonly [K in keyof EngineShape]: EngineShape[K] } = {}
  if (fill !== undefined) shape.fill = fillOf(fill)
  if (rolling !== undefined) {
    const { days, aggregate } =
      typeof rolling === 'number'
        ? { days: rolling }
        : knownOf(rolling, ROLLING, "the option 'rolling'")
    if (!(Number.isInteger(days) && days >= 1 && days <= 36_500)) {
      throw new TrackstatsError(
        'invalid_value',
        `${shown(days)} is no rolling window: use 1 to 36500 days`,
      )
    }
    shape.rolling = days
    if (aggregate !== undefined) shape.rollingAggregate = aggregateOf(aggregate)
  } else if (cumulative !== undefined) {
    shape.cumulative = Boolean(cumulative)
  }
  if (bucket !== undefined) {
    const { span, aggregate, weekStart } =
      typeof bucket === 'string' ? { span: bucket } : knownOf(bucket, BUCKET, "the option 'bucket'")
    shape.bucket = among(BUCKETS, span, 'bucket')
    if (aggregate !== undefined) shape.bucketAggregate = aggregateOf(aggregate)
    if (weekStart !== undefined) shape.weekStart = among(WEEKDAYS, weekStart, 'day of the week')
  }
  return shape
}

function fillOf(fill: NonNullable<ShapeOptions['fill']> | null): 'zero' | 'null' | 'previous' {
  if (fill === 0) return 'zero'
  if (fill === null) return 'null'
  return among(FILLS, fill, 'fill')
}

function aggregateOf(given: unknown): Aggregate {
  return among(AGGREGATES, given, 'aggregate')
}
