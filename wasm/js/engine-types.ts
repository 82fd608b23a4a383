// What the engine takes and gives; see `engine.ts`.

import type { Kind, Period } from './types.js'

type Texts = readonly string[] | null | undefined
type Pairs = readonly (readonly [string, string])[] | null | undefined

/** Domains and metrics to register; a text that is not given keeps what is stored. */
export interface EngineCatalog {
  readonly domains: readonly {
    readonly reference: string
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
  domains: { reference: string; title: string; description: string }[]
  metrics: {
    name: string
    title: string
    description: string
    kind: Kind
    by: string[]
  }[]
}

/** A metric as it is now; without a kind, one that is not there any more. */
export interface ChangedMetric {
  readonly name: string
  readonly kind: Kind | undefined
  readonly by: readonly string[]
}

/** What is made of the stored points. */
export interface EngineShape {
  readonly fill?: string | null | undefined
  /** Days of the rolling window. */
  readonly rolling?: number | null | undefined
  readonly rollingAggregate?: string | null | undefined
  readonly cumulative?: boolean | null | undefined
  readonly bucket?: string | null | undefined
  readonly weekStart?: string | null | undefined
  readonly bucketAggregate?: string | null | undefined
}

/** Which breakdown is asked for. */
export interface AskedBreakdown {
  readonly metric: string
  readonly period: number
  readonly by: readonly string[]
  readonly where: readonly (readonly [string, string])[]
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
  splitBy: string[]
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
  readonly today: number
  readonly lookBack?: number | null | undefined
  readonly first?: number | null | undefined
  readonly last?: number | null | undefined
  readonly recompute?: boolean | null | undefined
  /** The first day of which all events are there. */
  readonly since?: number | null | undefined
  /**
   * Where each handle is an object that is left alone without events: the dimensions of the objects,
   * those that split them without a value. Without it, there is one handle.
   */
  readonly dimensions?: readonly (readonly [name: string, value: string | undefined])[] | undefined
  readonly keys?: EngineKeys | undefined
}

/** What whole numbers in the place of objects stand for. */
export interface EngineKeys {
  /** The dimension that they are values of. */
  readonly name: string
  readonly signed: boolean
  /** Names and values of the dimensions that all objects have, in turn. */
  readonly fixed: readonly string[]
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
  earlier: number
  late: number
  oldestLate: number | null
  noObject: number
  outdated: number[]
  lookBack: number | null
  neededSince: number | null
}

/** The columns of events by number; what they hold stands where they are appended. */
export type Column = 0 | 1 | 2 | 3 | 4 | 5

/** Changes that do not fit what came before them, by their place among all. */
export interface RefusedChanges {
  place: number
  code: string
  text: string
}

/** Entries of a column. */
export type Entries = Int32Array | Uint32Array | Float64Array | BigInt64Array
