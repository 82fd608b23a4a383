// Subscriptions and live answers.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { opened, points, refuses, utrecht } from './shop.js'

const query = { metric: 'shop.orders', period: 'day' }

/** Lets the microtasks run. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('a subscription hears of changes once a microtask, with the fresh series', async () => {
  const store = await opened()
  const heard = []
  store.subscribe(query, (series) => heard.push(points(series)))
  await turn()
  assert.deepEqual(heard, [])
  store.record('shop.orders', 'day', 1)
  store.record('shop.orders', 'day', 2)
  store.increment('shop.orders')
  assert.deepEqual(heard, [])
  await turn()
  assert.deepEqual(heard, [[['2026-11-23', 3]]])
})

test('every way of changing is told', async () => {
  const store = await opened()
  const heard = []
  store.subscribe(query, (series) =>
    heard.push(
      series
        .toArray()
        .map(({ value }) => value)
        .join(),
    ),
  )
  const orders = store.metric('shop.orders')
  const ways = [
    () => store.record('shop.orders', 'day', 1),
    () => store.increment('shop.orders'),
    () => orders.record('day', 3, '2026-11-23'),
    () => orders.increment(),
    () => orders.recordAll('day', [5], ['2026-11-23']),
    () =>
      store.track('shop.orders', 'day', [{ at: '2026-11-23' }], {
        time: 'at',
        since: '2026-11-01',
      }),
    () =>
      store.trackColumns(
        'shop.orders',
        'day',
        { time: ['2026-11-23', '2026-11-23'] },
        { since: '2026-11-01' },
      ),
    () =>
      store.import('metric,period,date,value\nshop.orders,day,2026-11-23,9\n', { format: 'csv' }),
    () => store.sql`UPDATE statistic_by_date SET value = 10`,
    () => store.record('shop.orders', 'day', 11, { date: '2026-11-01' }),
    () => store.retainDays({}, 5),
    () => store.delete({}),
  ]
  const expected = ['1', '2', '3', '4', '5', '1', '2', '9', '10', '11,10', '10', '']
  for (const [at, change] of ways.entries()) {
    await change()
    await turn()
    assert.deepEqual(heard, expected.slice(0, at + 1))
  }
})

test('what changes nothing is not told', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', 1)
  let calls = 0
  store.subscribe({ ...query, from: '2026-11-20' }, () => calls++)
  const quiet = [
    () => store.record('shop.orders', 'day', 1),
    () => store.record('shop.orders', 'day', 2, { date: '2026-11-19' }),
    () => store.record('shop.orders', 'week', 2),
    () => store.record('shop.revenue', 'day', 2),
    () => store.record('shop.sales', 'day', 2, { by: utrecht }),
    () => store.delete({ metric: 'shop.revenue' }),
    () => refuses('invalid_value', () => store.record('shop.orders', 'day', 'x')),
    () => store.track('shop.orders', 'day', [{ at: '2026-11-23' }], { time: 'at' }),
    () => store.value('shop.orders', 'day'),
    () => store.sql`SELECT * FROM metric`,
  ]
  for (const change of quiet) {
    await change()
    await turn()
  }
  store.record('shop.orders', 'day', 5)
  store.record('shop.orders', 'day', 1)
  await turn()
  assert.equal(calls, 0)
})

test('a subscription that ended hears nothing more, and ends once', async () => {
  const store = await opened()
  let calls = 0
  const count = () => calls++
  const end = store.subscribe(query, count)
  const endOther = store.subscribe(query, count)
  store.record('shop.orders', 'day', 1)
  await turn()
  assert.equal(calls, 2)
  end()
  end()
  store.record('shop.orders', 'day', 2)
  await turn()
  assert.equal(calls, 3)
  store.record('shop.orders', 'day', 3)
  endOther()
  await turn()
  assert.equal(calls, 3)
})

test('a callback may subscribe, end, and record', async () => {
  const store = await opened()
  const heard = []
  const end = store.subscribe(query, (series) => {
    const { value } = series.at(-1)
    heard.push(value)
    if (value < 3) store.increment('shop.orders')
    else end()
    store.subscribe(query, () => undefined)
  })
  store.record('shop.orders', 'day', 1)
  await turn()
  assert.deepEqual(heard, [1, 2, 3])
})

test('a callback that throws keeps nobody else from hearing, and is reported as uncaught', async () => {
  const store = await opened()
  let calls = 0
  const thrown = new Error('of the caller')
  store.subscribe(query, () => {
    throw thrown
  })
  store.subscribe(query, () => calls++)
  const live = store.live(query)
  live.subscribe(() => {
    if (calls > 0) throw thrown
  })
  live.subscribe(() => calls++)
  const before = calls
  const listeners = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  const uncaught = []
  process.on('uncaughtException', (error) => uncaught.push(error))
  store.record('shop.orders', 'day', 1)
  await turn()
  await turn()
  process.removeAllListeners('uncaughtException')
  for (const listener of listeners) process.on('uncaughtException', listener)
  assert.deepEqual(uncaught, [thrown, thrown])
  assert.equal(calls, before + 2)
})

test('what is subscribed with is checked at once', async () => {
  const store = await opened()
  for (const callback of [undefined, null, 5, {}]) {
    refuses('invalid_value', () => store.subscribe(query, callback), /function/)
    refuses('invalid_value', () => store.live(query).subscribe(callback), /function/)
  }
  const call = () => undefined
  refuses('invalid_value', () => store.subscribe(null, call), /query/)
  refuses('unknown_metric', () => store.subscribe({ metric: 'shop.nothing', period: 'day' }, call))
  refuses('unknown_period', () => store.subscribe({ metric: 'shop.orders', period: 'hour' }, call))
  refuses('unknown_dimension', () =>
    store.subscribe({ ...query, metric: 'shop.sales', by: { a: 1 } }, call),
  )
  refuses('invalid_value', () => store.live({ ...query, fill: 5 }))
})

test('a live series calls at once and after each change', async () => {
  const store = await opened()
  const live = store.live({ ...query, fill: 0 })
  const heard = []
  const end = live.subscribe((series) => heard.push(points(series).length))
  assert.deepEqual(heard, [0])
  store.record('shop.orders', 'day', 1, { date: '2026-11-20' })
  store.record('shop.orders', 'day', 1)
  await turn()
  assert.deepEqual(heard, [0, 4])
  end()
})

test('a snapshot is the same object until it changes', async () => {
  const store = await opened()
  const live = store.live(query)
  const first = live.getSnapshot()
  assert.equal(live.getSnapshot(), first)
  store.record('shop.revenue', 'day', 1)
  assert.equal(live.getSnapshot(), first)
  store.record('shop.orders', 'day', 1)
  const second = live.getSnapshot()
  assert.notEqual(second, first)
  const end = live.subscribe(() => undefined)
  assert.equal(live.getSnapshot(), second)
  store.record('shop.orders', 'day', 1)
  assert.equal(live.getSnapshot(), second)
  store.record('shop.orders', 'day', 2)
  assert.deepEqual(points(live.getSnapshot()), [['2026-11-23', 2]])
  end()
})

test('whatever a function reads is followed', async () => {
  const store = await opened()
  const live = store.live((own) => ({
    orders: own.total('shop.orders', 'day').sum,
    sales: own.breakdown('shop.sales', 'day').parts,
  }))
  const heard = []
  const end = live.subscribe((value) => heard.push(value))
  assert.deepEqual(heard, [{ orders: 0, sales: [] }])
  store.record('shop.sales', 'day', 2, { by: utrecht })
  await turn()
  store.record('shop.visits', 'day', 2, { by: { page: 1 } })
  await turn()
  assert.deepEqual(heard.slice(1), [{ orders: 0, sales: [{ by: utrecht, value: 2 }] }])
  store.register({ name: 'shop.later' })
  store.dynamic.record('shop.later', 'day', 1)
  await turn()
  assert.equal(heard.length, 2)
  end()
})

test('an answer that contains itself is compared as well', async () => {
  const store = await opened()
  const live = store.live((own) => {
    const answer = { sum: own.total('shop.orders', 'day').sum }
    return Object.assign(answer, { self: answer, list: [answer] })
  })
  const first = live.getSnapshot()
  assert.equal(live.getSnapshot(), first)
  store.record('shop.orders', 'day', 1)
  assert.equal(live.getSnapshot().self.sum, 1)
})

test('a first call that throws leaves no subscription behind', async () => {
  const store = await opened()
  const thrown = new Error('of the caller')
  const live = store.live(query)
  let calls = 0
  const fails = () => {
    calls++
    throw thrown
  }
  assert.throws(
    () => live.subscribe(fails),
    (error) => error === thrown,
  )
  store.record('shop.orders', 'day', 1)
  await turn()
  assert.equal(calls, 1)
})

test('a store that is closed tells nobody anything more', async () => {
  const store = await opened()
  let calls = 0
  const end = store.subscribe(query, () => calls++)
  const live = store.live(query)
  store.record('shop.orders', 'day', 1)
  await store.close()
  await turn()
  assert.equal(calls, 0)
  refuses('closed', () => live.getSnapshot())
  end()
})
