import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as polyfill from 'temporal-polyfill'

import { none, orders } from './orders.js'
import { opened, points, rejects, utrecht } from './shop.js'

const { Temporal } = polyfill

test('a tracker counts events by day and says what it did', async () => {
  const store = await opened()
  const report = await store.track('shop.orders', 'day', orders, { time: 'at' })
  assert.deepEqual(report, { ...none, events: 4, created: 2, written: 2 })
  assert.deepEqual(points(store.series('shop.orders', 'day')), [
    ['2026-11-20', 2],
    ['2026-11-22', 2],
  ])
})

test('a getter is the name of a property or a function', async () => {
  const store = await opened()
  await store.track('shop.sales', 'day', orders, {
    time: (order) => order.at,
    by: { country: 'country', province: (order) => order.address.province },
  })
  assert.deepEqual(points(store.series('shop.sales', 'day', { by: utrecht })), [
    ['2026-11-20', 2],
    ['2026-11-22', 1],
  ])
})

test('every aggregate passes over nulls', async () => {
  const store = await opened()
  const values = async (metric, options) => {
    store.delete({})
    await store.track(metric, 'day', orders, { time: 'at', ...options })
    return points(store.series(metric, 'day')).map(([, value]) => value)
  }
  assert.deepEqual(await values('shop.orders', { sum: 'amount' }), [8, 1])
  assert.deepEqual(await values('shop.orders', { minimum: 'amount' }), [3, 1])
  assert.deepEqual(await values('shop.orders', { maximum: (order) => order.amount }), [5, 1])
  assert.deepEqual(await values('shop.revenue', { mean: 'amount' }), [4, 1])
  assert.deepEqual(await values('shop.orders', { distinct: 'buyer' }), [2, 1])
  await rejects(
    'kind_mismatch',
    store.track('shop.orders', 'day', orders, { time: 'at', mean: 'amount' }),
  )
  await rejects(
    'invalid_value',
    store.track('shop.orders', 'day', orders, { time: 'at', sum: 'amount', mean: 'amount' }),
    /sum and mean/,
  )
})

test('a number and its text are one item', async () => {
  const store = await opened()
  const events = [1, '1', 1n, 2].map((item) => ({ at: '2026-11-20', item }))
  await store.track('shop.orders', 'day', events, { time: 'at', distinct: 'item' })
  assert.equal(store.value('shop.orders', 'day', { date: '2026-11-20' }), 2)
  for (const item of [{}, true, Symbol('x'), new Date()]) {
    await rejects(
      'invalid_value',
      store.track('shop.orders', 'day', [{ at: '2026-11-20', item }], {
        time: 'at',
        distinct: 'item',
      }),
      /item/,
    )
  }
})

test('a window ends on its date, and is dense up to today', async () => {
  const store = await opened()
  const report = await store.track('shop.orders', 'week', orders, { time: 'at' })
  assert.deepEqual(points(store.series('shop.orders', 'week')), [
    ['2026-11-20', 2],
    ['2026-11-21', 2],
    ['2026-11-22', 4],
    ['2026-11-23', 4],
  ])
  assert.equal(report.written, 4)
  await store.track('shop.orders', 'lifetime', orders, { time: 'at' })
  assert.equal(store.value('shop.orders', 'lifetime'), 4)
})

test('a tracker resumes, looks back, or computes all again', async () => {
  const store = await opened()
  await store.track('shop.orders', 'day', orders, { time: 'at' })
  const more = [...orders, { at: '2026-11-19' }, { at: '2026-11-22' }]
  const resumed = await store.track('shop.orders', 'day', more, { time: 'at' })
  assert.deepEqual(resumed, {
    ...none,
    events: 6,
    changed: 1,
    written: 1,
    earlier: 3,
    late: 1,
    oldestLate: '2026-11-19',
    outdated: ['2026-11-19'],
    lookBack: 3,
  })
  const back = await store.track('shop.orders', 'day', more, { time: 'at', lookBack: 3 })
  assert.equal(back.created, 1)
  const again = await store.track('shop.orders', 'day', more, { time: 'at', recompute: true })
  assert.deepEqual([again.created, again.changed, again.unchanged], [0, 0, 3])
  const range = await store.track('shop.orders', 'day', [{ at: '2026-11-20' }], {
    time: 'at',
    from: '2026-11-20',
    to: '2026-11-20',
  })
  assert.equal(range.changed, 1)
  assert.equal(store.value('shop.orders', 'day', { date: '2026-11-20' }), 1)
  for (const lookBack of [-1, 0.5, Number.NaN, '3', 1e9, null]) {
    await rejects(
      'invalid_value',
      store.track('shop.orders', 'day', more, { time: 'at', lookBack }),
      /look back/,
    )
  }
})

