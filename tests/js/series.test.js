import assert from 'node:assert/strict'
import { test } from 'node:test'

import { namur, opened, points, refuses, utrecht } from './shop.js'

/** A store with orders of some days: 2026-11-02 is a Monday. */
async function filled(options) {
  const store = await opened(options)
  const orders = store.metric('shop.orders')
  orders.recordAll(
    'day',
    [1, 2, null, 4, 5],
    ['2026-11-02', '2026-11-04', '2026-11-05', '2026-11-08', '2026-11-09'],
  )
  return store
}

const read = (store, options) => points(store.series('shop.orders', 'day', options))

test('a series holds what is stored, in date order, between both ends', async () => {
  const store = await filled()
  assert.deepEqual(
    read(store).map(([date]) => date.slice(8)),
    ['02', '04', '05', '08', '09'],
  )
  assert.deepEqual(read(store, { from: '2026-11-04', to: '2026-11-08' }), [
    ['2026-11-04', 2],
    ['2026-11-05', null],
    ['2026-11-08', 4],
  ])
  assert.deepEqual(read(store, { from: '2026-11-10' }), [])
  assert.deepEqual(read(store, { from: '2026-11-09', to: '2026-11-02' }), [])
})

test('a series is columns, points, and an iterable', async () => {
  const series = (await filled()).series('shop.orders', 'day')
  assert.equal(series.length, 5)
  assert.ok(series.values instanceof Float64Array)
  assert.ok(series.days instanceof Int32Array)
  assert.deepEqual([...series.values], [1, 2, Number.NaN, 4, 5])
  assert.equal(series.dates[1], '2026-11-04')
  assert.deepEqual([...series.nulls], [series.days[2]])
  assert.deepEqual([...series], series.toArray())
  assert.deepEqual(series.at(0), { date: '2026-11-02', value: 1 })
  assert.deepEqual(series.at(-1), { date: '2026-11-09', value: 5 })
  assert.deepEqual(series.at(2), { date: '2026-11-05', value: null })
  for (const place of [5, -6, 0.5, Number.NaN, '0', undefined])
    assert.equal(series.at(place), undefined)
  assert.equal(series.get('2026-11-08'), 4)
  assert.equal(series.get('2026-11-05'), null)
  assert.equal(series.get('2026-11-03'), undefined)
  assert.equal(series.get('2030-01-01'), undefined)
  assert.deepEqual(JSON.parse(JSON.stringify(series))[2], { date: '2026-11-05', value: null })
})

test('the points of a series follow each other the same way, without a gap and with one', async () => {
  const store = await opened()
  const orders = store.metric('shop.orders')
  orders.recordAll('day', [1, 2, 3], Int32Array.of(5, 6, 7))
  const dense = orders.series('day')
  assert.deepEqual([...dense.days], [5, 6, 7])
  assert.deepEqual(dense.toArray(), [...dense])
  assert.equal(dense.get('1970-01-07'), 2)
  assert.equal(dense.at(1).date, '1970-01-07')
})

test('a series does not change when the store does', async () => {
  const store = await filled()
  const series = store.series('shop.orders', 'day')
  const before = series.toArray()
  store.record('shop.orders', 'day', 99, { date: '2026-11-02' })
  store.delete({})
  for (let at = 0; at < 100_000; at++)
    store.record('shop.visits', 'day', at, { by: { page: at % 1000 } })
  assert.deepEqual(series.toArray(), before)
})

test('a gap is filled with zero, null, or what was before it', async () => {
  const store = await filled()
  const range = { from: '2026-11-03', to: '2026-11-06' }
  const filledWith = (fill) => read(store, { ...range, fill }).map(([, value]) => value)
  assert.deepEqual(filledWith(0), [0, 2, null, 0])
  assert.deepEqual(filledWith('zero'), [0, 2, null, 0])
  assert.deepEqual(filledWith(null), [null, 2, null, null])
  assert.deepEqual(filledWith('null'), [null, 2, null, null])
  // The value before the range is the one before the gap that the range begins in.
  assert.deepEqual(filledWith('previous'), [1, 2, null, null])
  const carried = read(store, { from: '2026-11-02', to: '2026-11-04', fill: 'previous' })
  assert.deepEqual(
    carried.map(([, value]) => value),
    [1, 1, 2],
  )
  assert.equal(read(store, { fill: 0 }).length, 8)
  assert.deepEqual(read(store, { from: '2026-12-01', to: '2026-12-02', fill: 0 }), [
    ['2026-12-01', 0],
    ['2026-12-02', 0],
  ])
  for (const fill of [1, '0', 'none', false, {}]) {
    refuses('invalid_value', () => read(store, { fill }), /fill/)
  }
})

test('several series are filled over the dates of all', async () => {
  const store = await filled()
  store.record('shop.revenue', 'day', 0.5, { date: '2026-11-11' })
  const [orders, revenue] = store.series(['shop.orders', 'shop.revenue'], 'day', { fill: 0 })
  assert.deepEqual(orders.dates, revenue.dates)
  assert.equal(orders.dates[0], '2026-11-02')
  assert.equal(revenue.dates.at(-1), '2026-11-11')
  const plain = store.series(['shop.revenue', 'shop.orders'], 'day')
  assert.deepEqual(
    plain.map(({ length }) => length),
    [1, 5],
  )
  assert.deepEqual(store.series([], 'day'), [])
})

