import assert from 'node:assert/strict'
import { test } from 'node:test'

import { namur, opened, points, refuses, utrecht } from './shop.js'

const date = '2026-11-20'

test('a value is of today unless a date is given', async () => {
  const store = await opened()
  assert.equal(store.today, '2026-11-23')
  store.record('shop.orders', 'day', 3)
  store.record('shop.orders', 'day', 4, { date })
  assert.deepEqual(points(store.series('shop.orders', 'day')), [
    [date, 4],
    ['2026-11-23', 3],
  ])
  assert.equal(store.value('shop.orders', 'day'), 3)
  assert.equal(store.size, 2)
})

test('recording twice keeps the later value', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', 3)
  store.record('shop.orders', 'day', 5)
  assert.equal(store.value('shop.orders', 'day'), 5)
  assert.equal(store.size, 1)
})

test('the periods of a metric are apart', async () => {
  const store = await opened()
  const periods = ['day', 'week', 'days_28', 'month', 'lifetime']
  periods.forEach((period, at) => store.record('shop.orders', period, at))
  for (const [at, period] of periods.entries()) {
    assert.equal(store.value('shop.orders', period), at)
  }
  refuses('unknown_period', () => store.record('shop.orders', 'hour', 1), /'hour'.*'day'/)
})

test('a total and its splits stand side by side', async () => {
  const store = await opened()
  store.record('shop.sales', 'day', 10, { by: {} })
  store.record('shop.sales', 'day', 7, { by: { country: 'NL' } })
  store.record('shop.sales', 'day', 3, { by: utrecht })
  assert.equal(store.value('shop.sales', 'day'), 10)
  assert.equal(store.value('shop.sales', 'day', { by: { country: 'NL' } }), 7)
  assert.equal(store.value('shop.sales', 'day', { by: utrecht }), 3)
  assert.equal(store.value('shop.sales', 'day', { by: namur }), undefined)
})

test('the value of a dimension is a text, whatever it was given as', async () => {
  const store = await opened()
  store.record('shop.visits', 'day', 1, { by: { page: 42 } })
  assert.equal(store.value('shop.visits', 'day', { by: { page: '42' } }), 1)
  assert.equal(store.value('shop.visits', 'day', { by: { page: 42n } }), 1)
  assert.deepEqual(store.statistics()[0].by, { page: '42' })
  for (const page of [null, 1.5, Number.NaN, 2 ** 53, true, {}, ['a'], Symbol('a')]) {
    refuses('invalid_value', () => store.record('shop.visits', 'day', 1, { by: { page } }))
  }
  refuses('unknown_dimension', () =>
    store.record('shop.visits', 'day', 1, { by: { page: undefined } }),
  )
})

test('the order of dimensions does not matter', async () => {
  const store = await opened()
  store.record('shop.sales', 'day', 3, { by: { province: 'Utrecht', country: 'NL' } })
  assert.equal(store.value('shop.sales', 'day', { by: utrecht }), 3)
})

test('a dimension of any name and with any text is one', async () => {
  const store = await opened()
  store.register({ name: 'a.b' })
  const { dynamic } = store
  for (const name of ['__proto__', 'constructor', 'toString', 'naïve', '日']) {
    for (const value of ['', ' ', 'a=b', 'a\u0000b', '😀', 'x'.repeat(1000)]) {
      const by = Object.fromEntries([[name, value]])
      dynamic.record('a.b', 'day', name.length, { by })
      assert.equal(dynamic.value('a.b', 'day', { by }), name.length)
    }
  }
})

test('half a character is refused, and not replaced', async () => {
  const store = await opened()
  const record = (page) => store.record('shop.visits', 'day', 1, { by: { page } })
  refuses('invalid_value', () => record('\ud800'), /half a surrogate/)
  refuses('invalid_value', () => record('a\udc00b'), /half a surrogate/)
  assert.equal(store.size, 0)
})

test('a dimension that was not declared is refused', async () => {
  const store = await opened()
  const record = (by) => () => store.record('shop.sales', 'day', 1, { by })
  refuses('unknown_dimension', record({ city: 'Utrecht' }), /city/)
  refuses('unknown_dimension', record({ ...utrecht, city: 'Utrecht' }), /city/)
  refuses('unknown_dimension', record('NL'))
  refuses('unknown_dimension', record(['NL', 'Utrecht']))
  assert.equal(store.size, 0)
})

test('options that are none are refused, and not passed over', async () => {
  const store = await opened()
  for (const options of [null, date, 5, ['by']]) {
    refuses('invalid_value', () => store.record('shop.orders', 'day', 1, options), /options/)
    refuses('invalid_value', () => store.increment('shop.orders', 1, options), /options/)
    refuses('invalid_value', () => store.value('shop.orders', 'day', options), /options/)
    refuses('invalid_value', () => store.series('shop.orders', 'day', options), /options/)
  }
  assert.equal(store.size, 0)
})

test('null is known to be missing, and undefined was never recorded', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', null)
  assert.equal(store.value('shop.orders', 'day'), null)
  assert.equal(store.value('shop.orders', 'day', { date }), undefined)
  assert.equal(store.value('shop.orders', 'week'), undefined)
  refuses('invalid_value', () => store.record('shop.orders', 'day', undefined))
})

