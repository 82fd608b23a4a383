// A metric of a store, or a place in it: the handle for loops, and what the store's own methods use.

import { columnOf, knownOf, optionsOf, recordOf, strayCall, unwrapped } from './check.js'
import type { Context } from './context.js'
import { type DateInput, FIRST_DAY, LAST_DAY, dayText } from './date.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfDate } from './moment.js'
import { RANGE, SERIES_BY, SHAPE } from './options.js'
import { periodNumber } from './period.js'
import { plain } from './plain.js'
import { type RangeOptions, type ShapeOptions, firstOf, lastOf, shapeOf } from './query.js'
import { Series } from './series.js'
import { type SeriesBy, type SeriesByOptions, seriesByOf } from './series-by.js'
import type { MetricState } from './state.js'
import type { Amount, NameOf, Period, Recorded, SomeOf, ValueOf } from './types.js'
import { add, put, putAll } from './write.js'

/** A sum over a range. */
export interface Total<V> {
  /** The sum of the values; zero if there are none. */
  readonly sum: V
  /** The number of values, nulls not counted. */
  readonly count: number
  /** The number of nulls. */
  readonly nulls: number
  /** The sum divided by the number of values; null if there are none. */
  readonly mean: number | null
}

/** A range beside the one of the same length before it. */
export interface Comparison<V> {
  readonly current: Total<V>
  readonly before: Total<V>
  /** The first and last date of both. */
  readonly range: readonly [from: string, to: string]
  readonly rangeBefore: readonly [from: string, to: string]
  /** By how much of the sum before the sum has grown: 0.08 is 8 % more; null after a sum of 0. */
  readonly change: number | null
}

/** The newest value. */
export interface Latest<V> {
  readonly date: string
  readonly value: V | null
}

/** Series that are handed out again, and the version of the engine of which they are. */
interface Wholes<M, B extends boolean> {
  readonly version: number
  readonly series: Series<ValueOf<M, B>>[]
}

/** The context of a metric, given by the class below: it says when a method is called on anything else. */
let contextOf: (metric: unknown) => Context

/**
 * A metric at fixed values of its dimensions, or its total. Recording through it looks up no text.
 *
 * ```ts
 * const utrecht = store.metric('shopping.sales').at({ country: 'NL', province: 'Utrecht' })
 * utrecht.record('day', 3, '2026-11-23')
 * ```
 */
export class Metric<M, B extends boolean = false> {
  /** The references of domain and metric with a dot between them. */
  readonly name: string
  readonly #context: Context
  readonly #state: MetricState
  readonly #by: object | undefined
  #handle = -1
  /** That of the engine when the handle was looked up. */
  #epoch = 0
  /** The whole series by period, for reads that reuse them. */
  #wholes: Wholes<M, B> | undefined

  static {
    unwrapped(this)
    contextOf = (metric) => {
      try {
        return (metric as Metric<unknown>).#context
      } catch {
        throw strayCall('metric')
      }
    }
  }

  /** @internal */
  constructor(context: Context, state: MetricState, by: object | undefined) {
    this.name = state.name
    this.#context = context
    this.#state = state
    this.#by = by
  }

