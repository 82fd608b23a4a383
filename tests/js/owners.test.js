// Who has the file of a store: one at a time, and nobody who was killed.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'

import { counting, killed } from './durable/kills.js'
import { opened, orders, placeFor, read } from './durable/place.js'
import { owner } from './place.js'
import { rejects } from './shop.js'

test('another process is refused, and the lock of one that was killed is taken over', async (context) => {
  const path = placeFor(context)
  const program = await counting(path, '20')
  await rejects('in_use', opened(path), new RegExp(`by the process ${program.child.pid}`))
  await program.kill()
  assert.ok(readdirSync(dirname(path)).includes('shop.stats.lock'))
  const store = await opened(path)
  assert.ok((orders(store) ?? 0) >= program.acknowledged())
  await rejects('in_use', opened(path), new RegExp(`by the process ${process.pid}`))
  await store.close()
  assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
})

test('a program that is killed at any time has lost nothing that it acknowledged', async (context) => {
  const { commits, inRust } = await killed(placeFor(context), 6, 1)
  assert.ok(commits > 6 && inRust > 0, `${commits} commits, ${inRust} times opened by Rust`)
})

test('of many who take over the lock of a killed owner, one has it', async (context) => {
  const path = placeFor(context)
  const program = await counting(path, '20')
  await program.kill()
  const script = `
    const { workerData, parentPort } = require('node:worker_threads')
    require('trackstats').open('file:' + workerData).then(
      (store) => parentPort.on('message', () => store.close().then(() => parentPort.close())).postMessage('has it'),
      (error) => parentPort.postMessage(error.code),
    )`
  const workers = Array.from(
    { length: 6 },
    () => new Worker(script, { eval: true, workerData: path }),
  )
  const said = await Promise.all(
    workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))),
  )
  assert.deepEqual(said.sort(), ['has it', ...Array(5).fill('in_use')])
  for (const worker of workers) worker.postMessage('close')
  await Promise.all(
    workers.map(
      (worker) => new Promise((resolve) => setTimeout(() => worker.terminate().then(resolve), 200)),
    ),
  )
  const store = await opened(path)
  await store.close()
  assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
})

test('a lock that names nobody is taken over', async (context) => {
  const path = placeFor(context)
  await (await opened(path)).close()
  for (const text of ['', 'something else\n', `node ${process.pid} 1 - 0123456789abcdef\n`]) {
    writeFileSync(`${path}.lock`, text)
    await (await opened(path)).close()
    assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
  }
})

test('Rust and Node have a file one after the other, and never together', async (context) => {
  const path = placeFor(context)
  const rust = (...args) => execFileSync(owner, [path, ...args], { encoding: 'utf8' }).trim()
  assert.equal(rust('increment', '3'), '3')
  let store = await opened(path)
  assert.equal(orders(store), 3)
  assert.equal(rust('increment', '1'), 'in_use')
  assert.equal(rust('read'), '3')
  store.increment('shop.orders', 4)
  await store.close()
  assert.equal(rust('increment', '5'), '12')

  const child = spawn(owner, [path, 'hold'], { stdio: ['pipe', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  await rejects('in_use', opened(path), new RegExp(`by the process ${child.pid}`))
  assert.equal(await read(path, orders), 12)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.on('close', resolve))
  store = await opened(path)
  assert.equal(orders(store), 12)
  await store.close()

  const program = await counting(path, '20')
  assert.equal(rust('increment', '1'), 'in_use')
  await program.kill()
  assert.ok(Number(rust('increment', '1')) > program.acknowledged())
})

test('Rust and Node write the same bytes', async (context) => {
  const [ours, theirs] = [placeFor(context), placeFor(context)]
  context.mock.method(crypto, 'getRandomValues', (bytes) => bytes.fill(7))
  const store = await opened(ours)
  context.mock.restoreAll()
  await store.flush()
  for (let count = 1; count <= 300; count++) {
    store.increment('shop.orders')
    store.record('shop.visits', 'week', count, { by: { page: `page ${count % 10}` } })
    await store.flush()
  }
  const bytes = () => [readFileSync(ours), readFileSync(theirs)]
  execFileSync(owner, [theirs, 'same', '300', 'open'])
  assert.deepEqual(...bytes())
  await store.close()
  execFileSync(owner, [theirs, 'close'])
  assert.deepEqual(...bytes())
})
