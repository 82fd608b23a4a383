// A tracker: its options, its report, and the run over what was gathered.

import { recordOf } from './check.js'
import type { Context } from './context.js'
import { type DateInput, dayText } from './date.js'
import type { EngineKeys } from './engine-types.js'
import { TrackstatsError, shown } from './error.js'
import { type TimeInput, dayOfDate } from './moment.js'
import type { Work } from './pace.js'
import { Objects } from './objects.js'
import { periodNumber } from './period.js'
import type { RangeOptions } from './query.js'
import type { MetricState } from './state.js'
import type { DimensionValue, ForEach, Period } from './types.js'
import { type Zone, zoneOf } from './zone.js'

/** How a value is got from an event: the name of a property, or a function. */
export type Getter<E, R> = (keyof E & string) | ((event: E) => R)

/** Which rows a run computes. */
export interface RunOptions extends RangeOptions {
  /**
   * Resumes so many days before the newest stored row, 1 if it is not given (a lifetime resumes at
   * the row). Give more where events come in late. With `from` or `to`, the rows of those dates are
   * computed, whatever is stored, and no others.
   */
  readonly lookBack?: number | undefined
  /** Computes every row again from the first event on. */
  readonly recompute?: boolean | undefined
  /** Dates the events, and today, in this zone in the place of the store's. */
  readonly timeZone?: string | undefined
}

/** What is counted; at most one of the aggregates, otherwise the events. */
export interface TrackOptions<E, Name extends string = string> extends RunOptions, Work {
  /** When an event happened. */
  readonly at: Getter<E, TimeInput>
  /** Splits by dimensions. An event without a value for one of them is counted as without object. */
  readonly by?: ForEach<Name, Getter<E, DimensionValue | null | undefined>> | undefined
  /** Writes everything to one value of each of these dimensions. */
  readonly object?: ForEach<Name, DimensionValue> | undefined
  /** Keeps out the events for which it is false, before anything is counted. */
  readonly filter?: ((event: E) => unknown) | undefined
  readonly sum?: Getter<E, number | bigint | null | undefined> | undefined
  readonly mean?: Getter<E, number | null | undefined> | undefined
  readonly minimum?: Getter<E, number | bigint | null | undefined> | undefined
  readonly maximum?: Getter<E, number | bigint | null | undefined> | undefined
  /** Counts distinct items. */
  readonly distinct?: Getter<E, string | number | bigint | null | undefined> | undefined
}

/** Events as columns of one length. */
export interface EventColumns<Name extends string = string> {
  /** Milliseconds since 1970 in a `Float64Array`, days since then in an `Int32Array`, or times. */
  readonly at: Float64Array | Int32Array | readonly TimeInput[]
  readonly by?: ForEach<Name, ArrayLike<DimensionValue | null | undefined>> | undefined
  readonly object?: ForEach<Name, DimensionValue> | undefined
  /** NaN is null. */
  readonly sum?: ArrayLike<number> | undefined
  readonly mean?: ArrayLike<number> | undefined
  readonly minimum?: ArrayLike<number> | undefined
  readonly maximum?: ArrayLike<number> | undefined
  readonly distinct?: ArrayLike<string | number | bigint | null | undefined> | undefined
}

/** What a run read, passed over and wrote. */
export interface TrackReport {
  /** The events that were read, less those that the filter kept out. */
  readonly events: number
  /** The rows that are new, that held another value, and that held the same. */
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  /** The rows that are new or changed. */
  readonly written: number
  /** The events without a time, and those dated after today. */
  readonly undated: number
  readonly future: number
  /** The events of a 'day' tracker from before the day at which their object resumed. */
  readonly late: number
  /** The earliest date of a late event. */
  readonly oldestLate: string | null
  /** The events without a value for a dimension that the tracker splits by. */
  readonly noObject: number
}

/** The aggregates, by the names of their options. */
const MEASURES = ['sum', 'mean', 'minimum', 'maximum', 'distinct'] as const
/** @internal */
export type Measure = (typeof MEASURES)[number]

