// What `trackstats` exports.

export type { Breakdown, BreakdownOptions, Part } from './breakdown.js'
export type { DomainInfo, MetricInfo, NewMetric } from './catalog.js'
export type { DateInput } from './date.js'
export { defineStats } from './define.js'
export { type ErrorCode, TrackstatsError } from './error.js'
export { startOfDay, startOfHour } from './instant.js'
export type { ExportOptions, ImportOptions, ImportReport, ImportSource } from './interchange.js'
export type { Live, LiveOptions } from './live.js'
export type { Comparison, Latest, Metric, Total } from './metric.js'
export type { TimeInput } from './moment.js'
export { type OpenOptions, type StoreAddress, open } from './open.js'
export type { Progress, Work } from './pace.js'
export type {
  Aggregate,
  Bucket,
  BucketOptions,
  RangeOptions,
  RollingOptions,
  ShapeOptions,
  Weekday,
} from './query.js'
export { type FileAddress, type Recovery, recover } from './recover.js'
export type {
  SqlLimits,
  SqlOptions,
  SqlParameter,
  SqlRow,
  SqlRows,
  SqlTag,
  SqlValue,
} from './sql-tag.js'
export { type Point, Series, type SeriesParts, type Values } from './series.js'
export type { SeriesBy, SeriesByOptions, SeriesPart } from './series-by.js'
export type { DeleteFilter, Filter, Statistic } from './statistics.js'
export { type SnapshotInfo, snapshotInfo } from './snapshot.js'
export type { Store } from './store.js'
export type {
  AllOptions,
  EventColumns,
  EventSource,
  RunOptions,
  Since,
  TrackOptions,
  TrackReport,
  TrackerOf,
} from './tracker.js'
export type {
  By,
  Declaration,
  DimensionValue,
  DomainDeclaration,
  Kind,
  MetricDeclaration,
  MetricName,
  Period,
  SeriesQuery,
  Stats,
} from './types.js'
