// Values that wait for the engine, see wasm/js/pending.ts.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { opened, points } from './shop.js'

/** `YYYY-MM-DD`, so many days after 2020-01-01. */
const date = (day) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)

test('many values of both kinds, nulls, amounts and bigints stay in their order', async () => {
  const store = await opened()
  const expected = { orders: new Map(), revenue: new Map() }
  for (let at = 0; at < 10_000; at++) {
    const day = date((at * 7) % 1000)
    const float = at % 3 === 0
    const name = float ? 'revenue' : 'orders'
    const values = expected[name]
    const metric = store.metric(`shop.${name}`)
    if (at % 101 === 0) {
      metric.record('week', null, day)
      values.set(day, null)
    } else if (at % 53 === 0) {
      metric.increment(2, day, 'week')
      values.set(day, (values.get(day) ?? 0) + 2)
    } else if (at % 37 === 0 && !float) {
      store.dynamic.metric('shop.orders').record('week', BigInt(at), day)
      values.set(day, at)
    } else {
      metric.record('week', float ? at / 2 : -at, day)
      values.set(day, float ? at / 2 : -at)
    }
  }
  for (const [name, values] of Object.entries(expected)) {
    const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1))
    assert.deepEqual(points(store.series(`shop.${name}`, 'week')), sorted)
  }
})

test('whatever is asked sees the value that was recorded last', async () => {
  const questions = {
    size: (store) => store.size,
    value: (store) => store.value('shop.visits', 'day', { by: { page: 'a' } }),
    series: (store) => store.series('shop.visits', 'day', { by: { page: 'a' } }).values[0],
    filled: (store) =>
      store.series('shop.visits', 'day', { by: { page: 'a' }, fill: 'null' }).values[0],
    latest: (store) => store.latest('shop.visits', 'day', { by: { page: 'a' } })?.value,
    total: (store) => store.total('shop.visits', 'day', { by: { page: 'a' } }).sum,
    breakdown: (store) => store.breakdown('shop.visits', 'day').parts[0]?.value,
    seriesBy: (store) => store.seriesBy('shop.visits', 'day').parts[0]?.series.values[0],
    statistics: (store) => store.statistics().length,
    'the newest': (store) => store.latestStatistic()?.value,
    delete: (store) => store.delete({}),
    retainDays: (store) => store.retainDays({}, 0) + store.size,
    export: async (store) => (await store.export({ format: 'csv' })).split('\n').length - 2,
    sql: async (store) => (await store.sql`SELECT value FROM statistic_by_date_and_object`).length,
    snapshot: async (store) => (await opened({ snapshot: store.snapshot() })).size,
    increment: (store) => {
      store.increment('shop.visits', 0, { by: { page: 'a' } })
      return store.value('shop.visits', 'day', { by: { page: 'a' } })
    },
  }
  for (const [name, ask] of Object.entries(questions)) {
    const store = await opened()
    store.record('shop.visits', 'day', 1, { by: { page: 'a' } })
    assert.equal(await ask(store), 1, name)
  }
})
