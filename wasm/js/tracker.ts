// A tracker: its options, its report, and the run over what was gathered.

import { recordOf, timeOf } from './check.js'
import type { Context } from './context.js'
import { type DateInput, dayText } from './date.js'
import type { EngineKeys, EngineRun } from './engine-types.js'
import { TrackstatsError, shown } from './error.js'
import { type TimeInput, dayOfDate } from './moment.js'
import type { Work } from './pace.js'
import { Objects } from './objects.js'
import { periodNumber } from './period.js'
import type { RangeOptions } from './query.js'
import { type MetricState, pairsOf } from './state.js'
import type {
  Declaration,
  DimensionValue,
  ForEach,
  MetricName,
  MetricOf,
  NameOf,
  Period,
} from './types.js'
import { type Zone, zoneOf } from './zone.js'

/** How a value is got from an event: the name of a property, or a function. */
export type Getter<E, R> = (keyof E & string) | ((event: E) => R)

/** A date, as the instant at which it begins in the zone of the run: for `WHERE paid_at >= …`. */
export interface Since extends Date {
  /** The date, as `YYYY-MM-DD`; `0001-01-01` where all events are needed. */
  readonly date: string
  readonly instant: Date
}

/** Events, or what gives them. */
export type Events<E> = Iterable<E> | AsyncIterable<E>

/** Events, or a function that is asked for those that are needed. It may give more. */
export type EventSource<E> =
  | Events<E>
  | PromiseLike<Events<E>>
  | ((needed: { readonly since: Since }) => Events<E> | PromiseLike<Events<E>>)

/** Which rows a run computes. */
export interface RunOptions extends RangeOptions, Work {
  /**
   * Resumes so many days before the newest stored row, 1 if it is not given (a lifetime resumes at
   * the row). Give more where events come in late. With `from` or `to`, the rows of those dates are
   * computed, whatever is stored, and no others. Where rows are computed again because you said so, by
   * one of these or by `recompute` or `since`, those without an event any more get the value of none.
   */
  readonly lookBack?: number | undefined
  /** Computes every row again, also those of days and objects that have no event any more. */
  readonly recompute?: boolean | undefined
  /**
   * From when on the source gives all events, which a narrowed source does not say itself. A run that
   * needs earlier ones is refused and changes nothing. The first date of all says that it gives all.
   */
  readonly since?: DateInput | undefined
  /** Dates the events, and today, in this zone in the place of the store's. */
  readonly timeZone?: string | undefined
}

