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
  const options = { time: 'at', sum: 'amount' }
  const reports = await store.track('shop.orders', periods, source, options)
  assert.equal(reads, orders.length)
  const columns = { time: orders.map(({ at }) => at) }
  const counted = await store.trackColumns('shop.visits', periods, columns)
  for (const [place, period] of periods.entries()) {
    assert.deepEqual(reports[place], await alone.track('shop.orders', period, orders, options))
    assert.deepEqual(counted[place], await alone.trackColumns('shop.visits', period, columns))
    for (const metric of ['shop.orders', 'shop.visits']) {
      assert.deepEqual(points(store.series(metric, period)), points(alone.series(metric, period)))
    }
  }
  assert.deepEqual(await store.track('shop.orders', [], orders, options), [])
  await rejects('unknown_period', store.track('shop.orders', ['day', 'hour'], orders, options))

  const large = [20, 21].map((day) => ({ at: `2026-11-${day}`, amount: 2n ** 52n }))
  const before = points(store.series('shop.orders', 'day'))
  await rejects(
    'unsafe_integer',
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
  const counts = await store.track('shop.visits', 'day', events, {
    time: 'at',
    by: { page: 'page' },
  })
  assert.equal(counts.events, count)
  const total = [0, 1, 2].reduce((sum, page) => {
    return sum + store.total('shop.visits', 'day', { by: { page: `page ${page}` } }).sum
  }, 0)
  assert.equal(total, count)
  const exact = await opened({ bigint: true })
  await exact.track('shop.orders', 'day', events, { time: 'at', sum: 'amount' })
  assert.equal(exact.total('shop.orders', 'day').sum, sum)
})

test('instants in any order and objects of any number are what the same events are', async () => {
  const count = 9000
  const shuffled = (at) => (at * 7919) % count
  const hour = 3_600_000
  const orders = {
    'in order': (at) => 1_690_000_000_000 + at * hour,
    shuffled: (at) => 1_690_000_000_000 + shuffled(at) * hour,
    'around the epoch': (at) => (at - count / 2) * hour + 0.5,
  }
  const users = {
    'close together': Int32Array.from({ length: count }, (_, at) => (at % 17) - 5),
    'far apart': Int32Array.from({ length: count }, (_, at) => (at % 17) * 10_000_000),
    'of 32 bits': Uint32Array.from({ length: count }, (_, at) => 4_294_967_290 + (at % 5)),
    'on both sides of 31 bits': Uint32Array.from(
      { length: count },
      (_, at) => 2 ** 31 - 3 + (at % 6),
    ),
    'of 16 bits': Int16Array.from({ length: count }, (_, at) => at % 300),
    texts: Array.from({ length: count }, (_, at) => `page ${at % 7}`),
  }
  for (const timeZone of ['UTC', 'Europe/Amsterdam', '-03:30']) {
    for (const [order, instant] of Object.entries(orders)) {
      const at = Float64Array.from({ length: count }, (_, place) => instant(place))
      for (const [which, page] of Object.entries(users)) {
        const [left, right] = [await opened({ timeZone }), await opened({ timeZone })]
        const events = Array.from(at, (at, place) => ({ at, page: page[place] }))
        const expected = await left.track('shop.visits', 'day', events, {
          time: 'at',
          by: { page: 'page' },
        })
        const found = await right.trackColumns('shop.visits', 'day', { time: at, by: { page } })
        assert.deepEqual(found, expected, `${timeZone}, ${order}, ${which}`)
        assert.deepEqual(
          right.statistics({}),
          left.statistics({}),
          `${timeZone}, ${order}, ${which}`,
        )
      }
    }
  }
})

test('a column with what is no time writes nothing', async () => {
  const store = await opened()
  for (const zone of ['UTC', 'Europe/Amsterdam']) {
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, 1e300, -62_135_683_200_000]) {
      const at = Float64Array.of(0, 1, odd, 2)
      const run = () => store.trackColumns('shop.orders', 'day', { time: at }, { timeZone: zone })
      await rejects('invalid_date', run(), /is no time/)
    }
  }
  assert.deepEqual(store.statistics({}), [])
})
