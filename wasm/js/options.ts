// The keys of every object of options, each kind in one table. A method checks what it is given against
// the table of its options, so that a key that nobody knows is refused and never passed over.
//
// A table is bound to its interface: one that lacks a key, or has one more, does not compile.

import type { BreakdownOptions } from './breakdown.js'
import type { NewMetric } from './catalog.js'
import type { Modules } from './given.js'
import type { ExportOptions, ImportOptions } from './interchange.js'
import type { LiveOptions } from './live.js'
import type { OpenOptions } from './open.js'
import type { Work } from './pace.js'
import type { BucketOptions, RangeOptions, RollingOptions, ShapeOptions } from './query.js'
import type { SeriesByOptions } from './series-by.js'
import type { SeriesParts } from './series.js'
import type { SqlLimits, SqlOptions } from './sql-tag.js'
import type { Filter } from './statistics.js'
import type { AllOptions, AnyTracker, EventColumns, RunOptions, TrackOptions } from './tracker.js'
import type {
  At,
  DomainDeclaration,
  MetricDeclaration,
  Period,
  SeriesQuery,
  Stats,
  Declaration,
} from './types.js'

/** All keys of an interface, and no others: 2 for what is true or false, 1 for all else. */
export type Keys<T> = { readonly [K in keyof Required<T>]: Mark<Required<T>[K]> }
type Mark<V> = [V] extends [boolean | undefined] ? 2 : 1

/** Any table. */
export type Table = { readonly [key: string]: 1 | 2 }

type Place = { readonly by?: object }
type Placed = At<MetricDeclaration>

export const WORK: Keys<Work> = { signal: 1, onProgress: 1 }

/** Where something is recorded. */
export const AT: Keys<Placed> = { by: 1, date: 1 }
export const INCREMENT: Keys<Placed & { readonly period: Period }> = { ...AT, period: 1 }

/** What is read, first through a handle, and then by the name of a metric. */
export const RANGE: Keys<RangeOptions> = { from: 1, to: 1 }
export const RANGE_AT: Keys<RangeOptions & Place> = { ...RANGE, by: 1 }
const MADE: Keys<Omit<ShapeOptions, 'reuse'>> = {
  ...RANGE,
  fill: 1,
  rolling: 1,
  cumulative: 2,
  bucket: 1,
}
export const SHAPE: Keys<ShapeOptions> = { ...MADE, reuse: 2 }
export const SHAPE_AT: Keys<ShapeOptions & Place> = { ...SHAPE, by: 1 }
export const ROLLING: Keys<RollingOptions> = { days: 1, aggregate: 1 }
export const BUCKET: Keys<BucketOptions> = { span: 1, aggregate: 1, weekStart: 1 }
export const QUERY: Keys<SeriesQuery<Declaration, string>> = { ...SHAPE_AT, metric: 1, period: 1 }
export const BREAKDOWN: Keys<BreakdownOptions> = {
  ...RANGE_AT,
  where: 1,
  on: 1,
  limit: 1,
  aggregate: 1,
}
export const SERIES_BY: Keys<SeriesByOptions> = { ...MADE, by: 1, where: 1, limit: 1 }
export const SERIES: Keys<SeriesParts> = { length: 1, days: 1, values: 1, nulls: 1 }
export const FILTER: Keys<Filter> = {
  ...RANGE_AT,
  metric: 1,
  period: 1,
  objects: 1,
  objectType: 1,
  splitBy: 1,
}

/** What is computed of events. */
export const RUN: Keys<RunOptions> = {
  ...RANGE,
  ...WORK,
  lookBack: 1,
  recompute: 2,
  timeZone: 1,
  since: 1,
}
export const COLUMNS: Keys<EventColumns> = {
  time: 1,
  by: 1,
  object: 1,
  sum: 1,
  mean: 1,
  minimum: 1,
  maximum: 1,
  distinct: 1,
}
export const TRACK: Keys<TrackOptions<never>> = { ...RUN, ...COLUMNS, filter: 1 }
export const TRACKER: Keys<AnyTracker<never>> = { ...TRACK, metric: 1, periods: 1 }
export const TRACK_ALL: Keys<AllOptions> = { ...WORK, since: 1 }

/** Files. */
export const IMPORT: Keys<ImportOptions> = {
  ...WORK,
  format: 1,
  skipBadLines: 2,
  anyTimeZone: 2,
  memoryLimit: 1,
  contentTypes: 1,
  objectTypes: 1,
}
export const EXPORT: Keys<ExportOptions> = { ...FILTER, ...WORK, format: 1, forSpreadsheets: 2 }

/** How a subscription is told of errors. */
export const LIVE: Keys<LiveOptions> = { onError: 1 }

/** How a store is opened. */
export const OPEN: Keys<OpenOptions> = {
  stats: 1,
  timeZone: 1,
  newTimeZone: 1,
  anyTimeZone: 2,
  bigint: 2,
  now: 1,
  snapshot: 1,
  readOnly: 2,
  readDamaged: 2,
  onError: 1,
  wait: 1,
  sqlLimits: 1,
}
export const SQL_LIMITS: Keys<SqlLimits> = { read: 1, returned: 1, held: 1, time: 1 }
export const SQL: Keys<SqlOptions> = { signal: 1 }
export const MODULES: Keys<Modules> = { core: 1, sql: 1, exchange: 1, journal: 1 }

/** What is declared. */
export const STATS: Keys<Stats> = { declaration: 1 }
export const METRIC: Keys<MetricDeclaration> = { title: 1, description: 1, kind: 1, by: 1 }
export const NEW_METRIC: Keys<NewMetric> = { ...METRIC, name: 1 }
export const DOMAIN: Keys<DomainDeclaration> = { title: 1, description: 1, metrics: 1 }
