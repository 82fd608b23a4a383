// What `trackstats/react` exports: one hook.

import { useMemo, useSyncExternalStore } from 'react'

import type { Series } from './series.js'
import type { Store } from './store.js'
import type { Declaration, MetricName, MetricOf, SeriesQuery, ValueOf } from './types.js'

/**
 * A series that follows the store: the component renders again after each change to it.
 *
 * ```tsx
 * const orders = useSeries(store, { metric: 'shopping.order_count', period: 'day', fill: 0 })
 * ```
 *
 * The query may be written in place: it is the same query as long as it says the same.
 */
export function useSeries<D extends Declaration, B extends boolean, N extends MetricName<D>>(
  store: Store<D, B>,
  query: SeriesQuery<D, N>,
): Series<ValueOf<MetricOf<D, N>, B>> {
  const key = JSON.stringify(query, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  )
  // The key stands for the query, which is another object at each rendering.
  const live = useMemo(() => store.live(query), [store, key])
  // Of an answer that cannot be read the component is told too: rendering again throws it.
  const subscribe = useMemo(
    () => (run: () => void) => live.subscribe(run, { onError: run }),
    [live],
  )
  return useSyncExternalStore(subscribe, live.getSnapshot, live.getSnapshot)
}
