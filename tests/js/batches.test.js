// Several changes that are all made or none.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { opened, refuses, rejects, utrecht } from './shop.js'

test('a batch gives what its function gives, and keeps what it did', async () => {
  const store = await opened()
  const answer = store.batch(() => {
    store.record('shop.orders', 'day', 3)
    store.increment('shop.orders', 2)
    return 'done'
  })
  assert.equal(answer, 'done')
  assert.equal(store.value('shop.orders', 'day'), 5)
})

test('a batch that throws takes everything back, and nothing else', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', 1)
  const before = store.snapshot()
  const mistake = new Error('a mistake')
  const failing = () => {
    store.record('shop.orders', 'day', 3)
    for (let day = 1; day < 20; day++)
      store.record('shop.revenue', 'day', day, { date: new Date(0) })
    store.metric('shop.sales').at(utrecht).recordAll('day', [1, 2], Int32Array.of(1, 2))
    store.delete({ metric: 'shop.orders' })
    store.register({ shop: { title: 'Another', metrics: { returns: 'Returned' } } })
    throw mistake
  }
  assert.throws(
    () => store.batch(failing),
    (thrown) => thrown === mistake,
  )
  assert.deepEqual(store.snapshot(), before)
  store.increment('shop.orders')
  assert.equal(store.value('shop.orders', 'day'), 2)
})

test('a mistake that is caught inside a batch leaves the rest of it', async () => {
  const store = await opened()
  store.batch(() => {
    store.record('shop.orders', 'day', 1)
    refuses('kind_mismatch', () => store.record('shop.orders', 'day', 1.5))
  })
  assert.equal(store.value('shop.orders', 'day'), 1)
})

test('an inner batch is taken back alone, and with the outer one', async () => {
  const store = await opened()
  store.batch(() => {
    store.increment('shop.orders', 1)
    assert.throws(() =>
      store.batch(() => {
        store.increment('shop.orders', 10)
        throw new Error('inner')
      }),
    )
    store.increment('shop.orders', 100)
  })
  assert.equal(store.value('shop.orders', 'day'), 101)
  assert.throws(() =>
    store.batch(() => {
      store.batch(() => store.increment('shop.orders', 1000))
      throw new Error('outer')
    }),
  )
  assert.equal(store.value('shop.orders', 'day'), 101)
})

test('a metric that was registered in a batch that is taken back is not there', async () => {
  const store = await opened()
  let made
  const failing = () => {
    made = store.register({ name: 'shop.returns', kind: 'float' })
    made.record('day', 1.5, '2026-11-23')
    store.dynamic.record('shop.returns', 'day', 2.5)
    throw new Error('a mistake')
  }
  for (let time = 0; time < 2; time++) {
    assert.throws(() => store.batch(failing), /a mistake/)
    refuses('unknown_metric', () => store.dynamic.record('shop.returns', 'day', 1))
    refuses('unknown_metric', () => made.record('day', 1, '2026-11-23'))
  }
  // It may come again as another one, for those too who have it already.
  store.register({ name: 'shop.returns' })
  refuses('kind_mismatch', () => made.record('day', 1.5, '2026-11-23'))
  made.record('day', 4, '2026-11-23')
  assert.equal(store.dynamic.value('shop.returns', 'day'), 4)
})

test('subscriptions hear of a batch once, and of one that is taken back not at all', async () => {
  const store = await opened()
  const heard = []
  store.subscribe({ metric: 'shop.orders', period: 'day' }, (series) =>
    heard.push(...series.values),
  )
  store.batch(() => {
    store.increment('shop.orders')
    store.increment('shop.orders')
  })
  await undefined
  assert.deepEqual(heard, [2])
  const failing = () => {
    store.increment('shop.orders')
    throw new Error('a mistake')
  }
  assert.throws(() => store.batch(failing))
  await undefined
  assert.deepEqual(heard, [2])
})

test('a batch takes no asynchronous function', async () => {
  const store = await opened()
  const asynchronous = async () => store.increment('shop.orders')
  refuses('invalid_value', () => store.batch(asynchronous), /promise/)
  assert.equal(store.size, 0)
  for (const none of [undefined, 5, {}]) refuses('invalid_value', () => store.batch(none))
})

test('a batch whose store is closed meanwhile says so', async () => {
  const store = await opened()
  refuses('closed', () => store.batch(() => void store.close()))
  refuses('closed', () => store.batch(() => undefined))
})

test('SQL sees what a batch did, and what was taken back not', async () => {
  const store = await opened()
  await store.sql`SELECT 1`
  store.batch(() => store.record('shop.orders', 'day', 3))
  assert.throws(() =>
    store.batch(() => {
      store.record('shop.orders', 'day', 4)
      throw new Error('a mistake')
    }),
  )
  const rows = await store.sql`SELECT value FROM statistic_by_date`
  assert.deepEqual([...rows], [{ value: 3 }])
  await rejects(
    'closed',
    store.close().then(() => store.flush()),
  )
})

test('an asynchronous function is refused once, whatever becomes of it', async () => {
  const store = await opened()
  const failing = async () => {
    store.record('shop.orders', 'day', 1)
    throw new Error('later')
  }
  refuses('invalid_value', () => store.batch(failing), /await/)
  // What nobody catches would end the program.
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(store.size, 0)
  await store.close()
})
