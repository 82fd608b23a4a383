// Declaring metrics.

import { TrackstatsError } from './error.js'
import type { Declaration, Stats } from './types.js'

/**
 * Declares domains and metrics. The types of a store that is opened with them know the names of the
 * metrics, their dimensions and their values.
 *
 * ```ts
 * const stats = defineStats({
 *   shopping: {
 *     title: 'Shopping',
 *     metrics: {
 *       order_count: 'Number of orders sold',
 *       revenue: { title: 'Revenue, in euro', kind: 'float' },
 *       sales: { title: 'Items sold', by: ['country', 'province'] },
 *     },
 *   },
 * })
 * ```
 *
 * References are checked when a store is opened; here, that what is declared has the form of a
 * declaration (`invalid_value`).
 */
export function defineStats<const D extends Declaration>(declaration: D): Stats<D> {
  for (const [domain, { metrics }] of entriesOf(declaration, 'a declaration')) {
    for (const [name, metric] of entriesOf(metrics, `the metrics of '${domain}'`)) {
      if (typeof metric === 'string') continue
      entriesOf(metric as { readonly [key: string]: unknown }, `the metric '${domain}.${name}'`)
      const kind: unknown = metric.kind
      if (kind !== undefined && kind !== 'integer' && kind !== 'float') {
        throw new TrackstatsError(
          'invalid_value',
          `'${String(kind)}' is no kind of '${domain}.${name}': use 'integer' or 'float'`,
        )
      }
    }
  }
  return { declaration }
}

function entriesOf<T>(value: { readonly [key: string]: T }, what: string): [string, T][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TrackstatsError('invalid_value', `${what} is no object`)
  }
  return Object.entries(value)
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
