// In a store without bigints nothing is written that could not be read.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { opened, refuses, rejects, utrecht } from '../shop.js'

const SAFE = Number.MAX_SAFE_INTEGER
const date = '2026-11-20'

async function full() {
  const store = await opened()
  store.record('shop.orders', 'day', SAFE, { date })
  store.record('shop.orders', 'day', SAFE, { date })
  store.record('shop.sales', 'day', -SAFE, { date, by: utrecht })
  return store
}

/** All that the store says, which it can. */
const said = (store) => JSON.stringify(store.statistics())

test('what leads beyond the safe integers is refused, and changes nothing', async () => {
  const store = await full()
  const before = said(store)
  const orders = store.metric('shop.orders')
  const sales = store.metric('shop.sales').at(utrecht)
  const calls = [
    () => store.increment('shop.orders', 1, { date }),
    () => store.increment('shop.orders', SAFE, { date }),
    () => store.increment('shop.orders', 1n, { date }),
    () => store.increment('shop.orders', 2n ** 53n),
    () => store.increment('shop.sales', -1, { date, by: utrecht }),
    () => orders.increment(1, date),
    () => orders.increment(5n, date),
    () => sales.increment(-1, date),
    () => store.record('shop.orders', 'day', 2n ** 53n),
    () => orders.record('day', -(2n ** 53n), date),
    () => orders.recordAll('day', BigInt64Array.of(1n, 2n ** 53n), ['2026-11-21', '2026-11-22']),
    () =>
      store.batch(() => {
        store.record('shop.orders', 'day', 3, { date: '2026-11-21' })
        store.increment('shop.orders', 1, { date })
      }),
  ]
  for (const call of calls) {
    refuses('unsafe_integer', call, /outside ±9007199254740991/)
    assert.equal(said(store), before, String(call))
  }
  assert.equal(store.value('shop.orders', 'day', { date }), SAFE)
  store.increment('shop.orders', -1, { date })
  assert.equal(store.value('shop.orders', 'day', { date }), SAFE - 1)
  await store.close()
})

test('files, statements and trackers write no integer that cannot be read', async () => {
  const store = await full()
  const before = said(store)
  const csv = `metric,period,date,value\nshop.orders,day,2026-11-21,1\nshop.orders,day,${date},${2n ** 53n}\n`
  await rejects('unsafe_integer', store.import(csv, { format: 'csv' }))
  const line = { metric: 'shop.orders', period: 'day', date, value: 0 }
  const json = JSON.stringify(line).replace('"value":0', `"value":${2n ** 60n}`)
  await rejects('unsafe_integer', store.import(json, { format: 'jsonl' }))
  await rejects('unsafe_integer', store.sql`UPDATE statistic_by_date SET value = value + 1`)
  const events = [
    { at: date, n: SAFE },
    { at: date, n: 1 },
  ]
  for (const period of ['day', 'lifetime']) {
    const tracked = store.track('shop.visits', period, events, { time: 'at', sum: 'n' })
    await rejects('unsafe_integer', tracked)
  }
  const columns = { time: [date, date], sum: Float64Array.of(SAFE, 1) }
  await rejects('unsafe_integer', store.trackColumns('shop.visits', 'day', columns))
  assert.equal(said(store), before)
  await store.close()
})

test('a store with bigints writes and reads all of 64 bits', async () => {
  const store = await opened({ bigint: true })
  store.record('shop.orders', 'day', BigInt(SAFE), { date })
  store.increment('shop.orders', 1, { date })
  store.increment('shop.orders', 2n ** 60n, { date })
  assert.equal(store.value('shop.orders', 'day', { date }), 2n ** 53n + 2n ** 60n)
  const narrow = await opened({ snapshot: store.snapshot() })
  refuses('unsafe_integer', () => narrow.value('shop.orders', 'day', { date }))
  await narrow.close()
  await store.close()
})
