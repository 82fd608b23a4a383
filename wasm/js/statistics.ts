// Statistics by a filter: reading them one by one, the newest, and what a filter is.

import type { Context } from './context.js'
import { FIRST_DAY, LAST_DAY, dayText } from './date.js'
import { copyOf, optionsOf, textOf } from './check.js'
import type { Engine } from './engine.js'
import type { EngineFilter, ListedSeries } from './engine-types.js'
import { TrackstatsError, shown } from './error.js'
import { PERIODS } from './names.js'
import { FILTER, type Table } from './options.js'
import { periodNumber } from './period.js'
import { plain } from './plain.js'
import { type RangeOptions, firstOf, lastOf } from './query.js'
import { pairsOf, valueText } from './state.js'
import type { DimensionValue, Period } from './types.js'

/** Which statistics are meant. Conditions combine; an empty list chooses nothing. */
export interface Filter<Name extends string = string> extends RangeOptions {
  readonly metric?: Name | readonly Name[] | undefined
  readonly period?: Period | readonly Period[] | undefined
  /** Values that dimensions have to have, whatever else a statistic is split by. */
  readonly by?: { readonly [dimension: string]: DimensionValue } | undefined
  /** Statistics of one dimension, with one of these names and values. */
  readonly objects?: readonly (readonly [type: string, id: DimensionValue])[] | undefined
  /** Statistics of one dimension, of that name. */
  readonly objectType?: string | undefined
  /** Statistics split by exactly these dimensions; none for totals. */
  readonly splitBy?: readonly string[] | undefined
}

/** A filter of what is deleted, in which no condition may be there without a value. */
export type DeleteFilter<Name extends string = string> = {
  readonly [Key in keyof Filter<Name>]: Exclude<Filter<Name>[Key], undefined>
}

/** One stored value and its key. */
export interface Statistic<V = number | bigint> {
  readonly metric: string
  readonly period: Period
  readonly date: string
  /** Names and values of the dimensions; empty for a total. */
  readonly by: { readonly [dimension: string]: string }
  readonly value: V | null
}

/** @internal Checks a filter, and writes it as the engine takes it. */
export function filterOf(
  context: Context,
  filter: Filter | undefined,
  keys: Table = FILTER,
): EngineFilter {
  const given: { -readonly [K in keyof EngineFilter]: EngineFilter[K] } = {}
  if (optionsOf(filter, keys) === undefined) return given
  const { metric, period, by, objects, objectType, splitBy, from, to } = filter as Filter
  if (metric !== undefined) {
    given.metrics = listOf<string>(metric)
    for (const name of given.metrics) context.metric(name)
  }
  if (period !== undefined) {
    given.periods = listOf<Period>(period).map((one) => PERIODS[periodNumber(one)]!)
  }
  if (from !== undefined) given.first = firstOf({ from }, context.zone)
  if (to !== undefined) given.last = lastOf({ to }, context.zone)
  if (by !== undefined) given.at = pairsOf(by)
  if (objects !== undefined) {
    given.objects = listOf<readonly [string, DimensionValue]>(objects).map((pair) => {
      if (!Array.isArray(pair) || typeof pair[0] !== 'string') {
        throw new TrackstatsError('invalid_value', `${shown(pair)} is no pair of a type and an id`)
      }
      return [pair[0], valueText(pair[1], pair[0])]
    })
  }
  if (objectType !== undefined) given.objectType = textOf(objectType, 'the option objectType')
  if (splitBy !== undefined)
    given.splitBy = listOf<string>(splitBy).map((one) => textOf(one, 'the option splitBy'))
  return given
}

function listOf<T>(given: T | readonly T[]): readonly T[] {
  // A copy without holes, which the methods of arrays pass over.
  return Array.isArray(given) ? Array.from(given as readonly T[]) : [given as T]
}

/**
 * @internal
 * The statistics that a filter chooses, sorted by metric, period, dimensions and date.
 */
export function statisticsOf(context: Context, filter: Filter | undefined): Statistic[] {
  const { engine, answer } = context
  const given = filterOf(context, filter)
  const first = given.first ?? FIRST_DAY
  const last = given.last ?? LAST_DAY
  const statistics: Statistic[] = []
  eachSeries(engine, given, ({ metric, period, by, handle }) => {
    engine.read(handle, periodNumber(period), first, last)
    const dimensions = Object.fromEntries(by)
    for (const { date, value } of answer.series<number | bigint>().toArray()) {
      statistics.push(plain({ metric, period, date, by: dimensions, value }))
    }
  })
  return statistics
}

/** @internal Has the series that a filter chooses read by their handles, which are of no use afterwards. */
export function eachSeries(
  engine: Engine,
  filter: EngineFilter,
  read: (series: ListedSeries) => void,
): void {
  try {
    engine.listSeries(filter).forEach(read)
  } finally {
    engine.forgetListed()
  }
}

/** @internal The statistic with the newest date. */
export function newestOf(context: Context, filter: Filter | undefined): Statistic | undefined {
  const given = filterOf(context, filter)
  const found = context.engine.latestStatistic(given)
  if (found === undefined) return undefined
  return plain({
    metric: found.metric,
    period: found.period,
    date: dayText(found.day),
    by: Object.fromEntries(found.by),
    value: found.value,
  })
}

/** @internal Deletes what a filter chooses. */
export function deleteIn(context: Context, filter: Filter): number {
  const given = definite(context, filter)
  const deleted = context.engine.delete(given)
  if (deleted > 0) context.onChange(undefined)
  return deleted
}

/** @internal Deletes what a filter chooses and is older than so many days. */
export function retainIn(context: Context, filter: Filter, days: number): number {
  const given = definite(context, filter)
  if (!(Number.isInteger(days) && days >= 0 && days < 2 ** 32)) {
    throw new TrackstatsError('invalid_value', `${shown(days)} is no number of days to retain`)
  }
  const deleted = context.engine.retainDays(given, days, context.today())
  if (deleted > 0) context.onChange(undefined)
  return deleted
}

/** A filter each of whose conditions is one: what is undefined would choose more than somebody meant. */
function definite(context: Context, filter: Filter): EngineFilter {
  // Without a filter everything would go, which nobody means who forgot it.
  if (typeof filter !== 'object' || filter === null) {
    throw new TrackstatsError(
      'invalid_value',
      `${shown(filter)} is no filter of what is deleted: give an object first, {} to choose everything`,
    )
  }
  const own = copyOf(filter, FILTER, 'a filter')
  for (const [key, value] of Object.entries(own)) {
    if (value === undefined) {
      throw new TrackstatsError(
        'unknown_option',
        `the condition '${key}' of what is deleted is undefined: give it a value, or leave it out`,
      )
    }
  }
  const given = filterOf(context, own)
  // Where something is recorded, no dimensions say the total; here they would choose everything.
  if (given.at?.length === 0) {
    throw new TrackstatsError(
      'invalid_value',
      "the condition 'by' of what is deleted has no dimensions: leave it out, or give splitBy: [] for totals",
    )
  }
  return given
}
