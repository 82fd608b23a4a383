// Tracking events that are columns already.

import { attached, columnOf, knownOf, optionsOf } from './check.js'
import type { Context } from './context.js'
import type { EngineKeys } from './engine-types.js'
import type { Engine } from './engine.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfEvent } from './moment.js'
import { Items, type Objects } from './objects.js'
import { COLUMNS, RUN } from './options.js'
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

/** How many events of one day a run has at least on the average, to be worth it. */
const SHORTEST = 8

/** @internal Runs a tracker over columns, which are read before it returns. */
export async function trackColumns<P extends Periods>(
  context: Context,
  metric: MetricState,
  periods: P,
  columns: EventColumns,
  options: RunOptions,
): Promise<ReportOf<P>> {
  optionsOf(options, RUN)
  const measure = measureOf(knownOf(columns, COLUMNS, 'columns'))
  const zone = runZone(context, options)
  const { length } = columnOf(columns.at, 'times')
  const by = entriesOf(columns.by)
  const objects = objectsFor(context, metric, by, columns.object)
  const values = by.map(([name, column]) => ofLength(column, length, name))
  const column = measure === undefined ? undefined : ofLength(columns[measure], length, measure)
  return withColumns(context, async (number) => {
    const { engine } = context
    appendDays(engine, number, columns.at, zone)
    const keys = by.length > 0 ? appendObjects(engine, number, values, objects) : undefined
    if (measure === 'distinct') engine.append(number, 4, itemsOf(column!))
    else if (column !== undefined) {
      engine.append(number, 2, valuesOf(column as ArrayLike<number>, metric))
    }
    const later = await context.later()
    context.engine.later = later
    const { handles } = objects
    const gathered = { each: by.length > 0, zone, handles, columns: number, keys }
    return run(context, metric, periods, options, measure, gathered)
  })
}

/** Runs a loop in parts, and appends what each has found: a small column stays in the cache. */
function inParts<T extends Int32Array | Uint32Array>(
  length: number,
  part: T,
  find: (at: number) => number,
  append: (found: T) => void,
): void {
  for (let from = 0; from < length; from += STEP) {
    const count = Math.min(STEP, length - from)
    for (let at = 0; at < count; at++) part[at] = find(from + at)
    append(part.subarray(0, count) as T)
  }
}

function appendDays(engine: Engine, number: number, at: EventColumns['at'], zone: Zone): void {
  if (at instanceof Int32Array) {
    engine.append(number, 0, at)
    return
  }
  if (at instanceof Float64Array && appendRuns(engine, number, at, zone)) return
  const find = (place: number): number => dayOfEvent(at[place], zone)
  inParts(at.length, new Int32Array(STEP), find, (days) => engine.append(number, 0, days))
}

/** Appends the days of instants that are mostly beside others of the same day; false, and nothing, if not. */
function appendRuns(engine: Engine, number: number, at: Float64Array, zone: Zone): boolean {
  const { length } = at
  const days: number[] = []
  const lengths: number[] = []
  for (let place = 0; place < length;) {
    if (SHORTEST * days.length > place + STEP) return false
    const first = at[place]!
    days.push(dayOfEvent(first, zone))
    const [from, until] = zone.aroundOf(first)
    const end = endOfRun(at, place + 1, from, until)
    lengths.push(end - place)
    place = end
  }
  engine.append(number, 0, Int32Array.from(days))
  engine.append(number, 5, Uint32Array.from(lengths))
  return true
}

/** Where the first instant is that lies elsewhere: a function of its own, which is compiled at its first runs. */
function endOfRun(at: Float64Array, start: number, from: number, until: number): number {
  const { length } = at
  let end = start
  while (end < length && at[end]! >= from && at[end]! < until) end++
  return end
}

function ofLength(column: unknown, length: number, name: string): ArrayLike<unknown> {
  const found = (column as ArrayLike<unknown> | null | undefined)?.length
  if (typeof column === 'object' && found === length) {
    if (ArrayBuffer.isView(column)) attached(column, `the column '${name}'`)
    return column as ArrayLike<unknown>
  }
  throw new TrackstatsError(
    'invalid_value',
    `the column '${name}' has ${shown(found)} entries, and 'at' has ${length}`,
  )
}

/** Appends the number of the object of each event, or what leads to it. */
function appendObjects(
  engine: Engine,
  number: number,
  columns: readonly ArrayLike<unknown>[],
  objects: Objects,
): EngineKeys | undefined {
  const { length } = columns[0]!
  const only = columns.length === 1 ? columns[0]! : undefined
  if ((only instanceof Int32Array || only instanceof Uint32Array) && areClose(only)) {
    engine.append(number, 1, only)
    return objects.keys(only instanceof Int32Array)
  }
  const find = (at: number): number =>
    only === undefined ? objects.all(columns.map((column) => column[at])) : objects.one(only[at])
  inParts(length, new Uint32Array(STEP), find, (numbers) => engine.append(number, 1, numbers))
  return undefined
}

/** Whether a table of all numbers from the least to the largest is no longer than the column. */
function areClose(column: Int32Array | Uint32Array): boolean {
  const ends = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)
  for (let from = 0; from < column.length; from += STEP) {
    widen(ends, column.subarray(from, from + STEP))
  }
  return ends[1]! - ends[0]! < column.length
}

/** Moves the ends so that a part lies between them: a function of its own, as `endOfRun`. */
function widen(ends: Float64Array, part: Int32Array | Uint32Array): void {
  // Begun with an integer, so that all is done in integers.
  let least = part[0]!
  let most = least
  for (let at = 1; at < part.length; at++) {
    const number = part[at]!
    if (number < least) least = number
    if (number > most) most = number
  }
  if (least < ends[0]!) ends[0] = least
  if (most > ends[1]!) ends[1] = most
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
