// Stores in files: opening, keeping, closing.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'

import { open } from 'trackstats'

import { LIMIT, NOW, opened, orders, placeFor, read, stats, until } from './durable/place.js'
import { refuses, rejects } from './shop.js'

test('what was recorded is there when the store is opened again', async (context) => {
  const path = placeFor(context)
  const store = await opened(path, { timeZone: 'Europe/Amsterdam' })
  store.record('shop.orders', 'day', 3)
  store.increment('shop.orders', 2)
  store.record('shop.visits', 'day', null, { by: { page: 'home' } })
  const statistics = store.statistics()
  await store.close()
  assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
  const again = await opened(path)
  assert.equal(again.timeZone, 'Europe/Amsterdam')
  assert.deepEqual(again.statistics(), statistics)
  again.increment('shop.orders')
  await again.close()
  assert.equal(await read(path, orders), 6)
})

test('a path is absolute, relative, a URL or a link', async (context) => {
  const path = placeFor(context)
  const store = await open(pathToFileURL(path).href, { stats })
  const link = join(dirname(path), 'link')
  symlinkSync(path, link)
  await rejects('in_use', opened(link))
  await store.close()
  const before = process.cwd()
  process.chdir(dirname(path))
  try {
    await (await open('file:./shop.stats')).close()
    await (await open('file:link')).close()
    assert.deepEqual(readdirSync('.').sort(), ['link', 'shop.stats'])
  } finally {
    process.chdir(before)
  }
})

test('without a flush, a change is committed after at most 100 ms', LIMIT, async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const path = placeFor(context)
  const store = await opened(path)
  await store.flush()
  store.record('shop.orders', 'day', 1)
  context.mock.timers.tick(100)
  await until(async () => (await read(path, orders)) === 1)
  await store.close()
})

test('without a flush, every kind of change becomes durable', LIMIT, async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  store.record('shop.orders', 'day', 1)
  await until(async () => (await read(path, orders)) === 1)
  const { visits } = { visits: store.metric('shop.visits').at({ page: 'home' }) }
  for (const change of [
    () => visits.record('day', 1, '2026-11-23'),
    () => visits.increment(),
    () => visits.recordAll('day', [1], Int32Array.of(1)),
    () => store.delete({ metric: 'shop.visits', to: '2000-01-01' }),
    () => store.register({ name: 'shop.returns' }),
    () => store.batch(() => store.increment('shop.orders')),
    () => store.trackColumns('shop.orders', 'week', { time: [NOW] }),
    () =>
      store.import('metric,period,date,value\nshop.orders,day,2026-11-01,9\n', { format: 'csv' }),
    () => store.sql`INSERT INTO statistic_by_date (domain, metric, period, date, value)
      VALUES ('shop', 'orders', 'day', '2026-11-02', 8)`,
  ]) {
    await change()
    const own = JSON.stringify([store.metrics, store.statistics()])
    const all = (one) => JSON.stringify([one.metrics, one.statistics()])
    await until(async () => (await read(path, all)) === own)
  }
  await store.close()
})

test('a flush resolves when what came before it can be read by others', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  for (let count = 1; count < 20; count++) {
    store.increment('shop.orders')
    const flushed = store.flush()
    store.record('shop.visits', 'day', count, { by: { page: 'home' } })
    await flushed
    assert.equal(await read(path, orders), count)
  }
  await Promise.all([store.flush(), store.flush(), store.close()])
})

test('a batch is one commit, and nothing is flushed inside of it', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  let flushed
  store.batch(() => {
    store.increment('shop.orders')
    flushed = store.flush()
  })
  await rejects('invalid_state', flushed, /batch/)
  await store.flush()
  assert.equal(await read(path, orders), 1)
  assert.throws(() =>
    store.batch(() => {
      store.increment('shop.orders')
      throw new Error('a mistake')
    }),
  )
  await store.close()
  assert.equal(await read(path, orders), 1)
})

test('opening again with the same declaration writes nothing', async (context) => {
  const path = placeFor(context)
  await (await opened(path)).close()
  const bytes = readFileSync(path)
  await (await opened(path)).close()
  assert.deepEqual(readFileSync(path), bytes)
})

