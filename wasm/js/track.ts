// Tracking the objects of a caller.

import { functionOf, optionsOf } from './check.js'
import { Columns, type Get, type Plan, getterOf } from './columns.js'
import type { Context } from './context.js'
import { TrackstatsError, shown } from './error.js'
import { TRACK } from './options.js'
import { Pace, workOf } from './pace.js'
import type { MetricState } from './state.js'
import {
  type TrackOptions,
  type Periods,
  type ReportOf,
  measureOf,
  entriesOf,
  objectsFor,
  runZone,
  run,
  withColumns,
} from './tracker.js'

/**
 * @internal
 * Reads events and writes the rows. Without a signal or progress, an array is read at once.
 */
export async function trackEvents<P extends Periods>(
  context: Context,
  metric: MetricState,
  periods: P,
  events: Iterable<unknown> | AsyncIterable<unknown>,
  options: TrackOptions<never>,
): Promise<ReportOf<P>> {
  if (optionsOf<unknown>(options, TRACK) === undefined) {
    throw new TrackstatsError('invalid_value', "a tracker needs options: at least { at: 'time' }")
  }
  const measure = measureOf(options)
  const by = entriesOf(options.by)
  const value = measure === undefined ? undefined : getterOf(options[measure], measure)
  const zone = runZone(context, options)
  const plan: Plan = {
    at: getterOf(options.at, 'at'),
    by: by.map(([name, getter]): Get => getterOf(getter, name)),
    value: measure === 'distinct' ? undefined : value,
    item: measure === 'distinct' ? value : undefined,
    filter:
      options.filter === undefined ? undefined : functionOf(options.filter, 'to filter events'),
    zone,
  }
  const objects = objectsFor(context, metric, by, options.object)
  const pace = new Pace(workOf(options), Array.isArray(events) ? events.length : null)
  return withColumns(context, async (number) => {
    const columns = new Columns(context, metric, objects, plan, number)
    await gather(columns, events, pace)
    columns.append()
    const later = await context.later()
    context.engine.later = later
    const { handles } = objects
    const gathered = { each: by.length > 0, zone, handles, columns: number }
    return run(context, metric, periods, options, measure, gathered)
  })
}

async function gather(
  columns: Columns,
  events: Iterable<unknown> | AsyncIterable<unknown>,
  pace: Pace,
): Promise<void> {
  if (Array.isArray(events)) {
    for (let from = 0; from < events.length; from += pace.step) {
      const until = Math.min(from + pace.step, events.length)
      columns.addAll(events, from, until)
      if (pace.isWatched) await pace.pass(until)
    }
    return
  }
  if (isIterable(events)) {
    let done = 0
    for (const event of events) {
      columns.add(event)
      if (++done % pace.step === 0 && pace.isWatched) await pace.pass(done)
    }
    if (pace.isWatched) await pace.pass(done)
    return
  }
  if (!isAsyncIterable(events)) {
    throw new TrackstatsError('invalid_value', `${shown(events)} is no source: give an iterable`)
  }
  let done = 0
  pace.check()
  for await (const event of events) {
    columns.add(event)
    if (++done % pace.step === 0 && pace.isWatched) await pace.pass(done)
    else pace.check()
  }
  if (pace.isWatched) await pace.pass(done)
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
