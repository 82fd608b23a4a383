// How a total is made up of its parts.

import { optionsOf } from './check.js'
import type { Context } from './context.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfDate } from './moment.js'
import { periodNumber } from './period.js'
import { among } from './names.js'
import { BREAKDOWN } from './options.js'
import { plain } from './plain.js'
import { type RangeOptions, firstOf, lastOf } from './query.js'
import { pairsOf } from './state.js'
import type { DateInput } from './date.js'
import type { Period } from './types.js'
import { namesOf } from './catalog.js'

/** Which parts are asked for. */
export interface BreakdownOptions<Name extends string = string, At = object> extends RangeOptions {
  /** The dimensions to break down by; all that the metric was declared with, if it is not given. */
  readonly by?: Name | readonly Name[] | undefined
  /** Only what has these values. */
  readonly at?: At | undefined
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
}

const AGGREGATES: readonly string[] = ['sum', 'minimum', 'maximum', 'last']

/** @internal Reads a breakdown. */
export function breakdownOf<Name extends string, V>(
  context: Context,
  name: string,
  period: Period,
  options: BreakdownOptions<Name> | undefined,
): Breakdown<Name, V> {
  const metric = context.metric(name)
  const { zone } = context
  optionsOf(options, BREAKDOWN)
  const at = pairsOf(options?.at === undefined ? {} : options.at)
  const asked = namesOf(options?.by)
  const by =
    asked.length > 0 ? asked : metric.names.filter((one) => !at.some(([name]) => name === one))
  const on = options?.on === undefined ? undefined : dayOfDate(options.on, zone)
  const limit = options?.limit
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 0 && limit < 2 ** 32)) {
    throw new TrackstatsError('invalid_value', `${shown(limit)} is no limit: give a whole number`)
  }
  const aggregate =
    options?.aggregate === undefined
      ? undefined
      : among(AGGREGATES, options.aggregate, 'aggregate of a breakdown')
  const found = context.engine.breakdown<V>({
    metric: name,
    period: periodNumber(period),
    by,
    at,
    first: on ?? firstOf(options, zone),
    last: on ?? lastOf(options, zone),
    limit,
    aggregate,
  })
  const parts = found.parts.map((part) => {
    const values = Object.fromEntries(by.map((one, place) => [one, part.at[place]!]))
    return plain({ by: values as Part<Name, V>['by'], value: part.value })
  })
  return plain({ parts, other: found.other, otherCount: found.otherCount })
}
