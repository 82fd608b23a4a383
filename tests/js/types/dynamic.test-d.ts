// Metrics that are known only when the program runs.

import {
  type Metric,
  type MetricDeclaration,
  type Series,
  type Store,
  TrackstatsError,
  startOfDay,
  open,
} from 'trackstats'

import { same } from './same.js'
import { shop } from './shop.js'

export async function dynamic(): Promise<void> {
  const store = await open('memory:')
  same<typeof store, Store>()
  store.record('any.name', 'day', 3, { by: { any: 'dimension' } })
  store.record('any.name', 'day', 3)
  const series = store.series('any.name', 'day', { by: { any: 1 } })
  same<typeof series, Series<number>>()
  const big = await open('memory:', { bigint: true })
  const value = big.value('any.name', 'day')
  same<typeof value, number | bigint | null | undefined>()
  const metric = store.register({ name: 'plugin.calls', kind: 'integer', by: ['plugin'] })
  same<typeof metric, Metric<MetricDeclaration>>()
  shop.dynamic.record('plugin.calls', 'day', 3, { by: { plugin: 'a' } })
  // @ts-expect-error a period that there is none of, whatever the metric
  store.record('any.name', 'hour', 3)
  // @ts-expect-error a text is no value, whatever the metric
  store.record('any.name', 'day', '3')
}

const start = startOfDay('2026-11-23', 'Europe/Amsterdam')
same<typeof start, Date | undefined>()

declare const thrown: unknown
if (thrown instanceof TrackstatsError && thrown.code === 'unsafe_integer') {
  same<typeof thrown.code, 'unsafe_integer'>()
}
// @ts-expect-error a code that there is none of
thrown instanceof TrackstatsError && thrown.code === 'unknown_code'
