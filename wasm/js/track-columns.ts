// Tracking events that are columns already.

import { columnOf, optionsOf, recordOf } from './check.js'
import { NONE, itemKey } from './columns.js'
import type { Context } from './context.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfEvent, noTime } from './moment.js'
import type { MetricState } from './state.js'
import {
  type RunOptions,
  type EventColumns,
  type TrackReport,
  measureOf,
  entriesOf,
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
