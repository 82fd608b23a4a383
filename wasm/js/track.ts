// Tracking the objects of a caller.

import { batchIn } from './batch.js'
import { copyOf, functionOf, optionsOf } from './check.js'
import { Columns, type Get, type Plan, getterOf } from './columns.js'
import type { Context } from './context.js'
import { dayText } from './date.js'
import { TrackstatsError, shown } from './error.js'
import { startOfDay } from './instant.js'
import type { Objects } from './objects.js'
import { TRACK, TRACKER, TRACK_ALL } from './options.js'
import { Pace, workOf } from './pace.js'
import type { MetricState } from './state.js'
import {
  type AllOptions,
  type AnyTracker,
  type EventSource,
  type Measure,
  type Periods,
  type ReportOf,
  type Since,
  type TrackOptions,
  askedOf,
  dimensionsOf,
  entriesOf,
  measureOf,
  objectsFor,
  run,
  runZone,
  sinceDay,
  withColumns,
} from './tracker.js'
import { awaited, watched } from './watched.js'
import type { Zone } from './zone.js'

/** The first date of all. */
const ALL = '0001-01-01'

/** A tracker whose options were checked. */
interface Prepared {
  readonly metric: MetricState
  readonly periods: Periods
  readonly options: TrackOptions<never>
  readonly measure: Measure | undefined
  readonly dimensions: readonly (readonly [string, string | undefined])[] | undefined
  readonly objects: Objects
  readonly zone: Zone
  readonly plan: Plan
}

function prepared(
  context: Context,
  metric: MetricState,
  periods: Periods,
  options: TrackOptions<never>,
): Prepared {
  const measure = measureOf(options)
  const by = entriesOf(options.by)
  const value = measure === undefined ? undefined : getterOf(options[measure], measure)
  const zone = runZone(context, options)
  const plan: Plan = {
    time: getterOf(options.time, 'time'),
    by: by.map(([name, getter]): Get => getterOf(getter, name)),
    value: measure === 'distinct' ? undefined : value,
    item: measure === 'distinct' ? value : undefined,
    filter:
      options.filter === undefined ? undefined : functionOf(options.filter, 'to filter events'),
    zone,
  }
  const objects = objectsFor(context, metric, by, options.object)
  const dimensions = dimensionsOf(by, options.object)
  return { metric, periods, options, measure, dimensions, objects, zone, plan }
}

/** @internal Reads events and writes the rows. */
export async function trackEvents<P extends Periods>(
  context: Context,
  metric: MetricState,
  periods: P,
  source: EventSource<unknown>,
  options: TrackOptions<never>,
): Promise<ReportOf<P>> {
  if (optionsOf<unknown>(options, TRACK) === undefined) {
    throw new TrackstatsError(
      'invalid_value',
      "a tracker needs options: at least { time: 'paidAt' }",
    )
  }
  const tracker = prepared(context, metric, periods, options)
  const [report] = await trackPrepared(context, [tracker], source, options)
  return report as ReportOf<P>
}

/** @internal Reads events once for several trackers, and writes all rows or none. */
export async function trackAllEvents(
  context: Context,
  trackers: readonly AnyTracker<never>[],
  source: EventSource<unknown>,
  options: AllOptions,
): Promise<ReportOf<Periods>[]> {
  optionsOf(options, TRACK_ALL)
  if (!Array.isArray(trackers)) {
    throw new TrackstatsError('invalid_value', `${shown(trackers)} is no array of trackers`)
  }
  const all = Array.from(trackers as readonly AnyTracker<never>[], (tracker) => {
    const { metric, periods, ...own } = copyOf(tracker, TRACKER, 'a tracker')
    for (const option of ['signal', 'onProgress'] as const) {
      if (own[option] !== undefined) {
        throw new TrackstatsError(
          'unknown_option',
          `'${option}' is no option of one of several trackers: give it beside them`,
        )
      }
    }
    const since = own.since ?? options.since
    return prepared(context, context.metric(metric), periods, { ...own, since })
  })
  return trackPrepared(context, all, source, options)
}