test('a store has one owner, and any number of readers beside it', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  await rejects('in_use', opened(path), new RegExp(`${process.pid}`))
  store.record('shop.orders', 'day', 1)
  await store.flush()
  const reader = await opened(path, { readOnly: true })
  store.record('shop.orders', 'day', 2)
  await store.flush()
  refuses('read_only', () => reader.record('shop.orders', 'day', 3), /reading only/)
  await reader.refresh()
  assert.equal((await reader.sql`SELECT value FROM statistic_by_date`)[0].value, 2)
  await rejects('read_only', reader.sql`DELETE FROM statistic_by_date`)
  await reader.close()
  assert.ok(existsSync(`${path}.lock`), 'a reader does not take the lock away')
  await store.close()
  const next = await opened(path)
  assert.equal(orders(next), 2)
  await next.close()
})

test('what cannot be opened says why', async (context) => {
  const path = placeFor(context)
  await rejects('io', opened(path, { readOnly: true }), /no store/)
  await rejects('io', opened(join(path, 'deeper')), /cannot be used/)
  await rejects('io', opened(dirname(path)))
  writeFileSync(path, 'something else')
  await rejects('corrupt', opened(path))
  await rejects('corrupt', opened(path, { readOnly: true }))
  assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
  const other = `${path}2`
  const store = await opened(other, { timeZone: 'Europe/Amsterdam' })
  const snapshot = store.snapshot()
  await store.close()
  await rejects('zone_mismatch', opened(other, { timeZone: 'Europe/Brussels' }))
  await rejects('invalid_value', opened(other, { snapshot }), /snapshot/)
  await rejects('kind_mismatch', async () => {
    const different = { shop: { metrics: { orders: { kind: 'float' } } } }
    await opened(other, { stats: (await import('trackstats')).defineStats(different) })
  })
  // None of them left a lock.
  await (await opened(other)).close()
})

test('a new store begins with a snapshot', async (context) => {
  const path = placeFor(context)
  const memory = await open('memory:', { stats, now: () => NOW })
  memory.record('shop.orders', 'day', 7)
  const store = await opened(path, { snapshot: memory.snapshot() })
  await store.close()
  assert.equal(await read(path, orders), 7)
})

test('a file that has grown is written anew', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  const visits = store.metric('shop.visits').at({ page: 'home' })
  const days = Int32Array.from({ length: 20_000 }, (_, at) => at)
  let largest = 0
  for (let round = 1; round <= 12; round++) {
    visits.recordAll(
      'day',
      Float64Array.from(days, (day) => day * round),
      days,
    )
    await store.flush()
    largest = Math.max(largest, readFileSync(path).length)
    assert.deepEqual(await read(path, (one) => one.snapshot()), store.snapshot())
  }
  await store.close()
  assert.ok(largest < 3_000_000, `${largest}`)
  assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
})

test('what is recorded while a store is closed is refused, and reading goes on', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  store.record('shop.orders', 'day', 1)
  const closed = store.close()
  refuses('closed', () => store.record('shop.orders', 'day', 2))
  await closed
  await store.close()
  refuses('closed', () => store.size)
  assert.equal(await read(path, orders), 1)
})

test('a program that ends commits what it recorded', async (context) => {
  const path = placeFor(context)
  const script = new URL('./durable/ending.js', import.meta.url)
  const run = (how) => execFileSync('node', [script.pathname, path, how], { stdio: 'pipe' })
  for (const [count, how] of ['return', 'exit', 'in flight', 'compaction'].entries()) {
    run(how)
    assert.equal(await read(path, orders), count + 1, how)
    assert.ok(!existsSync(`${path}.lock`), how)
  }
  assert.throws(() => run('throw'))
  assert.equal(await read(path, orders), 5)
})

test('the keeper hears of pages only while stores are kept', async (context) => {
  const before = process.listenerCount('exit')
  const paths = Array.from({ length: 12 }, () => placeFor(context))
  const stores = await Promise.all(paths.map((path) => opened(path)))
  assert.equal(process.listenerCount('exit'), before + 1)
  await Promise.all(stores.map((store) => store.close()))
  assert.equal(process.listenerCount('exit'), before)
})
