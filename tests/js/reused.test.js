// Series whose arrays are handed out by more than one read.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { opened, refuses } from './shop.js'

const DAYS = ['2026-11-02', '2026-11-04', '2026-11-05', '2026-11-08', '2026-11-09']

const RANGES = [
  {},
  { from: '2026-11-04' },
  { to: '2026-11-05' },
  { from: '2026-11-03', to: '2026-11-08' },
  { from: '2026-11-06', to: '2026-11-07' },
  { from: '2026-11-09', to: '2026-11-02' },
  { from: '2027-01-01' },
]

/** Checks that a read that reuses arrays answers what any other does, in every range. */
function agrees(metric) {
  for (const range of RANGES) {
    const own = metric.series('day', range)
    const reused = metric.series('day', { ...range, reuse: true })
    assert.deepEqual(reused.toArray(), own.toArray())
    assert.deepEqual(
      [reused.days, reused.values, reused.nulls, reused.dates],
      [own.days, own.values, own.nulls, own.dates],
    )
  }
}

test('a reused series is the same series', async () => {
  for (const bigint of [false, true]) {
    for (const values of [
      [1, 2, null, 4, 5],
      [1, 2, 3, 4, 5],
    ]) {
      const store = await opened({ bigint })
      const gaps = store.metric('shop.orders')
      gaps.recordAll('day', values, DAYS)
      agrees(gaps)
      const dense = store.metric('shop.revenue')
      dense.recordAll('day', [0.5, 1.5, 2.5], Int32Array.of(20_759, 20_760, 20_761))
      agrees(dense)
      agrees(store.metric('shop.visits'))
    }
  }
})

test('reads reuse the arrays until something changes, and keep what they read', async () => {
  const store = await opened()
  const orders = store.metric('shop.orders')
  orders.recordAll('day', [1, 2, 3, 4, 5], DAYS)
  const first = orders.series('day', { reuse: true })
  const part = orders.series('day', { from: DAYS[1], reuse: true })
  assert.equal(part.values.buffer, first.values.buffer)
  assert.equal(part.days.buffer, first.days.buffer)
  assert.notEqual(orders.series('day').values.buffer, first.values.buffer)
  orders.record('day', 10, DAYS[0])
  const after = orders.series('day', { reuse: true })
  assert.deepEqual([first.values[0], after.values[0]], [1, 10])
})

test('every kind of change is seen', async () => {
  const store = await opened()
  const orders = store.metric('shop.orders')
  const events = [{ at: '2026-11-20' }, { at: '2026-11-20' }]
  const since = '2026-11-01'
  const read = () => orders.series('day', { reuse: true })
  for (const change of [
    () => orders.record('day', 7, '2026-11-02'),
    () => orders.recordAll('day', [1, 2, 3, 4, 5], DAYS),
    () => orders.increment(1, '2026-11-02'),
    () => store.record('shop.orders', 'day', 9, { date: '2026-11-02' }),
    () => store.increment('shop.orders', 2, { date: '2026-11-02' }),
    () => store.track('shop.orders', 'day', events, { time: 'at', recompute: true, since }),
    () => store.trackColumns('shop.orders', 'day', { time: ['2026-11-21'] }, { since }),
    () => store.sql`UPDATE statistic_by_date SET value = 100 WHERE metric = 'orders'`,
    () =>
      store.import('metric,period,date,value\nshop.orders,day,2026-11-01,3\n', { format: 'csv' }),
    () => store.delete({ metric: ['shop.orders'], to: '2026-11-04' }),
    () => store.retainDays({}, 10),
  ]) {
    const before = read().toArray()
    await change()
    assert.notDeepEqual(read().toArray(), before, String(change))
    agrees(orders)
  }
})

test('a value that no number holds fails only the reads that meet it', async () => {
  const store = await opened({ bigint: true })
  const large = 2n ** 60n
  store.record('shop.orders', 'day', large, { date: '2026-11-09' })
  store.record('shop.orders', 'day', 3, { date: '2026-11-02' })
  assert.equal(store.metric('shop.orders').series('day', { reuse: true }).values[1], large)
  const wide = await opened({ bigint: true })
  wide.record('shop.orders', 'day', 2n ** 60n, { date: '2026-11-09' })
  const other = await opened({ snapshot: wide.snapshot() })
  other.record('shop.orders', 'day', 3, { date: '2026-11-02' })
  const orders = other.metric('shop.orders')
  assert.deepEqual([...orders.series('day', { to: '2026-11-05', reuse: true }).values], [3])
  refuses('unsafe_integer', () => orders.series('day', { reuse: true }))
})

test('what is made of the points is the own of each read', async () => {
  const store = await opened()
  const orders = store.metric('shop.orders')
  orders.recordAll('day', [1, 2, 3, 4, 5], DAYS)
  const options = { fill: 0, reuse: true }
  const [one, other] = [orders.series('day', options), orders.series('day', options)]
  assert.equal(one.length, 8)
  assert.notEqual(one.values.buffer, other.values.buffer)
})