test('an integer metric refuses a fraction, and a float metric takes it', async () => {
  const store = await opened()
  refuses('kind_mismatch', () => store.record('shop.orders', 'day', 1.5), /kind: 'float'/)
  store.record('shop.revenue', 'day', 1.5)
  store.record('shop.revenue', 'week', 2)
  assert.equal(store.value('shop.revenue', 'day'), 1.5)
  assert.equal(store.value('shop.revenue', 'week'), 2)
  for (const value of [Number.NaN, Infinity, -Infinity]) {
    refuses('invalid_value', () => store.record('shop.revenue', 'day', value), /null/)
    refuses('invalid_value', () => store.record('shop.orders', 'day', value), /null/)
  }
  for (const value of ['3', true, {}, [], new Date()]) {
    refuses('invalid_value', () => store.record('shop.orders', 'day', value))
  }
  refuses('kind_mismatch', () => store.record('shop.revenue', 'day', 1n))
})

test('a float is what was recorded, to the last bit', async () => {
  const store = await opened()
  for (const value of [0.1, -0, 5e-324, Number.MAX_VALUE, Number.MIN_VALUE, -1 / 3]) {
    store.record('shop.revenue', 'day', value)
    assert.ok(Object.is(store.value('shop.revenue', 'day'), value), String(value))
  }
})

test('an integer that a number does not hold is refused, when recording and when reading', async () => {
  let store = await opened()
  for (const value of [2 ** 53, -(2 ** 53), 1e300]) {
    refuses('unsafe_integer', () => store.record('shop.orders', 'day', value), /bigint/)
  }
  store.record('shop.orders', 'day', Number.MAX_SAFE_INTEGER)
  assert.equal(store.value('shop.orders', 'day'), Number.MAX_SAFE_INTEGER)
  // What a store with bigints wrote does not come out where it would have to be rounded.
  const wide = await opened({ bigint: true })
  wide.record('shop.orders', 'day', 2n ** 53n)
  store = await opened({ snapshot: wide.snapshot() })
  refuses('unsafe_integer', () => store.value('shop.orders', 'day'))
  refuses('unsafe_integer', () => store.series('shop.orders', 'day'))
  refuses('unsafe_integer', () => store.total('shop.orders', 'day'))
  refuses('unsafe_integer', () => store.latest('shop.orders', 'day'))
  refuses('unsafe_integer', () => store.statistics())
  refuses('unsafe_integer', () => store.latestStatistic())
})

test('a store that was opened with bigint gives integers as bigints', async () => {
  const store = await opened({ bigint: true })
  const largest = 2n ** 63n - 1n
  store.record('shop.orders', 'day', 3)
  assert.equal(store.value('shop.orders', 'day'), 3n)
  for (const value of [largest, -(2n ** 63n), 0n]) {
    store.record('shop.orders', 'day', value)
    assert.equal(store.value('shop.orders', 'day'), value)
  }
  refuses('invalid_value', () => store.record('shop.orders', 'day', largest + 1n), /64 bits/)
  store.record('shop.revenue', 'day', 1.5)
  assert.equal(store.value('shop.revenue', 'day'), 1.5)
  store.record('shop.orders', 'day', largest, { date })
  refuses('overflow', () => store.increment('shop.orders', 1, { date }))
  assert.equal(store.value('shop.orders', 'day', { date }), largest)
  const series = store.series('shop.orders', 'day')
  assert.ok(series.values instanceof BigInt64Array)
  assert.deepEqual(points(series), [
    [date, largest],
    ['2026-11-23', 0n],
  ])
  assert.equal(store.total('shop.orders', 'day').sum, largest)
})

test('incrementing adds one to the day of today, unless it is said otherwise', async () => {
  const store = await opened()
  store.increment('shop.orders')
  store.increment('shop.orders')
  store.increment('shop.orders', 5, { date, period: 'week' })
  store.increment('shop.orders', -2)
  store.increment('shop.sales', 2, { by: utrecht })
  store.increment('shop.revenue', 0.5)
  assert.equal(store.value('shop.orders', 'day'), 0)
  assert.equal(store.value('shop.orders', 'week', { date }), 5)
  assert.equal(store.value('shop.sales', 'day', { by: utrecht }), 2)
  assert.equal(store.value('shop.revenue', 'day'), 0.5)
  refuses('invalid_value', () => store.increment('shop.orders', null))
  refuses('kind_mismatch', () => store.increment('shop.orders', 0.5))
})

test('incrementing what is known to be missing starts from zero', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', null)
  store.increment('shop.orders', 2)
  assert.equal(store.value('shop.orders', 'day'), 2)
})

test('a metric that is not known is refused, whatever is asked of it', async () => {
  const store = await opened()
  const { dynamic } = store
  for (const name of ['shop.nothing', 'shop', '', 'orders', 5, null, undefined, {}]) {
    refuses('unknown_metric', () => dynamic.record(name, 'day', 1), /no metric/)
    refuses('unknown_metric', () => dynamic.series(name, 'day'))
    refuses('unknown_metric', () => dynamic.metric(name))
    refuses('unknown_metric', () => dynamic.breakdown(name, 'day'))
  }
})

