// Trackers that read events once for several periods, and in several parts.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { orders } from './orders.js'
import { opened, points, rejects } from './shop.js'

test('several periods are computed of one reading of the events', async () => {
  const store = await opened()
  const alone = await opened()
  const periods = ['day', 'week', 'lifetime']
  let reads = 0
  const source = (function* () {
    for (const order of orders) {
      reads++
      yield order
    }
  })()
  const options = { at: 'at', sum: 'amount' }
  const reports = await store.track('shop.orders', periods, source, options)
  assert.equal(reads, orders.length)
  const columns = { at: orders.map(({ at }) => at) }
  const counted = store.trackColumns('shop.visits', periods, columns)
  for (const [place, period] of periods.entries()) {
    assert.deepEqual(reports[place], await alone.track('shop.orders', period, orders, options))
    assert.deepEqual(counted[place], alone.trackColumns('shop.visits', period, columns))
    for (const metric of ['shop.orders', 'shop.visits']) {
      assert.deepEqual(points(store.series(metric, period)), points(alone.series(metric, period)))
    }
  }
  assert.deepEqual(await store.track('shop.orders', [], orders, options), [])
  await rejects('unknown_period', store.track('shop.orders', ['day', 'hour'], orders, options))

  const large = [20, 21].map((day) => ({ at: `2026-11-${day}`, amount: 2n ** 62n }))
  const before = points(store.series('shop.orders', 'day'))
  await rejects(
    'overflow',
    store.track('shop.orders', ['day', 'week'], large, { ...options, recompute: true }),
  )
  assert.deepEqual(points(store.series('shop.orders', 'day')), before)
})

test('columns that fill several parts are one run', async () => {
  const store = await opened()
  // More than a part holds; the last bigint comes where the others were read long ago.
  const count = 10_000
  const events = Array.from({ length: count }, (_, at) => ({
    at: 1_700_000_000_000 + at * 3_600_000,
    page: `page ${at % 3}`,
    amount: at === count - 1 ? 2n ** 60n : at % 7 === 0 ? null : at,
  }))
  const sum = events.reduce((sum, { amount }) => sum + BigInt(amount ?? 0), 0n)
  const counts = await store.track('shop.visits', 'day', events, { at: 'at', by: { page: 'page' } })
  assert.equal(counts.events, count)
  const total = [0, 1, 2].reduce((sum, page) => {
    return sum + store.total('shop.visits', 'day', { by: { page: `page ${page}` } }).sum
  }, 0)
  assert.equal(total, count)
  const exact = await opened({ bigint: true })
  await exact.track('shop.orders', 'day', events, { at: 'at', sum: 'amount' })
  assert.equal(exact.total('shop.orders', 'day').sum, sum)
})
