// What is changed when a program ends is kept or refused, and what fails in the background is told.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { failing } from '../durable/faults.js'
import { LIMIT, opened, orders, placeFor, read, until } from '../durable/place.js'
import { refuses, rejects } from '../shop.js'

const ENDINGS = fileURLToPath(new URL('../durable/endings.js', import.meta.url))

/** Runs a program that ends in the way that it is told. */
const ending = (path, how) =>
  spawnSync(process.execPath, [ENDINGS, path, how], { encoding: 'utf8' })

for (const [how, expected] of [
  ['on exit', 2],
  ['on exit, opened last', 2],
  ['on exit of a program that exits', 2],
  ['once on exit', 2],
  ['before exit', 2],
  ['in a worker', 2],
  ['inside a batch', 1],
  ['inside a batch in a batch', 1],
]) {
  test(`what is recorded ${how} is in the file`, async (context) => {
    const path = placeFor(context)
    const { status, stderr } = ending(path, how)
    assert.equal(status, 0, stderr)
    assert.equal(await read(path, orders), expected)
    assert.ok(!existsSync(`${path}.lock`))
  })
}

test('what is recorded when nothing can be kept any more is refused', async (context) => {
  const path = placeFor(context)
  const { status, stderr } = ending(path, 'too late')
  assert.equal(status, 0, stderr)
  assert.deepEqual(JSON.parse(stderr), ['closed', 'closed', 'closed', 'closed'])
  assert.equal(await read(path, orders), 1)
})

test('two copies of the package in one program end', (context) => {
  const path = placeFor(context)
  const { status, stderr } = ending(path, 'two copies')
  assert.equal(status, 0, stderr)
})

test('what is recorded while a store closes is refused, and what came before it is kept', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  store.increment('shop.orders')
  const closing = store.close()
  for (const change of [
    () => store.increment('shop.orders'),
    () => store.record('shop.orders', 'day', 7),
    () => store.batch(() => undefined),
    () => store.delete({}),
    () => store.register({ name: 'shop.late' }),
  ]) {
    refuses('closed', change)
  }
  await closing
  assert.equal(await read(path, orders), 1)
})

test(
  'a commit in the background that fails is told once, and tried again by itself',
  LIMIT,
  async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] })
    const path = placeFor(context)
    const told = []
    const store = await opened(path, { onError: (error) => told.push(error) })
    await store.flush()
    assert.equal(store.unsaved, 0)
    await failing({ first: 1, count: Infinity, code: 'ENOSPC' }, async () => {
      store.increment('shop.orders')
      assert.ok(store.unsaved > 0)
      context.mock.timers.tick(50)
      await until(() => told.length > 0)
      // Again, and in vain: nobody is told the same twice.
      let acts = 0
      await failing({ first: 1, count: Infinity, code: 'ENOSPC' }, async () => {
        context.mock.timers.tick(100)
        for (; acts < 20; acts++) await new Promise((resolve) => setImmediate(resolve))
      })
    })
    assert.equal(told.length, 1)
    assert.equal(told[0].code, 'storage_full')
    assert.match(told[0].message, /ENOSPC/)
    assert.ok(store.unsaved > 0)
    await until(() => {
      context.mock.timers.tick(5000)
      return store.unsaved === 0
    })
    assert.equal(await read(path, orders), 1)
    // After it went well, the next failure is told again.
    await failing({ first: 1, count: 1, code: 'ENOSPC' }, async () => {
      store.increment('shop.orders')
      context.mock.timers.tick(50)
      await until(() => told.length > 1)
    })
    assert.equal(told.length, 2)
    await store.close()
    assert.equal(await read(path, orders), 2)
  },
)

test(
  'a failed flush is tried again by itself, without anything else that is recorded',
  LIMIT,
  async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] })
    const path = placeFor(context)
    const store = await opened(path)
    await store.flush()
    // The commit of the opening is over, and no timer waits but the one of the failure.
    context.mock.timers.tick(1000)
    await store.flush()
    await failing({ first: 1, count: 1, code: 'ENOSPC' }, async () => {
      store.increment('shop.orders')
      await rejects('storage_full', store.flush(), /ENOSPC/)
    })
    assert.equal(await read(path, orders), undefined)
    context.mock.timers.tick(100)
    await until(async () => (await read(path, orders)) === 1)
    await store.close()
  },
)

test('without onError the first failure is a warning, and no other', (context) => {
  const path = placeFor(context)
  const { status, stderr } = ending(path, 'full')
  assert.equal(status, 0, stderr)
  assert.equal(stderr.match(/TrackstatsWarning/g)?.length, 1, stderr)
  assert.match(stderr, /\[storage_full\] TrackstatsWarning: trackstats: .*ENOSPC/)
})

test('what onError throws is uncaught, and stops nothing', LIMIT, async (context) => {
  const path = placeFor(context)
  const output = execFileSync(process.execPath, [ENDINGS, path, 'throwing'], { encoding: 'utf8' })
  assert.deepEqual(JSON.parse(output), ['of the caller'])
  assert.equal(await read(path, orders), 1)
})

test('what onError is has to be a function', async () => {
  const { open } = await import('trackstats')
  for (const onError of [null, 5, {}, 'text']) {
    await rejects('invalid_value', open('memory:', { onError }), /function/)
  }
  const store = await open('memory:', { onError: () => undefined })
  assert.equal(store.unsaved, 0)
  await store.close()
  refuses('closed', () => store.unsaved)
})

test('what is not durable is counted', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  await store.flush()
  let before = store.unsaved
  assert.equal(before, 0)
  for (const change of [
    () => store.record('shop.orders', 'day', 5),
    () => store.increment('shop.orders'),
    () => store.batch(() => store.increment('shop.orders')),
    () => store.delete({ metric: 'shop.orders' }),
    () => store.register({ name: 'shop.other' }),
  ]) {
    change()
    assert.ok(store.unsaved > before, String(change))
    before = store.unsaved
  }
  store.batch(() => assert.equal(store.unsaved, before))
  await store.flush()
  assert.equal(store.unsaved, 0)
  await store.close()
})