test('a handle records and reads the same as the store', async () => {
  const store = await opened()
  const sales = store.metric('shop.sales')
  const handle = sales.at(utrecht)
  assert.equal(handle.name, 'shop.sales')
  assert.equal(handle.value('day', date), undefined)
  handle.record('day', 3, date)
  handle.increment(2, date)
  handle.increment()
  assert.equal(store.value('shop.sales', 'day', { by: utrecht, date }), 5)
  assert.equal(handle.value('day', new Date('2026-11-23')), 1)
  assert.deepEqual(
    points(handle.series('day')),
    points(store.series('shop.sales', 'day', { by: utrecht })),
  )
  assert.deepEqual(handle.total('day'), { sum: 6, count: 2, nulls: 0, mean: 3 })
  assert.deepEqual(handle.latest('day'), { date: '2026-11-23', value: 1 })
  assert.equal(sales.at({ country: 'NL' }).at({ province: 'Utrecht' }).value('day', date), 5)
  const orders = store.metric('shop.orders')
  orders.record('day', 9)
  assert.equal(store.value('shop.orders', 'day'), 9)
  orders.increment(2, date, 'week')
  assert.equal(orders.value('week', date), 2)
  // The value comes first: what has them the other way round is refused.
  refuses('invalid_date', () => orders.record('day', date, 9))
  refuses('invalid_date', () => orders.increment(date, 9))
  assert.equal(store.size, 4)
})

test('reading at a place where nothing was recorded makes no place', async () => {
  const store = await opened()
  const before = store.snapshot()
  store.value('shop.sales', 'day', { by: utrecht })
  store.metric('shop.sales').at(namur).total('day')
  store.series('shop.sales', 'day', { by: namur })
  assert.deepEqual(store.snapshot(), before)
})

test('many values go in at once, from arrays and from typed arrays', async () => {
  const store = await opened({ bigint: true })
  const orders = store.metric('shop.orders')
  orders.recordAll(
    'day',
    [1, null, Number.NaN],
    ['2026-11-01', new Date('2026-11-02'), '2026-11-03'],
  )
  orders.recordAll('week', BigInt64Array.of(2n ** 60n, -1n), Int32Array.of(20_000, 20_001))
  const revenue = store.metric('shop.revenue')
  revenue.recordAll('day', Float64Array.of(0.5, Number.NaN), Int32Array.of(20_000, 20_001))
  assert.deepEqual(points(orders.series('day')), [
    ['2026-11-01', 1n],
    ['2026-11-02', null],
    ['2026-11-03', null],
  ])
  assert.deepEqual([...orders.series('week').days], [20_000, 20_001])
  assert.deepEqual([...orders.series('week').values], [2n ** 60n, -1n])
  assert.deepEqual(points(revenue.series('day')), [
    ['2024-10-04', 0.5],
    ['2024-10-05', null],
  ])
  assert.equal(store.size, 7)
})

test('of many values all go in or none', async () => {
  const store = await opened()
  const orders = store.metric('shop.orders')
  const dates = ['2026-11-01', '2026-11-02']
  refuses('invalid_date', () => orders.recordAll('day', [1, 2], ['2026-11-01', 'no date']))
  refuses('kind_mismatch', () => orders.recordAll('day', [1, 1.5], dates))
  refuses('unsafe_integer', () => orders.recordAll('day', Float64Array.of(1, 2 ** 53), dates))
  refuses('invalid_value', () => orders.recordAll('day', [1], dates), /1|2/)
  refuses('invalid_value', () => orders.recordAll('day', [1, '2'], dates))
  refuses('invalid_date', () => orders.recordAll('day', [1, 2], Int32Array.of(0, 2 ** 31 - 1)))
  refuses('invalid_value', () => orders.recordAll('day', [1, 2], { length: 2 }))
  refuses('kind_mismatch', () =>
    store.metric('shop.revenue').recordAll('day', BigInt64Array.of(1n, 2n), dates),
  )
  assert.equal(store.size, 0)
})

test('of two values of one date the later stays', async () => {
  const store = await opened()
  const orders = store.metric('shop.orders')
  orders.recordAll('day', [1, 2, 3], [date, '2026-11-19', date])
  assert.deepEqual(points(orders.series('day')), [
    ['2026-11-19', 2],
    [date, 3],
  ])
})

test('a getter that answers differently each time records where it said first', async () => {
  const store = await opened()
  const pages = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const by = {
    get page() {
      return pages.shift()
    },
  }
  store.record('shop.visits', 'day', 1, { by })
  const [{ by: held }] = store.statistics()
  // What is recorded at each page afterwards is found there.
  for (const page of 'abcdefgh')
    store.record('shop.visits', 'week', page.charCodeAt(0), { by: { page } })
  for (const page of 'abcdefgh') {
    assert.equal(store.value('shop.visits', 'week', { by: { page } }), page.charCodeAt(0))
  }
  assert.equal(store.value('shop.visits', 'day', { by: held }), 1)
})