async function trackPrepared(
  context: Context,
  trackers: readonly Prepared[],
  source: EventSource<unknown>,
  options: AllOptions,
): Promise<ReportOf<Periods>[]> {
  const work = workOf(options)
  new Pace(work, null).check()
  let told: number | undefined
  let events: unknown = source
  if (typeof source === 'function') {
    await loaded(context)
    const needs = trackers.map((tracker) => {
      const { since } = tracker.options
      return since === undefined ? neededDay(context, tracker) : sinceDay(since, tracker.zone)
    })
    const all = sinceOf(undefined, context.zone)
    const first = needs.includes(undefined) ? undefined : Math.min(...(needs as number[]))
    told = first ?? sinceDay(ALL, context.zone)
    // The earliest beginning: zones of trackers differ.
    const begins = trackers.map(({ zone }) => sinceOf(first, zone))
    const since = begins.reduce((left, right) => (right < left ? right : left), begins[0] ?? all)
    events = source({ since })
  }
  if (isObject(events) && typeof (events as { then?: unknown }).then === 'function') {
    events = await awaited(events as PromiseLike<unknown>, work.signal)
  }
  const pace = new Pace(work, Array.isArray(events) ? events.length : null)
  return withColumns(context, trackers.length, async (numbers) => {
    const columns = trackers.map(({ metric, objects, plan }, at) => {
      return new Columns(context, metric, objects, plan, numbers[at]!)
    })
    await gather(columns, events, pace, work.signal)
    for (const one of columns) one.append()
    await loaded(context)
    const runs = trackers.map((tracker, at) => {
      const { metric, periods, options, measure, zone, dimensions, objects } = tracker
      const { handles } = objects
      const since = sinceDay(options.since, zone) ?? told
      const gathered = { dimensions, zone, handles, columns: numbers[at]! }
      const asked = askedOf(context, metric, periods, options, measure, gathered, since)
      return () => run(context, metric, periods, asked, gathered)
    })
    const runAll = (): ReportOf<Periods>[] => runs.map((one) => one())
    return runs.length === 1 ? runAll() : batchIn(context, runAll)
  })
}

/** @internal From when on a run now needs events. */
export async function neededSince(
  context: Context,
  metric: MetricState,
  periods: Periods,
  options: TrackOptions<never> | undefined,
): Promise<Since> {
  optionsOf<unknown>(options, TRACK)
  const given = { time: 'time', ...options } as TrackOptions<never>
  const tracker = prepared(context, metric, periods, given)
  await loaded(context)
  return sinceOf(neededDay(context, tracker), tracker.zone)
}

/** The first day whose events a run needs; none if it needs all. */
function neededDay(context: Context, tracker: Prepared): number | undefined {
  const { metric, periods, options, measure, objects } = tracker
  const asked = askedOf(context, metric, periods, options, measure, tracker, undefined)
  return context.engine.needed(asked, Uint32Array.from(objects.handles))
}

async function loaded(context: Context): Promise<void> {
  const later = await context.later()
  context.engine.later = later
}

/** The beginning of a day; one that the clocks skip begins when the next one does. */
function sinceOf(day: number | undefined, zone: Zone): Since {
  const date = day === undefined ? ALL : dayText(day)
  let begin: Date | undefined
  for (let at = day ?? 0; day !== undefined && begin === undefined; at++) {
    begin = startOfDay(dayText(at), zone.name)
  }
  const instant = begin ?? new Date(`${ALL}T00:00:00Z`)
  return Object.assign(new Date(instant), { date, instant })
}

async function gather(
  all: readonly Columns[],
  events: unknown,
  pace: Pace,
  signal: AbortSignal | undefined,
): Promise<void> {
  let done = 0
  if (Array.isArray(events)) {
    const { length } = events
    while (done < length) {
      const until = Math.min(done + pace.step, length)
      for (const columns of all) columns.addAll(events, done, until)
      done = until
      if (pace.isDue()) await pace.pass(done)
    }
    return
  }
  let next = pace.step
  if (isObject(events) && Symbol.iterator in events) {
    for (const event of events as Iterable<unknown>) {
      for (const columns of all) columns.add(event)
      if (++done < next) continue
      if (pace.isDue()) await pace.pass(done)
      next = done + pace.step
    }
  } else if (isObject(events) && Symbol.asyncIterator in events) {
    pace.check()
    for await (const event of watched(events as AsyncIterable<unknown>, signal)) {
      for (const columns of all) columns.add(event)
      if (++done < next) {
        pace.check()
        continue
      }
      if (pace.isDue()) await pace.pass(done)
      next = done + pace.step
    }
  } else {
    throw new TrackstatsError(
      'invalid_value',
      `${shown(events)} is no source: give an iterable, or a function that gives one`,
    )
  }
  if (pace.isWatched) await pace.pass(done)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
