// Every act on the file of a store fails once, and for good: with its code, with memory intact, and
// with nothing lost that was acknowledged and nothing counted twice.

import assert from 'node:assert/strict'
import { unlinkSync } from 'node:fs'
import { test } from 'node:test'

import { failing, shortly } from './durable/faults.js'
import { opened, orders, placeFor, read } from './durable/place.js'
import { refuses, rejects } from './shop.js'

const CODES = { EIO: 'io', ENOSPC: 'storage_full', EDQUOT: 'storage_full', EACCES: 'io' }

/** Increments, flushes, outgrows the snapshot; gives what was recorded and what was acknowledged. */
async function work(store, code, seen) {
  const days = Int32Array.from({ length: 120_000 }, (_, at) => at)
  let [recorded, acknowledged] = [0, 0]
  for (let round = 0; round < 5; round++) {
    try {
      store.increment('shop.orders')
      recorded += 1
      if (round === 2) {
        const visits = store.metric('shop.visits').at({ page: 'home' })
        visits.recordAll(
          'day',
          Float64Array.from(days, (day) => day * 1_000_003),
          days,
        )
      }
    } catch (error) {
      assert.equal(error.code, 'io')
      seen.refused += 1
    }
    for (let tries = 0; tries < 2; tries++) {
      try {
        await store.flush()
        acknowledged = recorded
        break
      } catch (error) {
        assert.equal(error.name, 'TrackstatsError', error.stack)
        assert.ok(error.code === code || error.code === 'io', error.code)
        seen[error.code] += 1
      }
    }
    assert.equal(orders(store), recorded === 0 ? undefined : recorded)
  }
  return { recorded, acknowledged }
}

async function tried(context, { first, count, code, partly }) {
  const path = placeFor(context)
  const seen = { refused: 0, io: 0, storage_full: 0 }
  let done = { recorded: 0, acknowledged: 0 }
  const acts = await failing({ first, count, code, partly }, async () => {
    let store
    try {
      store = await opened(path)
    } catch (error) {
      assert.equal(error.code, CODES[code], error.stack)
      seen[error.code] += 1
      return
    }
    done = await work(store, CODES[code], seen)
    await store.close().then(
      () => assert.equal(done.acknowledged, done.recorded),
      ({ code }) => (seen[code] += 1),
    )
  })
  const store = await opened(path)
  const total = orders(store) ?? 0
  await store.close()
  const says = JSON.stringify({ first, count, code, partly, total, ...done })
  assert.ok(total >= done.acknowledged && total <= done.recorded, says)
  if (count === 1 && seen.refused === 0 && done.recorded > 0) assert.equal(total, 5, says)
  return { acts, seen }
}

for (const [code, count, partly, step] of [
  ['EIO', 1, false, 1],
  ['ENOSPC', 1, true, 2],
  ['EIO', Infinity, false, 4],
  ['ENOSPC', Infinity, true, 4],
]) {
  test(`each act fails with ${code}, ${count} times`, async (context) => {
    const sum = { refused: 0, io: 0, storage_full: 0 }
    for (let first = 1; ; first += step) {
      const { acts, seen } = await tried(context, { first, count, code, partly })
      if (acts < first) break
      for (const name in sum) sum[name] += seen[name]
    }
    assert.ok(sum[CODES[code]] > 5, JSON.stringify(sum))
    assert.ok(sum.refused > 0, 'a wait that fails refuses every later change')
  })
}

test('a write that is cut short is continued', async (context) => {
  const path = placeFor(context)
  await shortly(async () => {
    const store = await opened(path)
    const { acknowledged } = await work(store, 'none', {})
    assert.equal(acknowledged, 5)
    await store.close()
  })
  assert.equal(await read(path, orders), 5)
})

test('after a wait that failed, nothing is written until the store is opened again', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  store.increment('shop.orders')
  await store.flush()
  await failing({ first: 2, count: 1, code: 'EIO' }, async () => {
    store.increment('shop.orders')
    await rejects('io', store.flush(), /waiting for the disk failed/)
  })
  for (const change of [
    () => store.increment('shop.orders'),
    () => store.record('shop.orders', 'day', 5),
    () => store.metric('shop.visits').at({ page: 'a' }).recordAll('day', [], []),
    () => store.delete({}),
    () => store.retainDays({}, 1),
    () => store.register({ name: 'shop.other' }),
    () => store.batch(() => undefined),
  ]) {
    refuses('io', change, /opened anew/)
  }
  const run = store.trackColumns('shop.orders', 'day', { time: [0] })
  await rejects('io', run, /opened anew/)
  await rejects('io', store.flush(), /opened anew/)
  assert.equal(orders(store), 2)
  await rejects('io', store.close())
  const again = await opened(path)
  // What was not acknowledged may be there or not, but whole.
  assert.ok([1, 2].includes(orders(again)))
  again.increment('shop.orders')
  await again.close()
})

test('a file that is removed in the midst of many commits is missed within a moment', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  const commit = () => {
    store.increment('shop.orders')
    return store.flush()
  }
  for (let count = 0; count < 300; count++) await commit()
  unlinkSync(path)
  const later = async () => {
    for (let count = 0; count < 100; count++) await commit()
  }
  await rejects('io', later(), /not there any more/)
  await rejects('io', store.close())
})

test('a file that was removed is missed', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  store.increment('shop.orders')
  await store.flush()
  unlinkSync(path)
  store.increment('shop.orders')
  await rejects('io', store.flush(), /not there any more/)
  assert.equal(orders(store), 2)
  await rejects('io', store.close())
})
