// What the class `Engine` takes and gives; see `engine.ts`.

import type * as bound from '#bound/core'

import type { Kind, Period } from './types.js'

type Texts = readonly string[] | null | undefined
type Pairs = readonly (readonly [string, string])[] | null | undefined

/** Domains and metrics to register; a text that is not given keeps what is stored. */
export interface EngineCatalog {
  readonly domains: readonly {
    readonly ref: string
    readonly title?: string | null | undefined
    readonly description?: string | null | undefined
  }[]
  readonly metrics: readonly {
    /** With the name of the domain in front of its own. */
    readonly name: string
    readonly title?: string | null | undefined
    readonly description?: string | null | undefined
    readonly kind?: string | null | undefined
    readonly by?: Texts
  }[]
}

/** All domains and metrics. */
export interface KnownCatalog {
  domains: { ref: string; title: string; description: string }[]
  metrics: {
    name: string
    title: string
    description: string
    kind: Kind
    by: string[]
  }[]
}

/** What is made of the stored points. */
export interface EngineShape {
  readonly fill?: string | null | undefined
  /** Days of the rolling window. */
  readonly rolling?: number | null | undefined
  readonly rollingBy?: string | null | undefined
  readonly cumulative?: boolean | null | undefined
  readonly bucket?: string | null | undefined
  readonly weekStart?: string | null | undefined
  readonly bucketBy?: string | null | undefined
}

/** Which breakdown is asked for. */
export interface AskedBreakdown {
  readonly metric: string
  readonly period: number
  readonly by: readonly string[]
  readonly at: readonly (readonly [string, string])[]
  readonly first: number
  readonly last: number
  readonly limit?: number | null | undefined
  readonly aggregate?: string | null | undefined
}

/** The values are bigints where the store was opened so and holds integers. */
export interface EngineBreakdown<V> {
  parts: { at: string[]; value: V }[]
  other: V | null
  otherCount: number
}

/** Which statistics are meant; what is not given is not looked at. */
export interface EngineFilter {
  readonly metrics?: Texts
  readonly periods?: Texts
  readonly first?: number | null | undefined
  readonly last?: number | null | undefined
  readonly objects?: Pairs
  readonly objectType?: string | null | undefined
  readonly at?: Pairs
  readonly splitBy?: Texts
}

/** A series, to be read by its handle. */
export interface ListedSeries {
  metric: string
  period: Period
  by: [string, string][]
  handle: number
}

export interface NewestStatistic {
  metric: string
  period: Period
  by: [string, string][]
  day: number
  value: number | bigint | null
}

/** Which rows a tracker computes. */
export interface EngineRun {
  readonly metric: string
  readonly periods: readonly number[]
  readonly aggregation: string
  /** Whether each handle is an object that is left alone without events, or the only one. */
  readonly each: boolean
  readonly today: number
  readonly lookBack?: number | null | undefined
  readonly first?: number | null | undefined
  readonly last?: number | null | undefined
  readonly recompute?: boolean | null | undefined
}

/** What a run read, passed over and wrote. */
export interface EngineReport {
  events: number
  created: number
  changed: number
  unchanged: number
  written: number
  undated: number
  future: number
  late: number
  oldestLate: number | null
  noObject: number
}

/** What the methods below do with what the binder wrote. */
type Hidden = 'request' | 'ask' | 'askError' | 'replyLength' | 'extendColumn'

/** Entries of a column. */
export type Entries = Int32Array | Uint32Array | Float64Array | BigInt64Array

/** A store in memory, by numbers. */
export interface Engine extends Omit<bound.Engine, Hidden> {
  register(catalog: EngineCatalog): void
  catalog(): KnownCatalog
  /** The number of a metric at values of dimensions, given as names and values in turn. */
  resolve(metric: string, dimensions: readonly string[]): number
  /** As `resolve`, but makes nothing: 4294967295 where nothing was recorded. */
  find(metric: string, dimensions: readonly string[]): number
  readShaped(handle: number, period: number, first: number, last: number, shape: EngineShape): void
  breakdown<V>(asked: AskedBreakdown): EngineBreakdown<V>
  listSeries(filter: EngineFilter): ListedSeries[]
  latestStatistic(filter: EngineFilter): NewestStatistic | undefined
  delete(filter: EngineFilter): number
  keepDays(filter: EngineFilter, days: number): number
  /** All or none; NaN is null. */
  recordAll(
    handle: number,
    period: number,
    days: Int32Array,
    values: Float64Array,
    integers: boolean,
  ): void
  /** Each at a handle; a place is the day times 16, the period times 2, and 1 for a float. NaN is null. */
  recordEach(handles: Uint32Array, places: Int32Array, values: Float64Array): void
  recordAllBigints(handle: number, period: number, days: Int32Array, values: BigInt64Array): void
  /**
   * Appends to one of the columns of that number: 0 days, 1 objects, 2 values, 3 the values in 64 bits from
   * the first such on, 4 items.
   */
  append(columns: number, column: 0 | 1 | 2 | 3 | 4, entries: Entries): void
  /** The columns are gone then. */
  track(options: EngineRun, handles: Uint32Array, columns: number): EngineReport[]
  snapshot(): Uint8Array
  takeChanges(): Uint8Array
  applyChanges(changes: Uint8Array): void
  /** The error of the call that answered `false` or NaN. */
  takeError(): Error | undefined
}

export interface EngineClass {
  /** An empty store in the zone of that name, or one restored from the bytes of a snapshot. */
  new (zone: string, bigint: boolean, snapshot?: Uint8Array | null): Engine
}
