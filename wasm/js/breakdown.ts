// How a total is made up of its parts.

import { optionsOf } from './check.js'
import type { Context } from './context.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfDate } from './moment.js'
import { periodNumber } from './period.js'
import { among } from './names.js'
import type { AskedBreakdown } from './engine-types.js'
import { BREAKDOWN } from './options.js'
import { plain } from './plain.js'
import { type RangeOptions, firstOf, lastOf } from './query.js'
import { pairsOf } from './state.js'
import type { DateInput } from './date.js'
import type { Period } from './types.js'
import { namesOf } from './catalog.js'

/** Which parts are asked for. */
export interface BreakdownOptions<
  Name extends string = string,
  Where = object,
> extends RangeOptions {
  /** The dimensions to break down by; all that the metric was declared with, if it is not given. */
  readonly by?: Name | readonly Name[] | undefined
  /** Only what has these values. */
  readonly where?: Where | undefined
  /** One date, in the place of a range. */
  readonly on?: DateInput | undefined
  /** At most so many parts; the rest is summed as `other`. */
  readonly limit?: number | undefined
  /** How the dates of a range become the value of a part: 'sum' unless it is given. */
  readonly aggregate?: 'sum' | 'minimum' | 'maximum' | 'last' | undefined
}

/** One part. */
export interface Part<Name extends string, V> {
  /** The values of the dimensions. */
  readonly by: { readonly [N in Name]: string }
  readonly value: V
}

/** The parts of a metric, largest first; of equal ones the first by text. */
export interface Breakdown<Name extends string, V> {
  readonly parts: readonly Part<Name, V>[]
  /** The sum of the parts that were cut off; null if there were none. */
  readonly other: V | null
  /** The number of parts that were cut off. */
  readonly otherCount: number
  /** The dimensions of what was read: those that were asked for, or more, whose values were added up. */
  readonly splitBy: readonly string[]
}

const AGGREGATES: readonly string[] = ['sum', 'minimum', 'maximum', 'last']

type Asked<Name extends string> = Pick<
  BreakdownOptions<Name>,
  'by' | 'where' | 'limit' | 'from' | 'to'
>

/** @internal What a question for parts has in common with others. */
export function askedOf<Name extends string>(
  context: Context,
  name: string,
  period: Period,
  options: Asked<Name> | undefined,
): AskedBreakdown & { readonly by: readonly Name[] } {
  const metric = context.metric(name)
  const { zone } = context
  const where = pairsOf(options?.where === undefined ? {} : options.where)
  const asked = namesOf(options?.by)
  const by =
    asked.length > 0 ? asked : metric.names.filter((one) => !where.some(([name]) => name === one))
  const limit = options?.limit
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 0 && limit < 2 ** 32)) {
    throw new TrackstatsError('invalid_value', `${shown(limit)} is no limit: give a whole number`)
  }
  return {
    metric: name,
    period: periodNumber(period),
    by: by as readonly Name[],
    where,
    first: firstOf(options, zone),
    last: lastOf(options, zone),
    limit,
  }
}

/** @internal The values of the dimensions by their names. */
export function valuesOf<Name extends string>(
  by: readonly Name[],
  at: readonly string[],
): { readonly [N in Name]: string } {
  const values = Object.fromEntries(by.map((one, place) => [one, at[place]!]))
  return values as { readonly [N in Name]: string }
}

/** @internal Reads a breakdown. */
export function breakdownOf<Name extends string, V>(
  context: Context,
  name: string,
  period: Period,
  options: BreakdownOptions<Name> | undefined,
): Breakdown<Name, V> {
  optionsOf(options, BREAKDOWN)
  const asked = askedOf(context, name, period, options)
  const on = options?.on === undefined ? undefined : dayOfDate(options.on, context.zone)
  const aggregate =
    options?.aggregate === undefined
      ? undefined
      : among(AGGREGATES, options.aggregate, 'aggregate of a breakdown')
  const found = context.engine.breakdown<V>({
    ...asked,
    first: on ?? asked.first,
    last: on ?? asked.last,
    aggregate,
  })
  const parts = found.parts.map(({ at, value }) => plain({ by: valuesOf(asked.by, at), value }))
  return plain({ ...found, parts })
}
