// One store for one file within a process, however often it is opened.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { test } from 'node:test'

import { open } from 'trackstats'

import { NOW, opened, placeFor, read, stats } from '../durable/place.js'
import { rejects } from '../shop.js'

test('one process has one store of a file, which ends when all have closed it', async (context) => {
  const path = placeFor(context)
  const address = `file:${path}`
  const [one, two] = await Promise.all([open(address, { stats }), open(address, { stats })])
  const linked = `${path}.link`
  symlinkSync(path, linked)
  const three = await open(`file:${linked}`, { stats, wait: 5 })
  const seen = []
  one.subscribe({ metric: 'shop.orders', period: 'day' }, () => seen.push('one'))
  three.subscribe({ metric: 'shop.orders', period: 'day' }, () => seen.push('three'))
  two.increment('shop.orders', 3)
  assert.equal(one.value('shop.orders', 'day'), 3)
  await undefined
  assert.deepEqual(seen, ['one', 'three'])
  await one.close()
  await one.close()
  assert.throws(() => one.increment('shop.orders'), { code: 'closed' })
  // What was recorded is on the disk when one of them has closed.
  assert.equal(await read(path, (store) => store.total('shop.orders', 'day').sum), 3)
  seen.length = 0
  two.increment('shop.orders', 4)
  await undefined
  assert.deepEqual(seen, ['three'])
  await two.close()
  assert.ok(existsSync(`${path}.lock`))
  three.increment('shop.orders', 5)
  await three.close()
  assert.ok(!existsSync(`${path}.lock`))
  assert.equal(await read(path, (store) => store.total('shop.orders', 'day').sum), 12)
  const again = await open(address, { stats })
  assert.equal(again.total('shop.orders', 'day').sum, 12)
  // Who comes while it is being closed has it afterwards.
  const closing = again.close()
  const next = await open(address, { stats })
  await closing
  next.increment('shop.orders')
  await next.close()
})

test('a store that is open with other options is in use, and says which', async (context) => {
  const path = placeFor(context)
  const store = await opened(path, { now: Date.now, timeZone: 'Europe/Amsterdam' })
  const own = new RegExp(`by the process ${process.pid}, this one`)
  for (const [name, options] of [
    ['now', { now: () => NOW }],
    ['bigint', { now: Date.now, bigint: true }],
    ['timeZone', { now: Date.now, timeZone: 'Asia/Tokyo' }],
    ['snapshot', { now: Date.now, snapshot: store.snapshot() }],
  ]) {
    await rejects('in_use', opened(path, options), own)
    await rejects('in_use', opened(path, options), new RegExp(`'${name}'`))
  }
  const same = await opened(path, { now: Date.now })
  assert.equal(same.timeZone, 'Europe/Amsterdam')
  await same.close()
  await store.close()
  assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
})

test('a module that is evaluated twice has the store that the first one opened', async (context) => {
  const path = placeFor(context)
  const entry = import.meta.resolve('trackstats')
  const [first, second] = await Promise.all([import(`${entry}?1`), import(`${entry}?2`)])
  assert.notEqual(first.open, second.open)
  const one = await first.open(`file:${path}`, { stats })
  const two = await second.open(`file:${path}`, { stats })
  one.increment('shop.orders')
  two.increment('shop.orders', 2)
  assert.equal(one.total('shop.orders', 'day').sum, 3)
  await one.close()
  assert.equal(two.total('shop.orders', 'day').sum, 3)
  await two.close()
  assert.equal(await read(path, (store) => store.total('shop.orders', 'day').sum), 3)
})

test('an open that fails leaves no lock and nothing to join', async (context) => {
  const path = placeFor(context)
  writeFileSync(path, 'no store')
  for (let time = 0; time < 2; time++) await rejects('corrupt', opened(path), /a text/)
  assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
  renameSync(path, `${path}.old`)
  await (await opened(path)).close()
})
