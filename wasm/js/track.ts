// Trackers: statistics computed from events.

import { columnOf, functionOf, optionsOf, recordOf } from './check.js'
import { Columns, type Get, NONE, type Plan, getterOf, itemKey } from './columns.js'
import type { Context } from './context.js'
import { type DateInput, dayText } from './date.js'
import { TrackstatsError, guarded, shown } from './error.js'
import { type TimeInput, dayOfDate, dayOfEvent, noTime } from './moment.js'
import { periodNumber } from './period.js'
import { Pace, type Work, workOf } from './pace.js'
import type { RangeOptions } from './query.js'
import type { MetricState } from './state.js'
import type { DimensionValue, ForEach, Period } from './types.js'
import { noInteger } from './write.js'
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

const MEASURES = ['sum', 'mean', 'minimum', 'maximum', 'distinct'] as const
type Measure = (typeof MEASURES)[number]

/** The aggregate that is asked for; none for a count of events. */
function measureOf(options: { readonly [M in Measure]?: unknown }): Measure | undefined {
  const given = MEASURES.filter((one) => options[one] !== undefined)
  if (given.length > 1) {
    throw new TrackstatsError(
      'invalid_value',
      `${given.join(' and ')} cannot be tracked in one run`,
    )
  }
  return given[0]
}

/**
 * @internal
 * Reads events and writes the rows. Without a signal or progress, an array is read at once.
 */
