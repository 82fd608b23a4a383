// Declaring metrics.

import { catalogOf } from './catalog.js'
import type { Declaration, Exact, Stats } from './types.js'

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
 * declaration (`invalid_value`) and no key that nobody knows (`unknown_option`).
 */
export function defineStats<const D extends Declaration>(declaration: D & Exact<D>): Stats<D> {
  catalogOf(declaration)
  return { declaration }
}
