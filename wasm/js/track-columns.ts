// Tracking events that are columns already.

import { attached, columnOf, knownOf, optionsOf } from './check.js'
import type { Context } from './context.js'
import type { EngineKeys } from './engine-types.js'
import type { Engine } from './engine.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfEvent } from './moment.js'
import { Items, type Objects } from './objects.js'
import { COLUMNS, RUN } from './options.js'
import { Pace, workOf } from './pace.js'
import type { MetricState } from './state.js'
import {
  type RunOptions,
  type EventColumns,
  type Periods,
  type ReportOf,
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
import { noInteger } from './write.js'
import type { Zone } from './zone.js'

/** How many events a part of a loop takes. */
const STEP = 4096

/** How many events of one day a run has at least on the average, to be worth it. */
const SHORTEST = 8

/** How far the columns of a run were read; there are turns of the host in between. */
class Walk {
  readonly #pace: Pace
  #done = 0

  constructor(pace: Pace) {
    this.#pace = pace
  }

  /** Runs a loop in parts, and appends what each has found: a small column stays in the cache. */
  async parts<T extends Int32Array | Uint32Array | Float64Array>(
    length: number,
    part: T,
    find: (at: number) => number,
    append: (found: T) => void,
  ): Promise<void> {
    for (let from = 0; from < length; from += STEP) {
      const count = Math.min(STEP, length - from)
      for (let at = 0; at < count; at++) part[at] = find(from + at)
      append(part.subarray(0, count) as T)
      await this.pass(count)
    }
  }

  async pass(count: number): Promise<void> {
    this.#done += count
    if (this.#pace.isDue()) await this.#pace.pass(this.#done)
  }
}

/** @internal Runs a tracker over columns, which are read, or copied where that takes long, before it returns. */
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
  const { length } = columnOf(columns.time, 'times')
  const by = entriesOf(columns.by)
  const objects = objectsFor(context, metric, by, columns.object)
  const work = workOf(options)
  const read = 1 + by.length + (measure === undefined ? 0 : 1)
  const pace = new Pace(work, length * read)
  const isLong = length > STEP || pace.isWatched
  const own = (column: ArrayLike<unknown>): ArrayLike<unknown> =>
    isLong ? copyOfColumn(column) : column
  const values = by.map(([name, column]) => own(ofLength(column, length, name)))
  const column =
    measure === undefined ? undefined : own(ofLength(columns[measure], length, measure))
  const times = own(columns.time) as EventColumns['time']
  const walk = new Walk(pace)
  return withColumns(context, 1, async ([number]) => {
    await appendDays(context.engine, number!, times, zone, walk)
    const keys =
      by.length > 0
        ? await appendObjects(context.engine, number!, values, objects, walk)
        : undefined
    if (measure === 'distinct') await appendItems(context.engine, number!, column!, walk)
    else if (column !== undefined) {
      await appendValues(context.engine, number!, column, metric, walk)
    }
    const later = await context.later()
    context.engine.later = later
    const { handles } = objects
    const dimensions = dimensionsOf(by, columns.object)
    const gathered = { dimensions, zone, handles, columns: number!, keys }
    const since = sinceDay(options.since, zone)
    const asked = askedOf(context, metric, periods, options, measure, gathered, since)
    return run(context, metric, periods, asked, gathered)
  })
}

function copyOfColumn(column: ArrayLike<unknown>): ArrayLike<unknown> {
  if (Array.isArray(column)) return column.slice()
  return ArrayBuffer.isView(column) ? (column as Float64Array).slice() : Array.from(column)
}

async function appendDays(
  engine: Engine,
  number: number,
  times: EventColumns['time'],
  zone: Zone,
  walk: Walk,
): Promise<void> {
  if (times instanceof Int32Array) {
    engine.append(number, 0, times)
    return
  }
  if (times instanceof Float64Array && (await appendRuns(engine, number, times, zone, walk))) return
  const find = (at: number): number => dayOfEvent(times[at], zone)
  const append = (days: Int32Array): void => engine.append(number, 0, days)
  await walk.parts(times.length, new Int32Array(STEP), find, append)
}

/** Appends the days of instants that are mostly beside others of the same day; false, and nothing, if not. */
async function appendRuns(
  engine: Engine,
  number: number,
  times: Float64Array,
  zone: Zone,
  walk: Walk,
): Promise<boolean> {
  const { length } = times
  const days: number[] = []
  const lengths: number[] = []
  let told = 0
  for (let place = 0; place < length;) {
    if (SHORTEST * days.length > place + STEP) return false
    const first = times[place]!
    days.push(dayOfEvent(first, zone))
    const [from, until] = zone.aroundOf(first)
    const end = endOfRun(times, place + 1, from, until)
    lengths.push(end - place)
    place = end
    if (days.length % STEP === 0) {
      await walk.pass(place - told)
      told = place
    }
  }
  engine.append(number, 0, Int32Array.from(days))
  engine.append(number, 5, Uint32Array.from(lengths))
  await walk.pass(length - told)
  return true
}

/** Where the first instant is that lies elsewhere: a function of its own, which is compiled at its first runs. */
function endOfRun(times: Float64Array, start: number, from: number, until: number): number {
  const { length } = times
  let end = start
  while (end < length && times[end]! >= from && times[end]! < until) end++
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
    `the column '${name}' has ${shown(found)} entries, and 'time' has ${length}`,
  )
}

/** Appends the number of the object of each event, or what leads to it. */
async function appendObjects(
  engine: Engine,
  number: number,
  columns: readonly ArrayLike<unknown>[],
  objects: Objects,
  walk: Walk,
): Promise<EngineKeys | undefined> {
  const { length } = columns[0]!
  const only = columns.length === 1 ? columns[0]! : undefined
  if ((only instanceof Int32Array || only instanceof Uint32Array) && areClose(only)) {
    engine.append(number, 1, only)
    return objects.keys(only instanceof Int32Array)
  }
  const find = (at: number): number =>
    only === undefined ? objects.all(columns.map((column) => column[at])) : objects.one(only[at])
  const append = (numbers: Uint32Array): void => engine.append(number, 1, numbers)
  await walk.parts(length, new Uint32Array(STEP), find, append)
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

async function appendItems(
  engine: Engine,
  number: number,
  column: ArrayLike<unknown>,
  walk: Walk,
): Promise<void> {
  const items = new Items()
  const find = (at: number): number => items.number(column[at])
  const append = (numbers: Uint32Array): void => engine.append(number, 4, numbers)
  await walk.parts(column.length, new Uint32Array(STEP), find, append)
}

async function appendValues(
  engine: Engine,
  number: number,
  column: ArrayLike<unknown>,
  metric: MetricState,
  walk: Walk,
): Promise<void> {
  const find = (at: number): number => {
    const value: unknown = column[at]
    if (typeof value !== 'number') {
      throw new TrackstatsError(
        'invalid_value',
        `${shown(value)} is no number for '${metric.name}': give NaN for what is missing`,
      )
    }
    const isNull = value !== value
    if (!isNull && (metric.isFloat ? !Number.isFinite(value) : !Number.isSafeInteger(value))) {
      throw noInteger(metric, value)
    }
    return value
  }
  const append = (values: Float64Array): void => engine.append(number, 2, values)
  await walk.parts(column.length, new Float64Array(STEP), find, append)
}
