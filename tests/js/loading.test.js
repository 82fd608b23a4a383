// How the package loads: the core from inside the JavaScript, SQL by import.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'

import * as trackstats from 'trackstats'
import * as slim from 'trackstats/slim'

const require = createRequire(import.meta.url)
const file = (name) => readFileSync(require.resolve(`trackstats/${name}`))

test('the core loads by import and by require', async () => {
  for (const { open } of [trackstats, require('trackstats')]) {
    const store = await open('memory:')
    await store.close()
  }
})

test('the core loads in a worker', async () => {
  const script = `
    const { parentPort } = require('node:worker_threads')
    require('trackstats').open('memory:').then(() => parentPort.postMessage('opened'))`
  const worker = new Worker(script, { eval: true })
  const message = await new Promise((resolve, reject) =>
    worker.on('message', resolve).on('error', reject),
  )
  await worker.terminate()
  assert.equal(message, 'opened')
})

test('SQL loads by import and by require', async () => {
  for (const { open } of [trackstats, require('trackstats')]) {
    const store = await open('memory:')
    assert.equal((await store.sql`SELECT * FROM metric`).length, 0)
    await store.close()
  }
})

test('slim says what to call, then takes the bytes, and tries again after a failure', async (context) => {
  const failed = { name: 'TrackstatsError', code: 'io' }
  await assert.rejects(slim.open('memory:'), { ...failed, message: /call `configure/ })
  slim.configure({ core: new Uint8Array([0, 1, 2]) })
  await assert.rejects(slim.open('memory:'), { ...failed, message: /cannot be loaded/ })
  const { mock } = context.mock.method(WebAssembly, 'compile', async () => {
    throw new WebAssembly.CompileError(
      "violates the following Content Security Policy directive: script-src 'self'",
    )
  })
  await assert.rejects(slim.open('memory:'), {
    ...failed,
    message: /'wasm-unsafe-eval' to its script-src/,
  })
  mock.restore()
  slim.configure({
    core: () => new WebAssembly.Module(file('core.wasm')),
    sql: async () => new Response(file('sql.wasm')),
  })
  const store = await slim.open('memory:')
  assert.equal((await store.sql`SELECT * FROM metric`).length, 0)
  await store.close()
})
