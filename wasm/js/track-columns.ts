// Tracking events that are columns already.

import { columnOf, optionsOf, recordOf } from './check.js'
import type { Context } from './context.js'
import type { Entries } from './engine-types.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfEvent, noTime } from './moment.js'
import { Items, type Objects } from './objects.js'
import type { MetricState } from './state.js'
import {
  type RunOptions,
  type EventColumns,
  type Periods,
  type ReportOf,
  measureOf,
  entriesOf,
  objectsFor,
  runZone,
  run,
  withColumns,
} from './tracker.js'
import { noInteger } from './write.js'
import type { Zone } from './zone.js'

/** How many events a part of a loop takes. */
const STEP = 4096

/** @internal Runs a tracker over columns, at once. */
export function trackColumns<P extends Periods>(
  context: Context,
  metric: MetricState,
  periods: P,
  columns: EventColumns,
  options: RunOptions,
): ReportOf<P> {
  optionsOf(options)
  const measure = measureOf(recordOf(columns, 'columns'))
  const zone = runZone(context, options)
  const { length } = columnOf(columns.at, 'times')
  const by = entriesOf(columns.by)
  const objects = objectsFor(context, metric, by, columns.object)
  const values = by.map(([name, column]) => ofLength(column, length, name))
  const column = measure === undefined ? undefined : ofLength(columns[measure], length, measure)
  return withColumns(context, (number) => {
    const append = (place: 0 | 1 | 2 | 4, entries: Entries) =>
      context.engine.append(number, place, entries)
    appendDays(columns.at, zone, (days) => append(0, days))
    if (by.length > 0) appendObjects(values, objects, (numbers) => append(1, numbers))
    if (measure === 'distinct') append(4, itemsOf(column!))
    else if (column !== undefined) append(2, valuesOf(column as ArrayLike<number>, metric))
    const { handles } = objects
    const gathered = { each: by.length > 0, zone, handles, columns: number }
    return run(context, metric, periods, options, measure, gathered)
  })
}

/**
 * Runs a loop over columns in parts, and appends what each has found.
 *
 * A small column stays in the cache. A loop that runs long is compiled for that once, a function that is
 * called often for good; unless it uses objects of a class of which none is left after the run, which
 * makes a collection of garbage forget what it compiled. The loops use numbers and columns alone.
 */
function inParts<T extends Int32Array | Uint32Array>(
  length: number,
  part: T,
  find: (from: number, until: number) => void,
  append: (found: T) => void,
): void {
  for (let from = 0; from < length; from += STEP) {
    const until = Math.min(from + STEP, length)
    find(from, until)
    append(part.subarray(0, until - from) as T)
  }
}

function appendDays(at: EventColumns['at'], zone: Zone, append: (days: Int32Array) => void): void {
  if (at instanceof Int32Array) {
    append(at)
    return
  }
  const days = new Int32Array(STEP)
  const find =
    at instanceof Float64Array
      ? (from: number, until: number) => dateSome(zone, at, days, from, until)
      : (from: number, until: number) => {
          for (let place = from; place < until; place++) {
            days[place - from] = dayOfEvent(at[place], zone)
          }
        }
  inParts(at.length, days, find, append)
}

function dateSome(
  zone: Zone,
  at: Float64Array,
  days: Int32Array,
  from: number,
  until: number,
): void {
  // Events mostly come in the order of time: the day of the last one, and from when until when it is.
  let day = 0
  let start = 0
  let end = 0
  for (let place = from; place < until; place++) {
    const instant = at[place]!
    if (!(instant >= start && instant < end)) {
      day = zone.dayOf(instant)
      if (day !== day) throw noTime(instant)
      ;[start, end] = zone.aroundOf(instant)
    }
    days[place - from] = day
  }
}

function ofLength(column: unknown, length: number, name: string): ArrayLike<unknown> {
  const found = (column as ArrayLike<unknown> | null | undefined)?.length
  if (typeof column === 'object' && found === length) return column as ArrayLike<unknown>
  throw new TrackstatsError(
    'invalid_value',
    `the column '${name}' has ${shown(found)} entries, and 'at' has ${length}`,
  )
}

/** Appends the number of the object of each event. */
function appendObjects(
  columns: readonly ArrayLike<unknown>[],
  objects: Objects,
  append: (numbers: Uint32Array) => void,
): void {
  const { length } = columns[0]!
  const numbers = new Uint32Array(STEP)
  const only = columns.length === 1 ? columns[0]! : undefined
  const table = isWhole(only) ? tableOf(only) : undefined
  const find =
    table !== undefined
      ? (from: number, until: number) => {
          numberSome(only as Whole, table, objects, numbers, from, until)
        }
      : (from: number, until: number) => {
          for (let at = from; at < until; at++) {
            numbers[at - from] =
              only === undefined
                ? objects.all(columns.map((column) => column[at]))
                : objects.one(only[at])
          }
        }
  inParts(length, numbers, find, append)
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

/** From the whole numbers of a column to objects. */
interface Table {
  readonly least: number
  /** One more than the number of the object; 0 is one that was not met. */
  readonly numbers: Uint32Array
}

/** A table of all values between the smallest and the largest; none if it would be larger than the column. */
function tableOf(column: Whole): Table | undefined {
  const { length } = column
  if (length === 0) return undefined
  let [least, most] = [column[0]!, column[0]!]
  for (let from = 0; from < length; from += STEP) {
    const [low, high] = endsOf(column, from, Math.min(from + STEP, length))
    least = Math.min(least, low)
    most = Math.max(most, high)
  }
  return most - least > length ? undefined : { least, numbers: new Uint32Array(most - least + 1) }
}

function endsOf(column: Whole, from: number, until: number): [least: number, most: number] {
  let least = column[from]!
  let most = least
  for (let at = from + 1; at < until; at++) {
    const value = column[at]!
    if (value < least) least = value
    else if (value > most) most = value
  }
  return [least, most]
}

function numberSome(
  column: Whole,
  { least, numbers }: Table,
  objects: Objects,
  into: Uint32Array,
  from: number,
  until: number,
): void {
  let at = from
  while ((at = numberKnown(column, least, numbers, into, from, at, until)) < until) {
    numbers[column[at]! - least] = objects.one(column[at]) + 1
  }
}

/** As `numberSome`, up to an object that was not met; answers where it is. */
function numberKnown(
  column: Whole,
  least: number,
  numbers: Uint32Array,
  into: Uint32Array,
  from: number,
  start: number,
  until: number,
): number {
  for (let at = start; at < until; at++) {
    const number = numbers[column[at]! - least]!
    if (number === 0) return at
    into[at - from] = number - 1
  }
  return until
}

function itemsOf(column: ArrayLike<unknown>): Uint32Array {
  const items = new Items()
  const numbers = new Uint32Array(column.length)
  for (let at = 0; at < numbers.length; at++) numbers[at] = items.number(column[at])
  return numbers
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
