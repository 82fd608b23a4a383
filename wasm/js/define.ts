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
