import assert from 'node:assert/strict'
import { test } from 'node:test'

import { none, orders } from './orders.js'
import { opened, points, rejects, utrecht } from './shop.js'

test('columns are read the same as events', async () => {
  const store = await opened()
  const at = orders.map(({ at }) => at)
  const country = orders.map(({ country }) => country)
  const province = orders.map(({ address }) => address.province)
  const report = await store.trackColumns('shop.sales', 'day', {
    time: at,
    by: { country, province },
    sum: [3, 5, Number.NaN, 1],
  })
  assert.equal(report.created, 3)
  assert.deepEqual(points(store.series('shop.sales', 'day', { by: utrecht })), [
    ['2026-11-20', 8],
    ['2026-11-22', 1],
  ])
  const days = Int32Array.of(20_000, 20_001, 20_001)
  await store.trackColumns('shop.orders', 'day', { time: days, distinct: ['a', 'b', 'b'] })
  assert.deepEqual(points(store.series('shop.orders', 'day')), [
    ['2024-10-04', 1],
    ['2024-10-05', 1],
  ])
  await store.trackColumns('shop.visits', 'day', {
    time: Float64Array.of(0, 1),
    object: { page: 7 },
  })
  assert.equal(store.value('shop.visits', 'day', { by: { page: 7 }, date: '1970-01-01' }), 2)
  assert.deepEqual(await store.trackColumns('shop.orders', 'day', { time: [], sum: [] }), {
    ...none,
    neededSince: '2024-10-04',
  })
})

test('columns that do not fit each other are refused', async () => {
  const store = await opened()
  const track = (columns, options) => store.trackColumns('shop.sales', 'day', columns, options)
  await rejects('invalid_value', track(undefined))
  await rejects('invalid_value', track({}))
  await rejects('invalid_value', track({ time: { length: 3 } }))
  await rejects('invalid_value', track({ time: [1, 2], sum: [1] }), /'sum' has 1/)
  await rejects(
    'invalid_value',
    track({ time: [1], by: { country: ['NL', 'BE'] } }),
    /'country' has 2/,
  )
  await rejects('invalid_value', track({ time: [1], by: { country: 'N' } }), /'country'/)
  await rejects('invalid_value', track({ time: [1], sum: [1n] }))
  await rejects('invalid_value', track({ time: [1], sum: ['1'] }))
  await rejects('invalid_value', track({ time: [1], sum: [1], distinct: [1] }), /one run/)
  await rejects('kind_mismatch', track({ time: [1], sum: [0.5] }))
  await rejects('invalid_value', track({ time: [1] }, null))
  await rejects('invalid_date', track({ time: Int32Array.of(2 ** 31 - 1) }))
  await rejects('unknown_dimension', track({ time: [1], by: { city: ['Utrecht'] } }))
  assert.equal(store.size, 0)
})
