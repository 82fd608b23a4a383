// Domains and metrics: what a declaration lists, what a store knows, and registering at run time.

import type { Context } from './context.js'
import { TrackstatsError, shown } from './error.js'
import type { MetricState } from './state.js'
import type { Declaration, Kind, MetricDeclaration } from './types.js'

/** A metric that is known only when the program runs. */
export interface NewMetric extends MetricDeclaration {
  /** The references of domain and metric with a dot between them. */
  readonly name: string
}

/** A domain as the store knows it. */
export interface DomainInfo {
  readonly ref: string
  readonly title: string
  readonly description: string
}

/** A metric as the store knows it. */
export interface MetricInfo {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly kind: Kind
  /** The dimensions it may be split by; if empty, it may be split by any. */
  readonly by: readonly string[]
}

/** A declaration as the engine registers it. */
export interface Catalog {
  readonly domains: readonly {
    readonly ref: string
    readonly title?: string | undefined
    readonly description?: string | undefined
  }[]
  readonly metrics: readonly {
    readonly name: string
    readonly title?: string | undefined
    readonly description?: string | undefined
    readonly kind?: string | undefined
    readonly by?: readonly string[] | undefined
  }[]
}

/** Lists what a declaration declares. */
export function catalogOf(declaration: Declaration): Catalog {
  const domains: Catalog['domains'][number][] = []
  const metrics: Catalog['metrics'][number][] = []
  for (const [ref, domain] of Object.entries(declaration)) {
    domains.push({ ref, title: domain.title, description: domain.description })
    for (const [name, given] of Object.entries(domain.metrics)) {
      const metric = typeof given === 'string' ? { title: given } : given
      metrics.push({
        name: `${ref}.${name}`,
        title: metric.title,
        description: metric.description,
        // What is declared is declared wholly: what is left out is the default.
        kind: metric.kind ?? 'integer',
        by: namesOf(metric.by),
      })
    }
  }
  return { domains, metrics }
}

/** Names of dimensions, given one by one or as a list. */
export function namesOf(by: string | readonly string[] | undefined): readonly string[] {
  return by === undefined ? [] : typeof by === 'string' ? [by] : by
}

/**
 * @internal
 * Registers a metric, which it returns, or all that a declaration declares.
 */
export function registerIn(
  context: Context,
  given: NewMetric | Declaration,
): MetricState | undefined {
  if (typeof given !== 'object' || given === null) {
    throw new TrackstatsError('invalid_value', `${shown(given)} is no metric and no declaration`)
  }
  if (typeof given.name !== 'string') {
    context.register(catalogOf(given as Declaration))
    context.onChange(undefined)
    return undefined
  }
  const { name, title, description, kind, by } = given as NewMetric
  context.register({
    domains: [],
    metrics: [{ name, title, description, kind, by: by === undefined ? by : namesOf(by) }],
  })
  context.onChange(undefined)
  return context.metric(name)
}