test('events without a time, after today, or without an object are counted and not stored', async () => {
  const store = await opened()
  const events = [
    { at: null },
    {},
    { at: '2026-11-24', page: 1 },
    { at: '2026-11-20' },
    { at: '2026-11-20', page: 0 },
  ]
  const report = await store.track('shop.visits', 'day', events, {
    time: 'at',
    by: { page: 'page' },
  })
  assert.deepEqual(report, {
    ...none,
    events: 5,
    undated: 2,
    future: 1,
    noObject: 1,
    created: 1,
    written: 1,
  })
})

test('a filter keeps events out before they are counted', async () => {
  const store = await opened()
  const report = await store.track('shop.orders', 'day', orders, {
    time: 'at',
    filter: (order) => order.country === 'NL',
  })
  assert.equal(report.events, 3)
  await rejects(
    'invalid_value',
    store.track('shop.orders', 'day', orders, { time: 'at', filter: 'country' }),
  )
})

test('a fixed object takes everything, beside what splits', async () => {
  const store = await opened()
  await store.track('shop.sales', 'day', orders, { time: 'at', object: utrecht })
  assert.equal(store.total('shop.sales', 'day', { by: utrecht }).sum, 4)
  await store.track('shop.sales', 'week', orders, {
    time: 'at',
    object: { country: 'NL' },
    by: { province: (order) => order.address.province },
  })
  assert.equal(store.value('shop.sales', 'week', { by: { country: 'NL', province: 'Namur' } }), 1)
})

test('events are dated in the zone of the store, or of the run', async () => {
  const events = [
    { at: '2026-11-20T23:30:00Z' },
    { at: '2026-11-20T23:30:00+01:00' },
    { at: '2026-11-20T23:30' },
  ]
  const dates = async (timeZone, options) => {
    const store = await opened({ timeZone })
    await store.track('shop.orders', 'day', events, { time: 'at', ...options })
    return points(store.series('shop.orders', 'day'))
  }
  assert.deepEqual(await dates('UTC'), [['2026-11-20', 3]])
  assert.deepEqual(await dates('Europe/Amsterdam'), [
    ['2026-11-20', 2],
    ['2026-11-21', 1],
  ])
  assert.deepEqual(await dates('UTC', { timeZone: 'Asia/Kolkata' }), [
    ['2026-11-20', 1],
    ['2026-11-21', 2],
  ])
  const store = await opened()
  await rejects(
    'unknown_zone',
    store.track('shop.orders', 'day', events, { time: 'at', timeZone: 'Mars' }),
  )
})

test('a time is a Date, milliseconds, a text, or a Temporal object', async () => {
  const store = await opened({ timeZone: 'Asia/Kolkata' })
  const instant = '2026-11-20T20:00:00Z'
  const times = [
    new Date(instant),
    Date.parse(instant),
    instant,
    '2026-11-21',
    '2026-11-21 08:00',
    '2026-11-21T08:00:00.123456',
    '2016-12-31T23:59:60Z',
    Temporal.Instant.from(instant),
    Temporal.ZonedDateTime.from('2026-11-20T21:00:00[Europe/Amsterdam]'),
    Temporal.PlainDate.from('2026-11-21'),
    Temporal.PlainDateTime.from('2026-11-21T08:00'),
  ]
  await store.track('shop.orders', 'day', times, { time: (time) => time })
  assert.deepEqual(points(store.series('shop.orders', 'day')), [
    ['2017-01-01', 1],
    ['2026-11-21', 10],
  ])
  const bad = [
    '2026-11-21T25:00',
    '2026-11-21T08:60Z',
    '2026-11-21T08:00z ',
    '2026-11-21T08:00+24:00',
    '2026-11-21x08:00',
    Number.NaN,
    Infinity,
    8.64e15,
    true,
    {},
    1n,
    new Date(Number.NaN),
  ]
  for (const at of bad) {
    await rejects('invalid_date', store.track('shop.orders', 'day', [{ at }], { time: 'at' }))
  }
})

test('any iterable is a source, also an asynchronous one', async () => {
  const counts = []
  for (const source of [
    orders,
    new Set(orders),
    orders.values(),
    new Map(orders.entries()).values(),
    (async function* () {
      yield* orders
    })(),
    new ReadableStream({
      start(controller) {
        orders.forEach((order) => controller.enqueue(order))
        controller.close()
      },
    }),
  ]) {
    const store = await opened()
    await store.track('shop.orders', 'day', source, { time: 'at' })
    counts.push(store.total('shop.orders', 'day').sum)
  }
  assert.deepEqual(counts, [4, 4, 4, 4, 4, 4])
  const store = await opened()
  for (const source of [null, undefined, 5, {}, 'events', () => 'events']) {
    await rejects(
      'invalid_value',
      store.track('shop.orders', 'day', source, { time: 'at' }),
      /source/,
    )
  }
})

