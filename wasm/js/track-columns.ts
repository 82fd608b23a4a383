// Tracking events that are columns already.

import { columnOf, optionsOf, recordOf } from './check.js'
import type { Context } from './context.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfEvent, noTime } from './moment.js'
import { Items, type Objects } from './objects.js'
import type { MetricState } from './state.js'
import {
  type RunOptions,
  type EventColumns,
  type TrackReport,
  measureOf,
  entriesOf,
  objectsFor,
  runZone,
  run,
} from './tracker.js'
import type { Period } from './types.js'
import { noInteger } from './write.js'
import { Dating, type Zone } from './zone.js'

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
  const zone = runZone(context, options)
  const days = daysOf(columns.at, zone)
  const by = entriesOf(columns.by)
  const objects = objectsFor(context, metric, by, columns.object)
  const values = by.map(([name, column]) => ofLength(column, days.length, name))
  const numbers = by.length === 0 ? new Uint32Array(0) : numbersOf(values, objects)
  const column =
    measure === undefined ? undefined : ofLength(columns[measure], days.length, measure)
  return run(context, metric, period, options, measure, {
    each: by.length > 0,
    zone,
    handles: objects.handles,
    days,
    objects: numbers,
    values:
      column === undefined || measure === 'distinct'
        ? new Float64Array(0)
        : valuesOf(column as ArrayLike<number>, metric),
    exact: new BigInt64Array(0),
    items: measure === 'distinct' ? itemsOf(column!) : new Uint32Array(0),
  })
}

function daysOf(at: EventColumns['at'], zone: Zone): Int32Array {
  if (at instanceof Int32Array) return at
  columnOf(at, 'times')
  const days = new Int32Array(at.length)
  if (at instanceof Float64Array) {
    const dating = new Dating(zone)
    for (let place = 0; place < days.length; place++) {
      const day = dating.dayOf(at[place]!)
      if (day !== day) throw noTime(at[place])
      days[place] = day
    }
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

/** The number of the object of each event. */
function numbersOf(columns: readonly ArrayLike<unknown>[], objects: Objects): Uint32Array {
  const numbers = new Uint32Array(columns[0]!.length)
  const only = columns.length === 1 ? columns[0]! : undefined
  if (isWhole(only) && numberWhole(only, numbers, objects)) return numbers
  for (let at = 0; at < numbers.length; at++) {
    numbers[at] =
      only === undefined ? objects.all(columns.map((column) => column[at])) : objects.one(only[at])
  }
  return numbers
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
 * As `numbersOf`, by a table of all values between the smallest and the largest; false if that would
 * be larger than the column.
 */
function numberWhole(column: Whole, into: Uint32Array, objects: Objects): boolean {
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
  for (let at = 0; at < length; at++) {
    const place = column[at]! - least
    let number = numbers[place]!
    if (number === 0) numbers[place] = number = objects.one(column[at]) + 1
    into[at] = number - 1
  }
  return true
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
