// What follows a store hears of each change and of nothing else, and what is remembered of a place is forgotten
// with it.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Series } from 'trackstats'

import { opened, refuses, utrecht } from '../shop.js'

const turn = () => new Promise((resolve) => setImmediate(resolve))
const query = { metric: 'shop.orders', period: 'day' }
const orders = (store, value, date) => store.record('shop.orders', 'day', value, { date })

test('a metric that was registered in a batch that is given up is not taken for the next one', async () => {
  const store = await opened()
  assert.throws(() =>
    store.batch(() => {
      store.register({ name: 'shop.one' })
      store.record('shop.one', 'day', 1)
      throw new Error('given up')
    }),
  )
  store.register({ name: 'shop.two' })
  store.register({ name: 'shop.one' })
  store.record('shop.one', 'day', 5)
  const found = store.statistics().map(({ metric, value }) => [metric, value])
  assert.deepEqual(found, [['shop.one', 5]])
  await store.close()
})

test('what was given back after it was deleted is recorded anew in its place', async () => {
  const store = await opened()
  const places = Array.from({ length: 3000 }, (_, at) => ({ country: `c${at}`, province: 'p' }))
  const all = [...places.entries()]
  for (const [at, by] of all) store.record('shop.sales', 'day', at, { by })
  store.delete({ metric: 'shop.sales' })
  for (const [at, by] of all.toReversed()) store.record('shop.sales', 'day', at, { by })
  for (const { by, value } of store.statistics()) assert.equal(by.country, `c${value}`)
  assert.equal(store.size, places.length)
  await store.close()
})

test('a dimension that is not declared is refused, also after it was and was read', async () => {
  const store = await opened()
  const record = (by) => store.record('shop.sales', 'day', 1, { by })
  record(utrecht)
  refuses('unknown_dimension', () => record({ ...utrecht, city: 'Utrecht' }))
  refuses('invalid_value', () => record({ ...utrecht, province: 1.5 }))
  store.register({ name: 'shop.sales', by: ['region'] })
  refuses('unknown_dimension', () => record(utrecht))
  assert.equal(store.series('shop.sales', 'day', { by: utrecht }).length, 1)
  refuses('unknown_dimension', () => record(utrecht))
  record({ region: 'north' })
  assert.equal(store.size, 2)
  await store.close()
})

test('a batch that closes the store and fails throws what it threw', async () => {
  const store = await opened()
  const mine = new Error('mine')
  const work = () => {
    store.close()
    throw mine
  }
  assert.throws(
    () => store.batch(work),
    (thrown) => thrown === mine,
  )
})

test('an answer whose subscription is ended by another one is not read for', async () => {
  const store = await opened()
  let end
  let reads = 0
  store
    .live((own) => own.size)
    .subscribe((size) => {
      if (size > 0) end()
    })
  end = store.live((own) => reads++ + own.size).subscribe(() => undefined)
  const before = reads
  orders(store, 1, '2026-11-20')
  await turn()
  assert.equal(reads, before)
  await store.close()
})

test('a subscription whose first call throws has ended', async () => {
  const store = await opened()
  let calls = 0
  const run = () => {
    calls++
    throw new Error('mine')
  }
  assert.throws(() => store.live((own) => own.size).subscribe(run), /mine/)
  orders(store, 1, '2026-11-20')
  await turn()
  assert.equal(calls, 1)
  await store.close()
})

test('what a callback throws is uncaught, and no error of the store', async () => {
  const told = []
  const store = await opened({ onError: (error) => told.push(error) })
  let calls = 0
  store
    .live((own) => own.size)
    .subscribe(() => {
      if (calls++ > 0) throw new Error('mine')
    })
  const listeners = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  const uncaught = new Promise((resolve) => process.once('uncaughtException', resolve))
  orders(store, 1, '2026-11-20')
  const thrown = await Promise.race([uncaught, turn().then(turn).then(turn)])
  for (const listener of listeners) process.on('uncaughtException', listener)
  assert.equal(thrown?.message, 'mine')
  assert.deepEqual(told, [])
  await store.close()
})

for (const [name, before, after] of [
  ['a key more', { a: 1 }, { a: 1, b: 2 }],
  ['an object in the place of an array', [1], { 0: 1, length: 1 }],
  ['an array that is longer', [1], [1, 2]],
]) {
  test(`${name} is another answer`, async () => {
    const store = await opened()
    const told = []
    const end = store
      .live((own) => (own.size > 0 ? after : before))
      .subscribe((one) => told.push(one))
    orders(store, 1, '2026-11-20')
    await turn()
    assert.equal(told.at(-1), after)
    end()
    await store.close()
  })
}

test('a value that moves to another date is another series', async () => {
  const store = await opened()
  const told = []
  orders(store, 1, '2026-11-20')
  store.subscribe(query, (series) => told.push(series.dates[0]))
  store.delete({ metric: 'shop.orders' })
  orders(store, 1, '2026-11-21')
  await turn()
  assert.deepEqual(told, ['2026-11-21'])
  await store.close()
})

test('whoever follows hears of a run that computes rows', async () => {
  const store = await opened()
  const told = []
  store.subscribe(query, (series) => told.push(series.length))
  await store.track('shop.orders', 'day', [{ at: '2026-11-20T12:00Z' }], { time: 'at' })
  await turn()
  assert.deepEqual(told, [1])
  await store.close()
})

test('a part of a series has the nulls of its dates', async () => {
  const store = await opened()
  orders(store, null, '2026-11-19')
  orders(store, 1, '2026-11-20')
  orders(store, null, '2026-11-21')
  orders(store, null, '2026-11-22')
  const part = { reuse: true, from: '2026-11-20', to: '2026-11-21' }
  const series = store.metric('shop.orders').series('day', part)
  assert.deepEqual(series.toArray(), [
    { date: '2026-11-20', value: 1 },
    { date: '2026-11-21', value: null },
  ])
  assert.equal(series.nulls.length, 1)
  await store.close()
})

test('a copy of a series has its days in order', async () => {
  const store = await opened()
  for (const [at, date] of ['2026-11-19', '2026-11-20', '2026-11-22'].entries()) {
    orders(store, at, date)
  }
  const good = structuredClone(store.series('shop.orders', 'day'))
  for (const days of [good.days.toReversed(), good.days.map(() => good.days[0])]) {
    refuses('invalid_value', () => Series.from({ ...good, days }), /ascending/)
  }
  await store.close()
})

test('a key that is hidden is read, and one of all objects is not', async () => {
  const store = await opened()
  orders(store, 1, '2026-11-20')
  const hidden = (key, value) => Object.defineProperty({}, key, { value })
  refuses('unknown_option', () => store.series('shop.orders', 'day', hidden('start', '2026-11-21')))
  Object.prototype.ofEverybody = 'a text'
  try {
    assert.equal(store.series('shop.orders', 'day', { from: '2026-11-21' }).length, 0)
  } finally {
    delete Object.prototype.ofEverybody
  }
  await store.close()
})

test('what one of several trackers says of its events stands before what is said for all', async () => {
  const store = await opened()
  const asked = []
  const trackers = [{ metric: 'shop.orders', periods: 'day', time: 'at', since: '2026-11-21' }]
  const source = ({ since }) => {
    asked.push(since.date)
    return []
  }
  await store.trackAll(trackers, source, { since: '2026-11-01' })
  await store.trackAll([{ ...trackers[0], since: undefined }], source, { since: '2026-11-01' })
  assert.deepEqual(asked, ['2026-11-21', '2026-11-01'])
  await store.close()
})
