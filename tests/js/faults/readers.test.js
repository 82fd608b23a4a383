// A store that is only read follows its owner.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, renameSync, unlinkSync } from 'node:fs'
import { test } from 'node:test'

import { LIMIT, opened, orders, placeFor } from '../durable/place.js'
import { owner as program } from '../place.js'
import { refuses, rejects } from '../shop.js'

const beside = (path, options) => opened(path, { readOnly: true, ...options })

/** Keeps the program alive, which a reader does not. */
function alive(context) {
  const timer = setInterval(() => undefined, 1000)
  context.after(() => clearInterval(timer))
}

test('a subscription of a reader hears what the owner commits', LIMIT, async (context) => {
  alive(context)
  const path = placeFor(context)
  const owner = await opened(path)
  await owner.flush()
  const reader = await beside(path)
  const heard = []
  let told
  const next = () => new Promise((resolve) => (told = resolve))
  reader.subscribe({ metric: 'shop.orders', period: 'day' }, (series) => {
    heard.push(series.at(-1).value)
    told()
  })
  for (let count = 1; count <= 3; count++) {
    owner.increment('shop.orders')
    const hearing = next()
    await owner.flush()
    await hearing
  }
  assert.deepEqual(heard, [1, 2, 3])
  await reader.close()
  await owner.close()
})

test('a reader is at the last commit after refresh, whatever the owner did', async (context) => {
  const path = placeFor(context)
  let owner = await opened(path)
  await owner.flush()
  const reader = await beside(path)
  await reader.sql`SELECT 1`
  const days = Int32Array.from({ length: 60_000 }, (_, at) => at)
  const values = Float64Array.from(days, (day) => day * 1_000_003)
  const steps = [
    () => owner.increment('shop.orders'),
    () => owner.record('shop.visits', 'day', 1, { by: { page: 'home' } }),
    () => owner.record('shop.visits', 'day', null, { by: { page: 'other' } }),
    () => owner.register({ name: 'shop.later' }),
    () => owner.dynamic.record('shop.later', 'day', 4),
    () => owner.delete({ metric: 'shop.visits' }),
    // Long enough that the file is written anew.
    () => owner.metric('shop.visits').at({ page: 'a' }).recordAll('day', values, days),
    () => owner.metric('shop.visits').at({ page: 'b' }).recordAll('day', values, days),
    () => owner.metric('shop.visits').at({ page: 'c' }).recordAll('day', values, days),
    () => owner.increment('shop.orders'),
    async () => {
      await owner.close()
      owner = await opened(path)
    },
    () => owner.increment('shop.orders', 10),
  ]
  for (const step of steps) {
    await step()
    await owner.flush()
    await reader.refresh()
    assert.deepEqual(reader.statistics(), owner.statistics(), String(step))
    assert.deepEqual(reader.metrics, owner.metrics)
    const [{ count }] = await reader.sql`SELECT COUNT(*) AS count FROM statistic_by_date`
    assert.equal(count, reader.statistics({ splitBy: [] }).length)
  }
  assert.equal(orders(reader), 12)
  await reader.close()
  await owner.close()
})

test('a reader in Node follows an owner in Rust', async (context) => {
  const path = placeFor(context)
  await (await opened(path)).close()
  const reader = await beside(path)
  for (let count = 1; count <= 3; count++) {
    execFileSync(program, [path, 'increment', '1'], { stdio: 'pipe' })
    await reader.refresh()
    assert.equal(orders(reader), count)
  }
  await reader.close()
})

test('a write to a reader has a code of its own', async (context) => {
  const path = placeFor(context)
  const owner = await opened(path)
  await owner.flush()
  const reader = await beside(path)
  const visits = reader.metric('shop.visits').at({ page: 'home' })
  for (const write of [
    () => reader.record('shop.orders', 'day', 1),
    () => reader.increment('shop.orders'),
    () => reader.delete({}),
    () => reader.retainDays({}, 1),
    () => reader.batch(() => undefined),
    () => reader.register({ name: 'a.b' }),
    () => visits.record('day', 1, '2026-11-23'),
    () => visits.increment(),
    () => visits.recordAll('day', [1], Int32Array.of(1)),
  ]) {
    refuses('read_only', write, /reading only/)
  }
  for (const write of [
    () => reader.track('shop.orders', 'day', [{ at: 0 }], { time: 'at' }),
    () => reader.trackColumns('shop.orders', 'day', { time: [0] }),
    () =>
      reader.import('metric,period,date,value\nshop.orders,day,2026-11-01,9\n', { format: 'csv' }),
    () => reader.sql`INSERT INTO statistic_by_date (domain, metric, period, date, value)
      VALUES ('shop', 'orders', 'day', '2026-11-02', 8)`,
  ]) {
    await rejects('read_only', write(), /reading only/)
  }
  assert.equal(await reader.flush(), undefined)
  assert.equal(reader.unsaved, 0)
  assert.deepEqual(reader.statistics(), [])
  await reader.close()
  refuses('closed', () => reader.size)
  await owner.close()
})

test('a file that goes away or becomes another is told, and what was read stays', async (context) => {
  const path = placeFor(context)
  const owner = await opened(path)
  owner.increment('shop.orders')
  await owner.close()
  const told = []
  const reader = await beside(path, { onError: ({ code }) => told.push(code) })
  copyFileSync(path, `${path}.copy`)
  unlinkSync(path)
  await rejects('io', reader.refresh(), /not there any more/)
  assert.equal(orders(reader), 1)
  const other = await opened(path, { timeZone: 'Asia/Tokyo' })
  await other.close()
  await rejects('zone_mismatch', reader.refresh())
  assert.equal(orders(reader), 1)
  renameSync(`${path}.copy`, path)
  const again = await opened(path)
  again.increment('shop.orders')
  await again.close()
  await reader.refresh()
  assert.equal(orders(reader), 2)
  await reader.close()
})

test('a program that only reads ends by itself', (context) => {
  const path = placeFor(context)
  const text = `import { open } from 'trackstats'
    const owner = await open('file:${path}')
    await owner.flush()
    const reader = await open('file:${path}', { readOnly: true })
    reader.live((own) => own.size).subscribe(() => undefined)
    await owner.close()`
  execFileSync(process.execPath, ['--input-type=module', '-e', text], {
    cwd: new URL('..', import.meta.url),
    timeout: 60_000,
  })
})
