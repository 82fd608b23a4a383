// What the types of a store are inferred from: the declaration.

import type { DateInput } from './date.js'
import type { ShapeOptions } from './query.js'

/** What the values of a metric are. An integer metric refuses a fraction; nothing is rounded. */
export type Kind = 'integer' | 'float'

/** The length of the window that ends on the date of a statistic. */
export type Period = 'day' | 'week' | 'days_28' | 'month' | 'lifetime'

/** The value of a dimension. Numbers are whole ones, and are written in decimal: 42 is '42'. */
export type DimensionValue = string | number | bigint

/** A metric: its title, or all that can be said of it. */
export interface MetricDeclaration {
  readonly title?: string
  readonly description?: string
  /** 'integer' unless it is given. */
  readonly kind?: Kind
  /** The dimensions it is split by. */
  readonly by?: string | readonly string[]
}

/** A domain: a group of metrics. */
export interface DomainDeclaration {
  readonly title?: string
  readonly description?: string
  readonly metrics: { readonly [metric: string]: string | MetricDeclaration }
}

/** Domains by reference. */
export interface Declaration {
  readonly [domain: string]: DomainDeclaration
}

/** A declaration without a key that nobody knows: what stands at such a key cannot be given. */
export type Exact<D extends Declaration> = {
  readonly [K in keyof D]: Only<D[K], DomainDeclaration> & {
    readonly metrics: { readonly [N in keyof D[K]['metrics']]: OnlyMetric<D[K]['metrics'][N]> }
  }
}

type Only<T, Known> = { readonly [Key in Exclude<keyof T, keyof Known>]?: never }
type OnlyMetric<M> = M extends string ? unknown : Only<M, MetricDeclaration>

/** A declaration that `defineStats` has checked. */
export interface Stats<D extends Declaration = Declaration> {
  readonly declaration: D
}

/** The names of the metrics of a declaration, `domain.metric`. */
export type MetricName<D extends Declaration> = string extends keyof D
  ? string
  : {
      [K in keyof D & string]: `${K}.${keyof D[K]['metrics'] & string}`
    }[keyof D & string]

/** What a declaration says of the metric of that name. */
export type MetricOf<D extends Declaration, N extends string> = string extends keyof D
  ? MetricDeclaration
  : N extends `${infer Domain}.${infer Metric}`
    ? Domain extends keyof D
      ? Metric extends keyof D[Domain]['metrics']
        ? D[Domain]['metrics'][Metric]
        : never
      : never
    : never

/** The names of the dimensions of a metric; `never` if it was declared without. */
export type DimensionOf<M> = M extends { readonly by: infer By }
  ? By extends readonly (infer Name extends string)[]
    ? Name
    : By extends string
      ? By
      : never
  : never

/** Whether nothing is known of a metric before the program runs. */
type IsOpen<M> = MetricDeclaration extends M ? true : false

/** Where a metric is recorded: at a value of each of its dimensions, or at none for its total. */
export type By<M> =
  IsOpen<M> extends true
    ? { readonly [dimension: string]: DimensionValue }
    : [DimensionOf<M>] extends [never]
      ? { readonly [dimension: string]: never }
      : | { readonly [Name in DimensionOf<M>]: DimensionValue }
        | { readonly [Name in DimensionOf<M>]?: never }

/** Where a metric is read: at values of any of its dimensions. */
export type SomeOf<M> =
  IsOpen<M> extends true
    ? { readonly [dimension: string]: DimensionValue }
    : ForEach<DimensionOf<M>, DimensionValue>

/** Something for any of these dimensions; without dimensions, nothing for any name. */
export type ForEach<Name extends string, T> = [Name] extends [never]
  ? { readonly [dimension: string]: never }
  : { readonly [N in Name]?: T }

/** The name of a dimension of a metric. */
export type NameOf<M> = IsOpen<M> extends true ? string : DimensionOf<M>

/** Whether a metric has dimensions, so that recording has to say where. */
export type IsSplit<M> =
  IsOpen<M> extends true ? false : [DimensionOf<M>] extends [never] ? false : true

/** What is read of a metric: bigints for integers in a store that was opened so, else numbers. */
export type ValueOf<M, B extends boolean> =
  IsOpen<M> extends true
    ? B extends true
      ? number | bigint
      : number
    : M extends { readonly kind: 'float' }
      ? number
      : B extends true
        ? bigint
        : number

/** What is read where metrics of both kinds may be meant. */
export type AnyValue<B extends boolean> = B extends true ? number | bigint : number

/** What can be recorded in a metric: its values, or null for "known to be missing". */
export type Recorded<M, B extends boolean> =
  IsOpen<M> extends true
    ? number | bigint | null
    : M extends { readonly kind: 'float' }
      ? number | null
      : B extends true
        ? number | bigint | null
        : number | null

/** What can be added to a metric. */
export type Amount<M, B extends boolean> = Exclude<Recorded<M, B>, null>

/** Where and when something is recorded. A metric with dimensions asks for `by`; `{}` is its total. */
export type At<M> =
  IsSplit<M> extends true
    ? { readonly by: By<M>; readonly date?: DateInput | undefined }
    : { readonly by?: By<M> | undefined; readonly date?: DateInput | undefined }

/** The last argument of recording: needed where the metric has dimensions. */
export type AtArguments<M, More = unknown> =
  IsSplit<M> extends true ? [options: At<M> & More] : [options?: At<M> & More]

/** A question for a series, which `subscribe` and `live` follow. */
export type SeriesQuery<D extends Declaration, N extends MetricName<D>> = {
  readonly metric: N
  readonly period: Period
  readonly by?: SomeOf<MetricOf<D, N>> | undefined
} & ShapeOptions