export async function trackEvents(
  context: Context,
  metric: MetricState,
  period: Period,
  events: Iterable<unknown> | AsyncIterable<unknown>,
  options: TrackOptions<never>,
): Promise<TrackReport> {
  if (optionsOf<unknown>(options) === undefined) {
    throw new TrackstatsError('invalid_value', "a tracker needs options: at least { at: 'time' }")
  }
  const measure = measureOf(options)
  const by = entriesOf(options.by)
  const value = measure === undefined ? undefined : getterOf(options[measure], measure)
  const zone = runZone(context, options)
  const plan: Plan = {
    at: getterOf(options.at, 'at'),
    by: by.map(([name, getter]): Get => getterOf(getter, name)),
    names: by.map(([name]) => name),
    fixed: options.object === undefined ? {} : recordOf(options.object, 'dimensions'),
    value: measure === 'distinct' ? undefined : value,
    item: measure === 'distinct' ? value : undefined,
    filter:
      options.filter === undefined ? undefined : functionOf(options.filter, 'to filter events'),
    zone,
  }
  const columns = new Columns(context, metric, plan)
  if (by.length === 0) columns.handles.push(metric.handle(context.engine, plan.fixed))
  const pace = new Pace(workOf(options), Array.isArray(events) ? events.length : null)
  await gather(columns, events, pace)
  const length = columns.length
  const empty = <T extends { readonly length: number; subarray(from: number, to: number): T }>(
    column: T,
  ): T => column.subarray(0, Math.min(length, column.length))
  return run(context, metric, period, options, measure, {
    each: by.length > 0,
    zone,
    handles: columns.handles,
    days: empty(columns.days),
    objects: empty(columns.objects),
    values: empty(columns.values),
    exact: empty(columns.exact),
    items: empty(columns.items),
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

/** @internal Runs a tracker over columns, at once. */
export function trackColumns(
  context: Context,
  metric: MetricState,
  period: Period,
  columns: EventColumns,
  options: RunOptions,
): TrackReport {
  optionsOf(options)
  const measure = measureOf(recordOf(columns, 'columns'))
  const fixed = columns.object === undefined ? {} : recordOf(columns.object, 'dimensions')
  const zone = runZone(context, options)
  const days = daysOf(columns.at, zone)
  const by = entriesOf(columns.by)
  const handles: number[] = []
  let objects: Uint32Array = new Uint32Array(0)
  if (by.length === 0) {
    handles.push(metric.handle(context.engine, fixed))
  } else {
    const values = by.map(([name, column]) => ofLength(column, days.length, name))
    const names = by.map(([name]) => name)
    objects = objectsOf(values, (at) => {
      const place: Record<string, unknown> = Object.assign(Object.create(null), fixed)
      names.forEach((name, which) => (place[name] = values[which]![at]))
      handles.push(metric.handle(context.engine, place))
    })
  }
  const column =
    measure === undefined ? undefined : ofLength(columns[measure], days.length, measure)
  return run(context, metric, period, options, measure, {
    each: by.length > 0,
    zone,
    handles,
    days,
    objects,
    values:
      column === undefined || measure === 'distinct'
        ? new Float64Array(0)
        : valuesOf(column as ArrayLike<number>, metric),
    exact: new BigInt64Array(0),
    items: measure === 'distinct' ? itemsOf(column!) : new Uint32Array(0),
  })
}

/** Names of dimensions, each with what is given for it. */
function entriesOf(by: object | undefined): [string, unknown][] {
  if (by === undefined) return []
  recordOf(by, 'dimensions')
  return Object.entries(by).filter(([, one]) => one !== undefined)
}

function daysOf(at: EventColumns['at'], zone: Zone): Int32Array {
  if (at instanceof Int32Array) return at
  columnOf(at, 'times')
  const days = new Int32Array(at.length)
  if (at instanceof Float64Array) {
    const place = zone.daysOf(at, days)
    if (place < at.length) throw noTime(at[place])
    return days
  }
  for (let place = 0; place < days.length; place++) days[place] = dayOfEvent(at[place], zone)
  return days
}

function ofLength(column: unknown, length: number, name: string): ArrayLike<unknown> {
  const found = (column as ArrayLike<unknown> | null | undefined)?.length
  if (typeof column === 'object' && found === length) return column as ArrayLike<unknown>
  throw new TrackstatsError(
    'invalid_value',
    `the column '${name}' has ${shown(found)} entries, and 'at' has ${length}`,
  )
}

/** The number of the object of each event. `meet` is called with the first event of each. */
function objectsOf(
  columns: readonly ArrayLike<unknown>[],
  meet: (at: number) => void,
): Uint32Array {
  const length = columns[0]!.length
  const objects = new Uint32Array(length)
  const only = columns.length === 1 ? columns[0]! : undefined
  if (isWhole(only) && numberWhole(only, objects, meet)) return objects
  let count = 0
  const root: Map<unknown, unknown> = new Map()
  for (let at = 0; at < length; at++) {
    let node = root
    let last: unknown = only?.[at]
    if (only === undefined) {
      for (let which = 0; which < columns.length - 1; which++) {
        const value = columns[which]![at]
        let next = node.get(value) as Map<unknown, unknown> | undefined
        if (next === undefined) node.set(value, (next = new Map<unknown, unknown>()))
        node = next
      }
      last = columns.at(-1)![at]
    }
    let number = node.get(last) as number | undefined
    if (number === undefined) {
      number = NONE
      if (columns.every((column) => column[at] !== null && column[at] !== undefined)) {
        number = count++
        meet(at)
      }
      node.set(last, number)
    }
    objects[at] = number
  }
  return objects
}

type Whole = Int32Array | Uint32Array | Int16Array | Uint16Array

function isWhole(column: unknown): column is Whole {
  return (
    column instanceof Int32Array ||
    column instanceof Uint32Array ||
    column instanceof Int16Array ||
    column instanceof Uint16Array
  )
}

/**
 * As `objectsOf`, by a table of all values between the smallest and the largest; false if that would
 * be larger than the column.
 */
function numberWhole(column: Whole, objects: Uint32Array, meet: (at: number) => void): boolean {
  const { length } = column
  if (length === 0) return true
  let [least, most] = [column[0]!, column[0]!]
  for (let at = 1; at < length; at++) {
    const value = column[at]!
    if (value < least) least = value
    else if (value > most) most = value
  }
  if (most - least > length) return false
  // One more than the number, so that 0 is an object that was not met.
  const numbers = new Uint32Array(most - least + 1)
  let count = 0
  for (let at = 0; at < length; at++) {
    const place = column[at]! - least
    let number = numbers[place]!
    if (number === 0) {
      meet(at)
      numbers[place] = number = ++count
    }
    objects[at] = number - 1
  }
  return true
}

function itemsOf(column: ArrayLike<unknown>): Uint32Array {
  const items = new Uint32Array(column.length)
  const numbers: Map<string, number> = new Map()
  for (let at = 0; at < items.length; at++) {
    const item = column[at]
    if (item === null || item === undefined) {
      items[at] = NONE
      continue
    }
    const key = itemKey(item)
    let number = numbers.get(key)
    if (number === undefined) numbers.set(key, (number = numbers.size))
    items[at] = number
  }
  return items
}

function valuesOf(column: ArrayLike<number>, metric: MetricState): Float64Array {
  const values = column instanceof Float64Array ? column : new Float64Array(column.length)
  for (let at = 0; at < values.length; at++) {
    const given: unknown = column[at]
    if (typeof given !== 'number') {
      throw new TrackstatsError(
        'invalid_value',
        `${shown(given)} is no number for '${metric.name}': give NaN for what is missing`,
      )
    }
    const value = given
    if (values !== column) values[at] = value
    if (value !== value) continue
    if (metric.isFloat ? !Number.isFinite(value) : !Number.isSafeInteger(value)) {
      throw noInteger(metric, value)
    }
  }
  return values
}

function runZone(context: Context, options: RunOptions): Zone {
  return options.timeZone === undefined ? context.zone : zoneOf(options.timeZone)
}

interface Gathered {
  readonly each: boolean
  readonly zone: Zone
  readonly handles: readonly number[]
  readonly days: Int32Array
  readonly objects: Uint32Array
  readonly values: Float64Array
  readonly exact: BigInt64Array
  readonly items: Uint32Array
}

function run(
  context: Context,
  metric: MetricState,
  period: Period,
  options: RunOptions,
  measure: Measure | undefined,
  gathered: Gathered,
): TrackReport {
  const { engine, zone: ownZone } = context
  const { zone, days, objects, values, exact, items } = gathered
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
    period: periodNumber(period),
    aggregation: measure ?? 'count',
    each: gathered.each,
    today: zone === ownZone ? context.today() : zone.dayOf(context.now()),
    lookBack,
    first: end(from),
    last: end(to),
    recompute: options.recompute === true,
  }
  const handles = Uint32Array.from(gathered.handles)
  // Copying the columns grows the memory of the module, which the next answer will notice.
  const report = guarded(() =>
    engine.track(asked, handles, days, objects, values, exact, items),
  ) as Omit<TrackReport, 'oldestLate'> & { readonly oldestLate: number | null }
  if (metric.watched && report.written > 0) context.onChange(metric)
  const { oldestLate } = report
  return { ...report, oldestLate: oldestLate === null ? null : dayText(oldestLate) }
}