/** What is counted; at most one of the aggregates, otherwise the events. */
export interface TrackOptions<E, Name extends string = string> extends RunOptions {
  /** When an event happened. */
  readonly time: Getter<E, TimeInput>
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

/** One of several trackers over one reading of the events. */
export interface AnyTracker<
  E,
  N extends string = string,
  Name extends string = string,
> extends TrackOptions<E, Name> {
  readonly metric: N
  readonly periods: Periods
}

/** One of several trackers, of a metric that is declared. */
export type TrackerOf<D extends Declaration, E> = {
  [N in MetricName<D>]: AnyTracker<E, N, NameOf<MetricOf<D, N>>>
}[MetricName<D>]

/** The options of several trackers together. */
export interface AllOptions extends Work {
  /** As of a tracker, for all that do not say it themselves. */
  readonly since?: DateInput | undefined
}

/** Events as columns of one length. */
export interface EventColumns<Name extends string = string> {
  /** Milliseconds since 1970 in a `Float64Array`, days since then in an `Int32Array`, or times. */
  readonly time: Float64Array | Int32Array | readonly TimeInput[]
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
  /** The events of a 'day' tracker from before the day at which their object resumed, mostly counted. */
  readonly earlier: number
  /** The events of a 'day' tracker that belong to outdated rows. */
  readonly late: number
  /** The earliest date of a late event. */
  readonly oldestLate: string | null
  /** The events without a value for a dimension that the tracker splits by. */
  readonly noObject: number
  /**
   * The dates whose rows, of any object, were left as they are though the events give another value.
   * With `from` and `to`, or `lookBack`, they are computed again.
   */
  readonly outdated: readonly string[]
  /** How many days a run has to look back to compute all outdated rows again. */
  readonly lookBack: number | null
  /**
   * From when on a 'day' tracker needed events, where the source begins later: days before its first
   * event were left as they are, and if they had events of their own these are missing.
   */
  readonly neededSince: string | null
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

/** @internal The dimensions of objects that are split; none if they are not. */
export function dimensionsOf(
  by: readonly (readonly [name: string, given: unknown])[],
  object: object | undefined,
): (readonly [name: string, value: string | undefined])[] | undefined {
  if (by.length === 0) return undefined
  const names = by.map(([name]) => [name, undefined] as const)
  const fixed = pairsOf(object ?? {}).filter(([name]) => !by.some(([other]) => other === name))
  return [...names, ...fixed]
}

/** @internal The zone of a run. */
export function runZone(context: Context, options: RunOptions): Zone {
  return options.timeZone === undefined ? context.zone : zoneOf(options.timeZone)
}

/** @internal What was gathered of the events. */
export interface Gathered {
  /** The dimensions of the objects: those that split, and those that have one value. */
  readonly dimensions: readonly (readonly [name: string, value: string | undefined])[] | undefined
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
export async function withColumns<R>(
  context: Context,
  count: number,
  work: (columns: readonly number[]) => Promise<R>,
): Promise<R> {
  const columns = Array.from({ length: count }, () => context.engine.beginColumns())
  try {
    return await work(columns)
  } catch (error) {
    if (!context.isClosed) for (const one of columns) context.engine.dropColumns(one)
    throw error
  }
}

/** @internal What the engine is asked to compute. */
export function askedOf(
  context: Context,
  metric: MetricState,
  periods: Periods,
  options: RunOptions,
  measure: Measure | undefined,
  { zone, dimensions, keys }: Pick<Gathered, 'zone' | 'dimensions' | 'keys'>,
  since: number | undefined,
): EngineRun {
  const { lookBack, from, to } = options
  if (lookBack !== undefined && !(Number.isInteger(lookBack) && lookBack >= 0 && lookBack < 1e7)) {
    throw new TrackstatsError(
      'invalid_value',
      `${shown(lookBack)} is no number of days to look back: give a whole number`,
    )
  }
  const end = (date: DateInput | undefined) =>
    date === undefined ? undefined : dayOfDate(date, zone)
  return {
    metric: metric.name,
    periods: Array.isArray(periods)
      ? Array.from(periods as readonly Period[], periodNumber)
      : [periodNumber(periods as Period)],
    aggregation: measure ?? 'count',
    today: zone === context.zone ? context.today() : zone.dayOf(context.now()),
    lookBack,
    first: end(from),
    last: end(to),
    recompute: options.recompute === true,
    since,
    dimensions,
    keys,
  }
}

/** @internal The first day of which a source gives all events, if it was said. */
export function sinceDay(given: DateInput | undefined, zone: Zone): number | undefined {
  if (given === undefined) return undefined
  // What was told has its date beside it, which the clocks may skip.
  const { date } = Object(given) as Partial<Since>
  if (typeof date === 'string') return dayOfDate(date, zone)
  const day = dayOfDate(given, zone)
  const time = timeOf(given)
  // An instant within a day leaves out its beginning.
  return time === time && zone.dayOf(time - 1) === day ? day + 1 : day
}

/** @internal Computes the rows. */
export function run<P extends Periods>(
  context: Context,
  metric: MetricState,
  periods: P,
  asked: EngineRun,
  { handles, columns }: Gathered,
): ReportOf<P> {
  const found = context.engine.track(asked, Uint32Array.from(handles), columns)
  if (metric.watched && found.some(({ written }) => written > 0)) context.onChange(metric)
  const reports = found.map((report): TrackReport => {
    const { oldestLate, outdated, neededSince } = report
    return {
      ...report,
      oldestLate: oldestLate === null ? null : dayText(oldestLate),
      outdated: outdated.map(dayText),
      neededSince: neededSince === null ? null : dayText(neededSince),
    }
  })
  return (Array.isArray(periods) ? reports : reports[0]) as ReportOf<P>
}
