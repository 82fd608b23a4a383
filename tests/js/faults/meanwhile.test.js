// What others do to a file while its owner writes it is noticed, and what an owner ends is whole.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { failing } from '../durable/faults.js'
import { opened, placeFor } from '../durable/place.js'
import { rejects } from '../shop.js'

const ENDINGS = fileURLToPath(new URL('../durable/endings.js', import.meta.url))
const isLinux = process.platform === 'linux'

/** Has something happen right before an act of the file system, once. */
function before(context, names, happens) {
  let isOver = false
  for (const name of names) {
    const real = fs[name]
    context.mock.method(fs, name, (...args) => {
      if (!isOver) happens()
      isOver = true
      return real.call(fs, ...args)
    })
  }
}

test('an owner notices that its lock names another one', { skip: !isLinux }, async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  store.increment('shop.orders')
  await store.flush()
  const lock = fs.readFileSync(`${path}.lock`, 'utf8')
  const [line, beat] = lock.split('\n')
  // Written in its place, as by another host: the name is the same.
  fs.writeFileSync(`${path}.lock`, `${line.replace(/\S{16}$/, '00000000000000aa')}\n${beat}\n`)
  const now = performance.now()
  context.mock.method(performance, 'now', () => now + 5000)
  store.increment('shop.orders')
  await rejects('in_use', store.flush(), /lock/)
  fs.writeFileSync(`${path}.lock`, lock)
  await store.flush()
  await store.close()
})

test('a file that loses its name while it is waited for is missed', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  store.increment('shop.orders')
  await store.flush()
  store.increment('shop.orders')
  before(context, ['fdatasync', 'fdatasyncSync'], () => fs.unlinkSync(path))
  await rejects('io', store.flush(), /not there any more/)
  context.mock.restoreAll()
  await rejects('io', store.close())
})

test('a new store takes the place of no file that came meanwhile', async (context) => {
  const path = placeFor(context)
  before(context, ['fsync', 'fsyncSync'], () => fs.writeFileSync(path, 'of somebody else'))
  await rejects('io', opened(path), /another file has its name/)
  assert.equal(fs.readFileSync(path, 'utf8'), 'of somebody else')
})

test('a program that ends says in both slots that its file is closed', (context) => {
  const path = placeFor(context)
  const { status, stderr } = spawnSync(process.execPath, [ENDINGS, path, 'on exit'], {
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  const bytes = fs.readFileSync(path)
  assert.deepEqual([bytes[9], bytes[512 + 9]], [1, 1])
})

test('a disk that has no room, and one on which one may have no more, are storage that is full', async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  for (const code of ['ENOSPC', 'EDQUOT']) {
    await failing({ first: 1, count: Infinity, code }, async () => {
      store.increment('shop.orders')
      await rejects('storage_full', store.flush(), new RegExp(code))
    })
    await store.flush()
  }
  await store.close()
})
