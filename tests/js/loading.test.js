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

test('the core loads by import', async () => {
  assert.equal(await trackstats.today(3 * 86_400), 3)
})

test('the core loads by require', async () => {
  assert.equal(await require('trackstats').today(3 * 86_400), 3)
})

test('the core loads in a worker', async () => {
  const script = `
    const { parentPort } = require('node:worker_threads')
    require('trackstats').today(86_400).then((day) => parentPort.postMessage(day))`
  const worker = new Worker(script, { eval: true })
  const day = await new Promise((resolve, reject) =>
    worker.on('message', resolve).on('error', reject),
  )
  await worker.terminate()
  assert.equal(day, 1)
})

test('SQL loads by import and by require', async () => {
  const statement = 'SELECT * FROM metric'
  assert.deepEqual(await trackstats.counts(statement), [0])
  assert.deepEqual(await require('trackstats').counts(statement), [0])
})

test('an instance that trapped leaves the next one as new', async () => {
  const deep = `SELECT ${'('.repeat(100_000)}1`
  await assert.rejects(trackstats.counts(deep))
  assert.deepEqual(await trackstats.counts('SELECT * FROM metric'), [0])
})

test('slim says what to call, then takes the bytes, and tries again after a failure', async () => {
  await assert.rejects(slim.today(0), { name: 'TrackstatsError', code: 'io', message: /call `use/ })
  slim.use({ core: new Uint8Array([0, 1, 2]) })
  await assert.rejects(slim.today(0), { code: 'io', message: /cannot be loaded/ })
  slim.use({
    core: () => new WebAssembly.Module(file('core.wasm')),
    sql: async () => new Response(file('sql.wasm')),
  })
  assert.equal(await slim.today(86_400), 1)
  assert.deepEqual(await slim.counts('SELECT * FROM metric'), [0])
})

test('the message of a content security policy becomes the directive to add', async (context) => {
  const { today, use } = await import('trackstats/slim?blocked')
  use({ core: file('core.wasm') })
  context.mock.method(WebAssembly, 'compile', async () => {
    throw new WebAssembly.CompileError(
      "WebAssembly.compile(): violates the following Content Security Policy directive: script-src 'self'",
    )
  })
  await assert.rejects(today(0), { code: 'io', message: /'wasm-unsafe-eval' to its script-src/ })
})