/** @internal The aggregate that is asked for; none for a count of events. */
export function measureOf(options: { readonly [M in Measure]?: unknown }): Measure | undefined {
  const given = MEASURES.filter((one) => options[one] !== undefined)
  if (given.length > 1) {
    throw new TrackstatsError(
      'invalid_value',
      `${given.join(' and ')} cannot be tracked in one run`,
    )
  }
  return given[0]
}

/** @internal Names of dimensions, each with what is given for it. */
export function entriesOf(by: object | undefined): [string, unknown][] {
  if (by === undefined) return []
  recordOf(by, 'dimensions')
  return Object.entries(by).filter(([, one]) => one !== undefined)
}

/** @internal The objects of a run, split by dimensions and with others at one value. */
export function objectsFor(
  context: Context,
  metric: MetricState,
  by: readonly (readonly [name: string, given: unknown])[],
  object: object | undefined,
): Objects {
  const fixed = object === undefined ? {} : recordOf(object, 'dimensions')
  return new Objects(
    context,
    metric,
    by.map(([name]) => name),
    fixed,
  )
}

/** @internal The zone of a run. */
export function runZone(context: Context, options: RunOptions): Zone {
  return options.timeZone === undefined ? context.zone : zoneOf(options.timeZone)
}

/** @internal What was gathered of the events. */
export interface Gathered {
  readonly each: boolean
  readonly zone: Zone
  readonly handles: readonly number[]
  /** The number of the columns in the engine. */
  readonly columns: number
  /** What the objects of the columns stand for, if they are not places of handles. */
  readonly keys?: EngineKeys | undefined
}

/** One period, or several whose rows are computed of the same events. */
export type Periods = Period | readonly Period[]

/** A report, or one for each of several periods. */
export type ReportOf<P extends Periods> = P extends Period ? TrackReport : TrackReport[]

/** @internal Begins columns in the engine, and forgets them if the work fails before they are tracked. */
export function withColumns<R>(context: Context, work: (columns: number) => R): R {
  const columns = context.engine.beginColumns()
  const forget = (): void => {
    if (!context.isClosed) context.engine.dropColumns(columns)
  }
  let result: R
  try {
    result = work(columns)
  } catch (error) {
    forget()
    throw error
  }
  if (result instanceof Promise) result.catch(forget)
  return result
}

/** @internal Computes the rows. */
export function run<P extends Periods>(
  context: Context,
  metric: MetricState,
  periods: P,
  options: RunOptions,
  measure: Measure | undefined,
  gathered: Gathered,
): ReportOf<P> {
  const { engine, zone: ownZone } = context
  const { zone, columns } = gathered
  const { lookBack, from, to } = options
  if (lookBack !== undefined && !(Number.isInteger(lookBack) && lookBack >= 0 && lookBack < 1e7)) {
    throw new TrackstatsError(
      'invalid_value',
      `${shown(lookBack)} is no number of days to look back: give a whole number`,
    )
  }
  const end = (date: DateInput | undefined) =>
    date === undefined ? undefined : dayOfDate(date, zone)
  const asked = {
    metric: metric.name,
    periods: Array.isArray(periods)
      ? Array.from(periods as readonly Period[], periodNumber)
      : [periodNumber(periods as Period)],
    aggregation: measure ?? 'count',
    each: gathered.each,
    today: zone === ownZone ? context.today() : zone.dayOf(context.now()),
    lookBack,
    first: end(from),
    last: end(to),
    recompute: options.recompute === true,
    keys: gathered.keys,
  }
  const handles = Uint32Array.from(gathered.handles)
  const found = engine.track(asked, handles, columns)
  if (metric.watched && found.some(({ written }) => written > 0)) context.onChange(metric)
  const reports = found.map((report): TrackReport => {
    const { oldestLate } = report
    return { ...report, oldestLate: oldestLate === null ? null : dayText(oldestLate) }
  })
  return (Array.isArray(periods) ? reports : reports[0]) as ReportOf<P>
}
