// Answers are plain to look at: they are copied, compared, printed and written as JSON with all they say.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'

import { Series } from 'trackstats'

import { opened, points, refuses, utrecht } from '../shop.js'

/** A store whose statistics have gaps, nulls and parts. */
async function filled(options) {
  const store = await opened(options)
  store.record('shop.orders', 'day', 5, { date: '2026-11-01' })
  store.record('shop.orders', 'day', null, { date: '2026-11-02' })
  store.record('shop.orders', 'day', 7, { date: '2026-11-20' })
  store.record('shop.orders', 'week', 9, { date: '2026-11-02' })
  store.record('shop.orders', 'week', 10, { date: '2026-11-03' })
  store.record('shop.revenue', 'day', 1.5, { date: '2026-11-03' })
  store.record('shop.sales', 'day', 3, { by: utrecht, date: '2026-11-03' })
  return store
}

/** Series of each form: sparse, close, empty, filled, of floats, reused. */
const forms = (store) => [
  store.series('shop.orders', 'day'),
  store.series('shop.orders', 'week'),
  store.series('shop.orders', 'month'),
  store.series('shop.orders', 'day', { fill: null }),
  store.series('shop.orders', 'day', { bucket: 'month' }),
  store.series('shop.revenue', 'day'),
  store.metric('shop.orders').series('day', { reuse: true, from: '2026-11-02' }),
]

/** Posts a value through a channel, as to a worker. */
async function posted(value) {
  const { port1, port2 } = new MessageChannel()
  const heard = new Promise((resolve) => port2.once('message', resolve))
  port1.postMessage(value)
  const copy = await heard
  port1.close()
  return copy
}

for (const bigint of [false, true]) {
  test(`a series is back from a copy with all that it shows, ${bigint ? 'bigints' : 'numbers'}`, async () => {
    const store = await filled({ bigint })
    for (const series of forms(store)) {
      for (const copy of [structuredClone(series), await posted(series), { ...series }]) {
        assert.deepEqual(copy.days, series.days)
        assert.deepEqual(copy.values, series.values)
        assert.deepEqual(copy.nulls, series.nulls)
        assert.equal(copy.length, series.length)
        const back = Series.from(copy)
        assert.deepEqual(back, series)
        assert.deepEqual(points(back), points(series))
        assert.deepEqual(back.dates, series.dates)
      }
    }
    await store.close()
  })

  test(`every answer is written as JSON, ${bigint ? 'bigints as texts' : 'with numbers'}`, async () => {
    const store = await filled({ bigint })
    const written = (answer) => JSON.parse(JSON.stringify(answer))
    const one = (number) => (bigint ? String(number) : number)
    const total = { sum: one(12), count: 2, nulls: 1, mean: 6 }
    assert.deepEqual(written(store.total('shop.orders', 'day')), total)
    assert.deepEqual(written(store.total('shop.orders', 'month')).sum, one(0))
    const range = { from: '2026-11-02', to: '2026-11-20' }
    const compared = written(store.compare('shop.orders', 'day', range))
    assert.equal(compared.current.sum, one(7))
    assert.equal(compared.before.sum, one(5))
    assert.deepEqual(written(store.latest('shop.orders', 'day')), {
      date: '2026-11-20',
      value: one(7),
    })
    const { parts, other } = written(store.breakdown('shop.sales', 'day', { by: 'country' }))
    assert.deepEqual(parts, [{ by: { country: 'NL' }, value: one(3) }])
    assert.equal(other, null)
    assert.equal(written(store.breakdown('shop.sales', 'day', { limit: 0 })).other, one(3))
    assert.equal(written(store.statistics({ metric: 'shop.sales' }))[0].value, one(3))
    assert.equal(written(store.latestStatistic({ metric: 'shop.sales' })).value, one(3))
    const series = store.series('shop.orders', 'week')
    const listed = [
      { date: '2026-11-02', value: one(9) },
      { date: '2026-11-03', value: one(10) },
    ]
    for (const form of [series, series.toArray(), [...series], [series.at(0), series.at(1)]]) {
      assert.deepEqual(written(form), listed)
    }
    const rows = await store.sql`SELECT value FROM statistic_by_date WHERE period = 'week'`
    assert.deepEqual(
      written(rows).map(({ value }) => value),
      [one(9), one(10)],
    )
    assert.deepEqual(written(store.metrics)[0].name, 'shop.orders')
    await store.close()
  })

  test(`answers are copied and compared as plain objects, ${bigint ? 'bigints' : 'numbers'}`, async () => {
    const store = await filled({ bigint })
    const value = (number) => (bigint ? BigInt(number) : number)
    const answers = [
      [store.total('shop.orders', 'day'), { sum: value(12), count: 2, nulls: 1, mean: 6 }],
      [store.latest('shop.orders', 'day'), { date: '2026-11-20', value: value(7) }],
      [
        store.breakdown('shop.sales', 'day', { by: 'country' }),
        {
          parts: [{ by: { country: 'NL' }, value: value(3) }],
          other: null,
          otherCount: 0,
          splitBy: ['country', 'province'],
        },
      ],
      [
        store.statistics({ metric: 'shop.sales' }),
        [{ metric: 'shop.sales', period: 'day', date: '2026-11-03', by: utrecht, value: value(3) }],
      ],
      [store.series('shop.orders', 'week').at(0), { date: '2026-11-02', value: value(9) }],
    ]
    for (const [answer, plain] of answers) {
      assert.deepEqual(answer, plain)
      assert.deepEqual(structuredClone(answer), plain)
      assert.equal(inspect(answer), inspect(plain))
    }
    assert.deepEqual(structuredClone(store.metrics), store.metrics)
    await store.close()
  })
}

