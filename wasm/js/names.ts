// Names that the core module knows by number: their places in these lists.

import { TrackstatsError, shown } from './error.js'
import { meant } from './nearest.js'
import type { Kind, Period } from './types.js'

export const PERIODS: readonly Period[] = ['day', 'week', 'days_28', 'month', 'lifetime']
export const KINDS: readonly Kind[] = ['integer', 'float']
export const FILLS: readonly string[] = ['zero', 'null', 'previous']
export const AGGREGATES: readonly string[] = ['sum', 'mean', 'minimum', 'maximum', 'last']
export const BUCKETS: readonly string[] = ['day', 'week', 'month', 'quarter', 'year']
export const WEEKDAYS: readonly string[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]
export const AGGREGATIONS: readonly string[] = [
  'count',
  'distinct',
  'sum',
  'mean',
  'minimum',
  'maximum',
]

/** The number of a name. */
export function numberOf(names: readonly string[], given: unknown, what: string): number {
  const at = typeof given === 'string' ? names.indexOf(given) : -1
  if (at >= 0) return at
  throw new TrackstatsError(
    'invalid_value',
    `${shown(given)} is no ${what}: ${meant(given, names)}use ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`,
  )
}

/** One of some names. */
export function among<T extends string>(names: readonly string[], given: unknown, what: string): T {
  return names[numberOf(names, given, what)] as T
}