test('a rolling window ends on its date', async () => {
  const store = await filled()
  const rolled = (rolling) =>
    read(store, { from: '2026-11-02', to: '2026-11-09', fill: 0, rolling }).map(
      ([, value]) => value,
    )
  assert.deepEqual(rolled(3), [1, 1, 3, 2, 2, 0, 4, 9])
  assert.deepEqual(rolled({ days: 3 }), rolled(3))
  assert.deepEqual(rolled({ days: 2, aggregate: 'maximum' }).at(-1), 5)
  assert.deepEqual(rolled({ days: 2, aggregate: 'minimum' }).at(-1), 4)
  assert.deepEqual(rolled({ days: 2, aggregate: 'mean' }).at(-1), 4.5)
  assert.deepEqual(rolled({ days: 2, aggregate: 'last' }).at(-1), 5)
  const unknown = { days: 7, aggregate: 'median' }
  for (const bad of [0, -1, 1.5, 36_501, Number.NaN, '7', null, {}, unknown]) {
    refuses('invalid_value', () => rolled(bad))
  }
  refuses('invalid_value', () => read(store, { rolling: 7, cumulative: true }), /not both/)
})

test('a cumulative series adds up from the start of the range', async () => {
  const store = await filled()
  assert.deepEqual(
    read(store, { from: '2026-11-04', cumulative: true }).map(([, value]) => value),
    [2, 2, 6, 11],
  )
  assert.deepEqual(read(store, { cumulative: false }), read(store))
})

test('a bucket is on its first date', async () => {
  const store = await filled()
  assert.deepEqual(read(store, { bucket: 'week' }), [
    ['2026-11-02', 7],
    ['2026-11-09', 5],
  ])
  const largest = { span: 'week', weekStart: 'sunday', aggregate: 'maximum' }
  assert.deepEqual(read(store, { bucket: largest }), [
    ['2026-11-01', 2],
    ['2026-11-08', 5],
  ])
  assert.deepEqual(read(store, { bucket: { span: 'month', aggregate: 'mean' } }), [
    ['2026-11-01', 3],
  ])
  assert.deepEqual(read(store, { bucket: 'quarter' }), [['2026-10-01', 12]])
  assert.deepEqual(read(store, { bucket: 'year' }), [['2026-01-01', 12]])
  assert.deepEqual(read(store, { bucket: 'day' }).length, 5)
  for (const bucket of [
    'decade',
    '',
    5,
    null,
    {},
    { span: 'week', weekStart: 'mon' },
    { span: 'hour' },
  ]) {
    refuses('invalid_value', () => read(store, { bucket }))
  }
})

test('a series of bigints keeps what a number does not hold, in every shape', async () => {
  const store = await opened({ bigint: true })
  const large = 2n ** 60n
  store
    .metric('shop.orders')
    .recordAll('day', BigInt64Array.of(large, 1n), ['2026-11-02', '2026-11-04'])
  const shaped = store.series('shop.orders', 'day', { fill: 0, cumulative: true })
  assert.deepEqual(points(shaped), [
    ['2026-11-02', large],
    ['2026-11-03', large],
    ['2026-11-04', large + 1n],
  ])
  assert.equal(JSON.parse(JSON.stringify(shaped))[2].value, String(large + 1n))
  assert.ok(store.series('shop.orders', 'week').values instanceof BigInt64Array)
  assert.ok(store.series('shop.revenue', 'day').values instanceof Float64Array)
})

test('a sum that does not fit is an error, and no other number', async () => {
  const store = await opened({ bigint: true })
  const largest = 2n ** 63n - 1n
  store
    .metric('shop.orders')
    .recordAll('day', BigInt64Array.of(largest, 1n), ['2026-11-02', '2026-11-03'])
  for (const shape of [{ cumulative: true }, { rolling: 2 }, { bucket: 'month' }]) {
    refuses('overflow', () => store.series('shop.orders', 'day', shape))
  }
  refuses('overflow', () => store.total('shop.orders', 'day'))
})

test('a total counts values and nulls', async () => {
  const store = await filled()
  assert.deepEqual(store.total('shop.orders', 'day'), { sum: 12, count: 4, nulls: 1, mean: 3 })
  assert.deepEqual(store.total('shop.orders', 'day', { from: '2026-11-05', to: '2026-11-05' }), {
    sum: 0,
    count: 0,
    nulls: 1,
    mean: null,
  })
  assert.deepEqual(store.total('shop.sales', 'day', { by: namur }), {
    sum: 0,
    count: 0,
    nulls: 0,
    mean: null,
  })
})

test('the latest value is the newest of the range', async () => {
  const store = await filled()
  assert.deepEqual(store.latest('shop.orders', 'day'), { date: '2026-11-09', value: 5 })
  assert.deepEqual(store.latest('shop.orders', 'day', { to: '2026-11-06' }), {
    date: '2026-11-05',
    value: null,
  })
  assert.equal(store.latest('shop.orders', 'day', { from: '2026-11-10' }), undefined)
  assert.equal(store.latest('shop.sales', 'day', { by: utrecht }), undefined)
})

test('a comparison is with the range of the same length before', async () => {
  const store = await filled()
  const compared = store.compare('shop.orders', 'day', { from: '2026-11-06', to: '2026-11-09' })
  assert.deepEqual(compared.range, ['2026-11-06', '2026-11-09'])
  assert.deepEqual(compared.rangeBefore, ['2026-11-02', '2026-11-05'])
  assert.equal(compared.current.sum, 9)
  assert.equal(compared.before.sum, 3)
  assert.equal(compared.change, 2)
  assert.equal(
    store.compare('shop.revenue', 'day', { from: '2026-11-06', to: '2026-11-09' }).change,
    null,
  )
  for (const range of [
    undefined,
    null,
    {},
    { from: '2026-11-06' },
    { from: '2026-11-09', to: '2026-11-06' },
  ]) {
    refuses('invalid_value', () => store.compare('shop.orders', 'day', range))
  }
})