  /** The metric at values of dimensions; without any, its total. */
  at(by: SomeOf<M>): Metric<M, B> {
    const context = contextOf(this)
    const at = { ...this.#by, ...recordOf(by, 'dimensions') }
    const metric = new Metric<M, B>(context, this.#state, at)
    metric.#find()
    return metric
  }

  /** The handle to write at, made at the first need. */
  #target(): number {
    const { resolver } = this.#context
    if (this.#handle < 0 || this.#epoch !== resolver.epoch) {
      this.#handle = this.#state.handle(resolver, this.#by)
      this.#epoch = resolver.epoch
    }
    return this.#handle
  }

  /** The handle to read at; -1 where nothing was recorded. */
  #find(period?: number): number {
    const { resolver } = this.#context
    if (this.#handle >= 0 && this.#epoch === resolver.epoch) return this.#handle
    const state = this.#state
    const found = state.find(resolver, this.#by, period)
    // What is kept is written at too.
    if (this.#by === undefined || state.declares(this.#by)) {
      this.#handle = found
      this.#epoch = resolver.epoch
    }
    return found
  }

  #changed(): void {
    if (this.#state.watched) this.#context.onChange(this.#state)
  }

  /** Records a value, today unless it is said otherwise; null is "known to be missing". What was there is replaced. */
  record(period: Period, value: Recorded<M, B>, date?: DateInput): void {
    const context = contextOf(this)
    const handle = this.#target()
    const day = context.day(date)
    put(context, this.#state, handle, periodNumber(period), day, value)
    this.#changed()
  }

  /**
   * Records many values of one period, all or none. In values, NaN is null. Dates are days counted from
   * 1970-01-01 in an `Int32Array`, or an array of dates.
   */
  recordAll(
    period: Period,
    values: Float64Array | BigInt64Array | readonly (number | null)[],
    dates: Int32Array | readonly DateInput[],
  ): void {
    const context = contextOf(this)
    const { zone } = context
    const days =
      dates instanceof Int32Array
        ? columnOf(dates, 'dates')
        : Int32Array.from(columnOf(dates, 'dates'), (date) => dayOfDate(date, zone))
    columnOf(values, 'values')
    putAll(context.engine, this.#state, this.#target(), periodNumber(period), days, values)
    this.#changed()
  }

  /** Adds to the value of a date: 1 to that of today in the period 'day', unless it is said otherwise. */
  increment(amount?: Amount<M, B>, date?: DateInput, period: Period = 'day'): void {
    const context = contextOf(this)
    const handle = this.#target()
    const day = context.day(date)
    add(
      context.engine,
      this.#state,
      handle,
      periodNumber(period),
      day,
      amount === undefined ? 1 : amount,
    )
    this.#changed()
  }

  /** The value of a date: null if it is missing, undefined if it was never recorded. */
  value(period: Period, date: DateInput): ValueOf<M, B> | null | undefined {
    const context = contextOf(this)
    const day = dayOfDate(date, context.zone)
    return this.#read(periodNumber(period), day, day) && context.answer.length > 0
      ? (context.answer.firstValue() as ValueOf<M, B> | null)
      : undefined
  }

  /** Reads the stored points; false where there are none. */
  #read(period: number, first: number, last: number): boolean {
    const handle = this.#find(period)
    const { engine } = contextOf(this)
    if (handle < 0) return false
    engine.read(handle, period, first, last)
    return true
  }

  /** The series, in the shape that is asked for. */
  series(period: Period, options?: ShapeOptions): Series<ValueOf<M, B>> {
    contextOf(this)
    return this.readShape(period, optionsOf(options, SHAPE))
  }

  /** @internal As `series`, with options that were checked. */
  readShape(period: Period, options: ShapeOptions | undefined): Series<ValueOf<M, B>> {
    const context = contextOf(this)
    if (options?.fill !== undefined) return seriesOfAll([this], context, period, options)[0]!
    const { zone } = context
    return this.readSeries(period, firstOf(options, zone), lastOf(options, zone), options)
  }

  /** @internal As `series`, over days. */
  readSeries(
    period: Period,
    first: number,
    last: number,
    options: ShapeOptions | undefined,
  ): Series<ValueOf<M, B>> {
    const { engine, answer } = contextOf(this)
    const number = periodNumber(period)
    const shape = shapeOf(options)
    if (shape === undefined) {
      const whole = options?.reuse === true ? this.#whole(number) : undefined
      if (whole !== undefined) return whole.between(first, last)
      if (this.#read(number, first, last)) return answer.series()
      return this.#empty()
    }
    const handle = this.#find(number)
    // Filling draws points where nothing is stored, which needs a series.
    const target = handle < 0 ? this.#target() : handle
    engine.readShaped(target, number, first, last, shape)
    return answer.series()
  }

  /** All points, which are the same object until something changes; none if not all can be read. */
  #whole(period: number): Series<ValueOf<M, B>> | undefined {
    const { engine, answer } = contextOf(this)
    const { version } = engine
    let wholes = this.#wholes
    if (wholes === undefined || wholes.version !== version) {
      this.#wholes = wholes = { version, series: [] }
    }
    let series = wholes.series[period]
    if (series === undefined) {
      try {
        series = this.#read(period, FIRST_DAY, LAST_DAY) ? answer.series() : this.#empty()
      } catch {
        // A value that is no safe integer may lie outside of the range.
        return undefined
      }
      wholes.series[period] = series
    }
    return series
  }

  #empty(): Series<ValueOf<M, B>> {
    const exact = this.#context.bigint && !this.#state.isFloat
    const values = exact ? new BigInt64Array(0) : new Float64Array(0)
    return new Series(0, new Int32Array(0), values, new Int32Array(0))
  }

  /** @internal The first and the last stored day in a range. */
  extent(period: Period, first: number, last: number): [first: number, last: number] | undefined {
    const { answer } = contextOf(this)
    if (!this.#read(periodNumber(period), first, last)) return undefined
    return answer.length > 0 ? [answer.firstDay, answer.lastDay] : undefined
  }

  /** The newest value in a range, or of all; undefined if there is none. */
  latest(period: Period, options?: RangeOptions): Latest<ValueOf<M, B>> | undefined {
    contextOf(this)
    return this.readLatest(period, optionsOf(options, RANGE))
  }

  /** @internal As `latest`, with options that were checked. */
  readLatest(period: Period, options: RangeOptions | undefined): Latest<ValueOf<M, B>> | undefined {
    const { engine, answer, zone } = contextOf(this)
    const number = periodNumber(period)
    const handle = this.#find(number)
    if (handle < 0) return undefined
    engine.latest(handle, number, firstOf(options, zone), lastOf(options, zone))
    if (answer.length === 0) return undefined
    return plain({
      date: dayText(answer.firstDay),
      value: answer.firstValue() as ValueOf<M, B> | null,
    })
  }

  /** The sum and the number of the values of a range, or of all. */
  total(period: Period, options?: RangeOptions): Total<ValueOf<M, B>> {
    const context = contextOf(this)
    if (options === undefined) return this.#sum(context, periodNumber(period), FIRST_DAY, LAST_DAY)
    return this.readTotal(period, optionsOf(options, RANGE))
  }

  /** @internal As `total`, with options that were checked. */
  readTotal(period: Period, options: RangeOptions | undefined): Total<ValueOf<M, B>> {
    const context = contextOf(this)
    const { zone } = context
    return this.#sum(context, periodNumber(period), firstOf(options, zone), lastOf(options, zone))
  }

  #sum(context: Context, period: number, first: number, last: number): Total<ValueOf<M, B>> {
    const { engine, answer, bigint } = context
    const exact = bigint && !this.#state.isFloat
    const handle = this.#find(period)
    if (handle < 0) {
      return plain({ sum: (exact ? 0n : 0) as ValueOf<M, B>, count: 0, nulls: 0, mean: null })
    }
    const sum = engine.total(handle, period, first, last)
    const count = answer.length
    const nulls = answer.nulls
    const total = {
      sum: (exact ? engine.exactSum() : sum) as ValueOf<M, B>,
      count,
      nulls,
      mean: count > 0 ? sum / count : null,
    }
    return exact ? plain(total) : total
  }

  /** The series of the largest parts of what is here, and one of all others added up. */
  seriesBy<const K extends NameOf<M> = NameOf<M>>(
    period: Period,
    options?: SeriesByOptions<K, SomeOf<M>>,
  ): SeriesBy<K, ValueOf<M, B>> {
    const context = contextOf(this)
    const where = { ...this.#by, ...optionsOf(options, SERIES_BY)?.where }
    return seriesByOf(context, this.name, period, { ...options, where })
  }

  /** A range beside the one of the same length that ends the day before it. */
  compare(
    period: Period,
    range: { readonly from: DateInput; readonly to: DateInput },
  ): Comparison<ValueOf<M, B>> {
    contextOf(this)
    return this.readComparison(period, knownOf(range, RANGE, 'a range with from and to'))
  }

  /** @internal As `compare`, with a range whose keys were checked. */
  readComparison(
    period: Period,
    range: { readonly from: DateInput; readonly to: DateInput },
  ): Comparison<ValueOf<M, B>> {
    const context = contextOf(this)
    const { zone } = context
    if (range.from === undefined || range.to === undefined) {
      throw new TrackstatsError(
        'invalid_value',
        'a comparison needs a range with both ends: give from and to',
      )
    }
    const first = firstOf(range, zone)
    const last = lastOf(range, zone)
    if (first > last || first === FIRST_DAY || last === LAST_DAY) {
      throw new TrackstatsError(
        'invalid_value',
        `${shown(dayText(first))} to ${shown(dayText(last))} is no range with a range before it`,
      )
    }
    const number = periodNumber(period)
    const before = Math.max(first - (last - first + 1), FIRST_DAY)
    const current = this.#sum(context, number, first, last)
    const earlier = this.#sum(context, number, before, first - 1)
    const base = Number(earlier.sum)
    return {
      current,
      before: earlier,
      range: [dayText(first), dayText(last)],
      rangeBefore: [dayText(before), dayText(first - 1)],
      change: base === 0 ? null : (Number(current.sum) - base) / Math.abs(base),
    }
  }
}

/**
 * @internal
 * Several series; what fills their gaps reaches over all of them.
 */
export function seriesOfAll<M, B extends boolean>(
  metrics: readonly Metric<M, B>[],
  context: Context,
  period: Period,
  options: ShapeOptions | undefined,
): Series<ValueOf<M, B>>[] {
  const { zone } = context
  let first = firstOf(options, zone)
  let last = lastOf(options, zone)
  if (options?.fill !== undefined) {
    const isOpen = first === FIRST_DAY
    let [oldest, newest] = [LAST_DAY, isOpen ? FIRST_DAY : context.today()]
    for (const metric of metrics) {
      const [from, to] = metric.extent(period, first, last) ?? [oldest, newest]
      oldest = Math.min(oldest, from)
      newest = Math.max(newest, to)
    }
    if (last === LAST_DAY && newest > FIRST_DAY) last = newest
    if (isOpen && oldest < LAST_DAY) first = oldest
  }
  return metrics.map((metric) => metric.readSeries(period, first, last, options))
}
