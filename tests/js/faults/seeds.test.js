// Nobody can choose names or values whose hashes collide: each module is given a random number.

import assert from 'node:assert/strict'
import { test } from 'node:test'

test('each module that holds a store draws a seed from the host', async (context) => {
  const draw = context.mock.method(globalThis.crypto, 'getRandomValues')
  const { open } = await import('trackstats')
  const store = await open('memory:')
  assert.equal(draw.mock.callCount(), 1)
  store.register({ name: 'shop.orders' })
  store.record('shop.orders', 'day', 3)
  await store.sql`SELECT 1`
  await store.export({ format: 'jsonl' })
  assert.equal(draw.mock.callCount(), 3)
})

test('the bytes of a store do not depend on it', async () => {
  const { open } = await import('trackstats')
  const bytes = async () => {
    const store = await open('memory:', { now: () => 0 })
    store.register({ name: 'shop.sales', by: ['country', 'page'] })
    for (let at = 0; at < 200; at++) {
      store.increment('shop.sales', 1, { by: { country: `c${at % 7}`, page: `/${at}` } })
    }
    return store.snapshot()
  }
  assert.deepEqual(await bytes(), await bytes())
})
