// What is filled of a range that begins and has no end.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { opened, points } from '../shop.js'

const NOW = Date.UTC(2026, 10, 29, 12)

/** A store whose today is 2026-11-29, with orders on the 18th and the 20th. */
async function place() {
  const store = await opened({ now: () => NOW })
  store.record('shop.orders', 'day', 4, { date: '2026-11-18' })
  store.record('shop.orders', 'day', 7, { date: '2026-11-20' })
  return store
}

const extent = (series) => [series.dates[0], series.dates.at(-1), series.length]

test('a range without an end is filled to today', async () => {
  const store = await place()
  const handle = store.metric('shop.orders')
  for (const fill of [0, null, 'previous']) {
    for (const [from, all] of [
      ['2026-11-25', ['2026-11-25', '2026-11-29', 5]],
      ['2026-11-19', ['2026-11-19', '2026-11-29', 11]],
      ['2026-11-29', ['2026-11-29', '2026-11-29', 1]],
      ['2026-11-30', [undefined, undefined, 0]],
    ]) {
      const options = { from, fill }
      assert.deepEqual(extent(store.series('shop.orders', 'day', options)), all)
      assert.deepEqual(extent(handle.series('day', options)), all)
      const [one, never] = store.series(['shop.orders', 'shop.revenue'], 'day', options)
      assert.deepEqual(extent(one), all)
      assert.deepEqual(extent(never), all)
      const live = store.live({ metric: 'shop.orders', period: 'day', ...options })
      assert.deepEqual(extent(live.getSnapshot()), all)
    }
  }
  const previous = store.series('shop.orders', 'day', { from: '2026-11-28', fill: 'previous' })
  assert.deepEqual([...previous.values], [7, 7])
  const windows = { from: '2026-11-26', fill: 0, rolling: 7 }
  assert.deepEqual([...store.series('shop.orders', 'day', windows).values], [7, 0, 0, 0])
  await store.close()
})

test('what was never recorded is filled to today too', async () => {
  const store = await place()
  const options = { from: '2026-11-27', fill: 0, by: { country: 'NL', province: 'Utrecht' } }
  assert.deepEqual([...store.series('shop.sales', 'day', options).values], [0, 0, 0])
  await store.close()
})

test('a point after today ends what is filled', async () => {
  const store = await place()
  store.record('shop.orders', 'day', 1, { date: '2026-12-02' })
  const series = store.series('shop.orders', 'day', { from: '2026-11-25', fill: 0 })
  assert.deepEqual(extent(series), ['2026-11-25', '2026-12-02', 8])
  await store.close()
})

test('a range without a beginning is filled from the first point to the last', async () => {
  const store = await place()
  const filled = (options) => points(store.series('shop.orders', 'day', { fill: 0, ...options }))
  assert.deepEqual(
    filled({}).map(([, value]) => value),
    [4, 0, 7],
  )
  assert.deepEqual(
    filled({ to: '2026-11-22' }).map(([, value]) => value),
    [4, 0, 7, 0, 0],
  )
  assert.deepEqual(points(store.series('shop.orders', 'week', { fill: 0 })), [])
  assert.deepEqual(points(store.series('shop.orders', 'week', { fill: 0, to: '2026-11-22' })), [])
  await store.close()
})
