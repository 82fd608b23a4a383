import assert from 'node:assert/strict'
import { test } from 'node:test'

import { opened, refuses, rejects, utrecht } from './shop.js'

test('whatever is called on a closed store throws or rejects with `closed`', async () => {
  const store = await opened()
  const sales = store.metric('shop.sales')
  const handle = sales.at(utrecht)
  handle.record('day', 3, '2026-11-23')
  const series = handle.series('day')
  await store.sql`SELECT 1`
  await store.close()
  const calls = {
    size: () => store.size,
    domains: () => store.domains,
    metrics: () => store.metrics,
    register: () => store.register({ name: 'a.b' }),
    'register a declaration': () => store.register({ a: { metrics: {} } }),
    metric: () => store.metric('shop.visits'),
    record: () => store.record('shop.orders', 'day', 1),
    'record where it was recorded': () => store.record('shop.sales', 'day', 1, { by: utrecht }),
    increment: () => store.increment('shop.orders'),
    value: () => store.value('shop.sales', 'day', { by: utrecht }),
    series: () => store.series('shop.sales', 'day', { by: utrecht }),
    'several series': () => store.series(['shop.sales', 'shop.orders'], 'day'),
    latest: () => store.latest('shop.sales', 'day', { by: utrecht }),
    total: () => store.total('shop.sales', 'day'),
    compare: () => store.compare('shop.sales', 'day', { from: '2026-11-01', to: '2026-11-02' }),
    breakdown: () => store.breakdown('shop.sales', 'day'),
    seriesBy: () => store.seriesBy('shop.sales', 'day'),
    statistics: () => store.statistics(),
    latestStatistic: () => store.latestStatistic(),
    delete: () => store.delete({}),
    retainDays: () => store.retainDays({}, 1),
    subscribe: () => store.subscribe({ metric: 'shop.orders', period: 'day' }, () => undefined),
    live: () => store.live({ metric: 'shop.sales', period: 'day' }),
    snapshot: () => store.snapshot(),
    'a handle records': () => handle.record('day', 1, '2026-11-23'),
    'a handle records many': () => handle.recordAll('day', [1], ['2026-11-23']),
    'a handle increments': () => handle.increment(),
    'a handle reads': () => handle.value('day', '2026-11-23'),
    'a handle reads a series': () => handle.series('day', { fill: 0 }),
    'a handle reads the series of parts': () => sales.seriesBy('day', { by: 'country' }),
    'a handle reads the latest': () => handle.latest('day'),
    'a handle reads a total': () => handle.total('day'),
    'a handle at another place': () => sales.at({ country: 'BE' }).total('day'),
  }
  for (const [name, call] of Object.entries(calls)) {
    try {
      refuses('closed', call, /closed/)
    } catch (cause) {
      throw new Error(name, { cause })
    }
  }
  const promises = {
    sql: () => store.sql`SELECT 1`,
    track: () => store.track('shop.orders', 'day', [{ at: 0 }], { time: 'at' }),
    trackColumns: () => store.trackColumns('shop.orders', 'day', { time: [0] }),
    import: () => store.import('', { format: 'jsonl' }),
    export: () => store.export({ format: 'jsonl' }),
    exportBytes: () => store.exportBytes({ format: 'csv' }),
    flush: () => store.flush(),
  }
  for (const [name, call] of Object.entries(promises)) {
    try {
      await rejects('closed', call(), /closed/)
    } catch (cause) {
      throw new Error(name, { cause })
    }
  }
  // What was read stays, and what needs no store answers.
  assert.deepEqual(series.toArray(), [{ date: '2026-11-23', value: 3 }])
  assert.equal(store.timeZone, 'UTC')
  assert.equal(store.today, '2026-11-23')
})

test('closing twice does nothing', async () => {
  const store = await opened()
  await store.close()
  await store.close()
  await Promise.all([store.close(), store.close()])
})

test('a store is disposed of where its block ends', async () => {
  const store = await opened()
  const { asyncDispose } = Symbol
  assert.equal(typeof store[asyncDispose], 'function')
  await store[asyncDispose]()
  refuses('closed', () => store.size)
})

test('closing one store leaves the others open', async () => {
  const [one, other] = [await opened(), await opened()]
  other.record('shop.orders', 'day', 1)
  await one.close()
  assert.equal(other.value('shop.orders', 'day'), 1)
  assert.equal((await other.sql`SELECT * FROM statistic_by_date`).length, 1)
})

test('a statement that waits when its store is closed says so', async () => {
  const store = await opened()
  const waiting = store.sql`SELECT 1`
  await store.close()
  await rejects('closed', waiting)
})

test('thousands of stores one after another take no more memory than one', async () => {
  for (let at = 0; at < 3000; at++) {
    const store = await opened()
    store.metric('shop.orders').recordAll('day', [1, 2, 3], Int32Array.of(1, 2, 3))
    await store.close()
  }
  const before = process.memoryUsage().rss
  for (let at = 0; at < 3000; at++) {
    const store = await opened()
    store.metric('shop.orders').recordAll('day', [1, 2, 3], Int32Array.of(1, 2, 3))
    await store.close()
  }
  assert.ok(process.memoryUsage().rss - before < 100_000_000)
})

test('flushing a store in memory resolves at once', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', 1)
  assert.equal(await store.flush(), undefined)
})