test('a source without events writes what the period asks for', async () => {
  const store = await opened()
  for (const options of [
    {},
    { sum: 'amount' },
    { minimum: 'amount' },
    { maximum: 'amount' },
    { distinct: 'buyer' },
  ]) {
    for (const by of [undefined, { page: 'page' }]) {
      const metric = by === undefined ? 'shop.orders' : 'shop.visits'
      assert.deepEqual(await store.track(metric, 'day', [], { time: 'at', by, ...options }), none)
    }
  }
  assert.deepEqual(
    await store.track('shop.revenue', 'day', [], { time: 'at', mean: 'amount' }),
    none,
  )
  store.record('shop.orders', 'lifetime', 4, { date: '2026-11-21' })
  const lifetime = { time: 'at', sum: 'amount' }
  await rejects('invalid_value', store.track('shop.orders', 'lifetime', [], lifetime), /all events/)
  assert.equal(store.value('shop.orders', 'lifetime', { date: '2026-11-21' }), 4)
  const all = { ...lifetime, since: '0001-01-01' }
  const report = await store.track('shop.orders', 'lifetime', [], all)
  assert.equal(report.written, 3)
  assert.equal(store.value('shop.orders', 'lifetime'), 0)
})

test('bigints are summed exactly, beside numbers and nulls', async () => {
  const store = await opened({ bigint: true })
  const amounts = [null, 1, 2n ** 60n, null, 1n, undefined]
  const events = amounts.map((amount) => ({ at: '2026-11-20', amount }))
  await store.track('shop.orders', 'day', events, { time: 'at', sum: 'amount' })
  assert.equal(store.value('shop.orders', 'day', { date: '2026-11-20' }), 2n ** 60n + 2n)
  await store.track('shop.orders', 'week', events, { time: 'at', minimum: 'amount' })
  assert.equal(store.value('shop.orders', 'week'), 1n)
  const large = [
    { at: '2026-11-20', amount: 2n ** 63n - 1n },
    { at: '2026-11-20', amount: 1n },
  ]
  await rejects(
    'overflow',
    store.track('shop.orders', 'day', large, { time: 'at', sum: 'amount', recompute: true }),
  )
  await rejects(
    'invalid_value',
    store.track('shop.orders', 'day', [{ at: '2026-11-20', amount: 2n ** 63n }], {
      time: 'at',
      sum: 'amount',
    }),
    /64 bits/,
  )
})

test('a value that is none stops the run, and nothing is written', async () => {
  const store = await opened()
  for (const [amount, code] of [
    [0.5, 'kind_mismatch'],
    [2 ** 53, 'unsafe_integer'],
    [Number.NaN, 'invalid_value'],
    [Infinity, 'invalid_value'],
    ['3', 'invalid_value'],
    [true, 'invalid_value'],
    [{}, 'invalid_value'],
  ]) {
    const events = [
      { at: '2026-11-20', amount: 1 },
      { at: '2026-11-21', amount },
    ]
    await rejects(code, store.track('shop.orders', 'day', events, { time: 'at', sum: 'amount' }))
  }
  for (const amount of [Number.NaN, Infinity]) {
    const events = [{ at: '2026-11-20', amount }]
    await rejects(
      'invalid_value',
      store.track('shop.revenue', 'day', events, { time: 'at', sum: 'amount' }),
    )
  }
  assert.equal(store.size, 0)
})

test('what a getter throws comes out as it is, and nothing is written', async () => {
  const store = await opened()
  const thrown = new RangeError('of the caller')
  const fails = () => {
    throw thrown
  }
  for (const options of [
    { time: fails },
    { time: 'at', filter: fails },
    { time: 'at', sum: fails },
    { time: 'at', distinct: fails },
    { time: 'at', onProgress: fails },
  ]) {
    await assert.rejects(
      store.track('shop.orders', 'day', orders, options),
      (error) => error === thrown,
    )
  }
  await assert.rejects(
    store.track('shop.visits', 'day', orders, { time: 'at', by: { page: fails } }),
    (error) => error === thrown,
  )
  assert.equal(store.size, 0)
})

test('a getter that is none is refused', async () => {
  const store = await opened()
  const track = (options) => store.track('shop.visits', 'day', orders, options)
  await rejects('invalid_value', track(undefined), /options/)
  await rejects('invalid_value', track(null), /options/)
  await rejects('invalid_value', track({}), /'time'/)
  await rejects('invalid_value', track({ time: 5 }), /'time'/)
  await rejects('invalid_value', track({ time: 'at', by: { page: 5 } }), /'page'/)
  await rejects('invalid_value', track({ time: 'at', by: 'page' }))
  await rejects('invalid_value', track({ time: 'at', object: 'page' }))
  await rejects('invalid_value', track({ time: 'at', sum: null }), /'sum'/)
  await rejects('unknown_dimension', track({ time: 'at', by: { city: 'country' } }), /city/)
  await rejects('unknown_metric', store.track('shop.nothing', 'day', orders, { time: 'at' }))
  await rejects('unknown_period', store.track('shop.orders', 'hour', orders, { time: 'at' }))
  await rejects('invalid_value', store.track('shop.orders', 'day', [null], { time: 'at' }), /event/)
})