test('series with other dates or values are told apart, and the same are the same', async () => {
  const store = await opened()
  const read = (date, value) => {
    store.delete({})
    store.record('shop.orders', 'day', value, { date })
    return store.series('shop.orders', 'day')
  }
  const first = read('2026-11-01', 5)
  assert.notDeepEqual(read('2026-11-02', 5), first)
  assert.notDeepEqual(read('2026-11-01', 6), first)
  assert.deepEqual(read('2026-11-01', 5), first)
  // Asking for the texts of the dates changes nothing.
  assert.equal(first.dates[0], '2026-11-01')
  assert.deepEqual(read('2026-11-01', 5), first)
  store.record('shop.orders', 'day', 1, { date: '2026-11-02' })
  store.record('shop.orders', 'day', 2, { date: '2026-11-04' })
  const reused = store.metric('shop.orders').series('day', { reuse: true, to: '2026-11-02' })
  assert.deepEqual(reused, store.series('shop.orders', 'day', { to: '2026-11-02' }))
  await store.close()
})

test('a series is printed with its dates and values', async () => {
  const store = await filled()
  const text = inspect(store.series('shop.orders', 'day'))
  assert.match(text, /^Series\(3\) \[/)
  assert.match(text, /date: '2026-11-20', value: 7/)
  assert.match(text, /date: '2026-11-02', value: null/)
  assert.match(inspect({ series: store.series('shop.orders', 'month') }), /Series\(0\) \[\]/)
  await store.close()
})

test('what is no copy of a series makes none', async () => {
  const store = await filled()
  const good = structuredClone(store.series('shop.orders', 'day'))
  const bad = [
    undefined,
    null,
    5,
    [],
    {},
    { ...good, days: [...good.days] },
    { ...good, days: good.days.slice(1) },
    { ...good, days: good.days.toReversed() },
    { ...good, days: new Int32Array(3) },
    { ...good, values: [...good.values] },
    { ...good, values: new Int32Array(3) },
    { ...good, nulls: Int32Array.of(5) },
    { ...good, nulls: undefined },
  ]
  for (const parts of bad) refuses('invalid_value', () => Series.from(parts))
  refuses('unknown_option', () => Series.from({ ...good, dates: [] }), /'dates'.*'days'/)
  structuredClone(good, { transfer: [good.days.buffer] })
  refuses('invalid_value', () => Series.from(good), /days is detached/)
  await store.close()
})

test('a message is short whatever it names', async () => {
  const store = await filled()
  const long = 'x'.repeat(1_000_000)
  const calls = [
    () => store.record('shop.sales', 'day', 1, { by: { [long]: 'NL' } }),
    () => store.record('shop.sales', 'day', 1, { by: long }),
    () => store.breakdown('shop.sales', 'day', { by: long }),
    () => store.breakdown('shop.sales', 'day', { by: 'country', where: { [long]: 'x' } }),
    () => store.register({ [long]: { metrics: { a: {} } } }),
    () => store.series(long, 'day'),
    () => store.series('shop.orders', 'day', { [long]: 1 }),
  ]
  for (const call of calls) {
    assert.throws(call, (error) => error.name === 'TrackstatsError' && error.message.length < 2100)
  }
  await store.close()
})
