// What the package looks like to those who meet its files: in a stack, by `require`, and in its folder.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'

import { root } from '../place.js'

const require = createRequire(import.meta.url)
const folder = dirname(require.resolve('trackstats/package.json'))
const here = dirname(fileURLToPath(import.meta.url))

const CALLS = `
const store = await open('memory:', { stats: defineStats({ shop: { metrics: { orders: 'Orders' } } }) })
function whatICalled() {
  store.record('shop.orders', 'day', 0.5)
}
whatICalled()
`

for (const [kind, program] of [
  ['import', `import { defineStats, open } from 'trackstats'\n${CALLS}`],
  ['require', `const { defineStats, open } = require('trackstats')\n;(async () => {${CALLS}})()`],
  [
    'a rejection',
    `import { open } from 'trackstats'\nconst store = await open('memory:')\nawait store.sql('SELEKT 1')`,
  ],
  [
    'a handle',
    `import { open } from 'trackstats'\nconst store = await open('memory:')
    store.register({ name: 'a.b' }).at(5)`,
  ],
]) {
  test(`an error that nobody caught prints a short stack with names: ${kind}`, () => {
    const file = join(here, `uncaught.${kind === 'require' ? 'cjs' : 'mjs'}`)
    writeFileSync(file, program)
    try {
      const { status, stderr } = spawnSync('node', [file], { encoding: 'utf8' })
      assert.equal(status, 1, stderr)
      assert.ok(stderr.length < 4000, `${stderr.length} characters`)
      for (const line of stderr.split('\n')) assert.ok(line.length <= 500, line)
      const said = /^TrackstatsError: .+$/m.exec(stderr)?.[0]
      assert.ok(said !== undefined, stderr)
      assert.match(stderr, /code: '[a-z_]+'/)
      const names = {
        'a rejection': /sql/i,
        'a handle': /at Metric\.at /,
        import: /at Store\.record /,
      }
      assert.match(stderr, names[kind] ?? names.import)
      if (kind === 'import' || kind === 'require') assert.match(stderr, /at whatICalled /)
    } finally {
      rmSync(file)
    }
  })
}

test('no line of the package is long but the texts of its modules', () => {
  for (const name of ['index.js', 'index.cjs', 'slim.js', 'slim.cjs', 'storage.cjs', 'files.cjs']) {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n')
    const long = lines.filter((line) => line.length > 500)
    // A module is three texts, each a line of its own: no statement of ours stands beside it.
    assert.ok(long.length <= 3, `${name}: ${long.length} long lines`)
    for (const line of long) assert.ok(!/\bthrow\b|\bfunction\b/.test(line.slice(0, 200)), name)
  }
})

test('everything works where nothing is imported and what writes UTF-8 is missing', async () => {
  // As Jest with jsdom: CommonJS in a realm of its own, without `import()` and without `TextEncoder`.
  const context = vm.createContext({
    process,
    setTimeout,
    performance,
    queueMicrotask,
    console,
    URL,
    crypto,
    clearTimeout,
    setInterval,
    clearInterval,
  })
  const loaded = new Map()
  const load = (name) => {
    const path = join(folder, name)
    if (!loaded.has(path)) {
      const module = { exports: {} }
      loaded.set(path, module)
      const text = `(function (module, exports, require) {${readFileSync(path, 'utf8')}\n})`
      vm.runInContext(text, context, { filename: path })(module, module.exports, load)
    }
    return loaded.get(path).exports
  }
  const { defineStats, open } = load('./index.cjs')
  const scratch = mkdtempSync(join(tmpdir(), 'trackstats-'))
  try {
    const address = `file:${join(scratch, 'shop.stats')}`
    const stats = defineStats({ shop: { metrics: { orders: 'Orders', visits: { by: 'page' } } } })
    const store = await open(address, { stats })
    const date = '2026-11-23'
    store.record('shop.visits', 'day', 3, { by: { page: 'Zürich 😀' }, date })
    await store.track('shop.orders', 'day', [{ at: date }], { time: 'at' })
    const rows = await store.sql`SELECT value FROM statistic_by_date WHERE metric = ${'orders'}`
    assert.equal(rows[0].value, 1)
    const text = await store.export({ format: 'csv' })
    assert.match(text, /Zürich 😀/)
    const copy = await open('memory:', { stats, snapshot: store.snapshot() })
    assert.equal((await copy.import(text, { format: 'csv' })).unchanged, 2)
    assert.equal((await copy.import(Buffer.from(text), { format: 'csv' })).unchanged, 2)
    const other = await open('memory:', { stats, snapshot: Buffer.from(copy.snapshot()) })
    assert.equal(other.size, 2)
    await store.close()
    const again = await open(address, { stats })
    assert.equal(again.value('shop.visits', 'day', { by: { page: 'Zürich 😀' }, date }), 3)
    await Promise.all([copy.close(), other.close(), again.close()])
  } finally {
    rmSync(scratch, { recursive: true })
  }
})

test('licences, notice, readme and changes come along', () => {
  for (const name of ['LICENSE-APACHE', 'LICENSE-MIT', 'NOTICE', 'CHANGELOG.md']) {
    const text = readFileSync(join(folder, name), 'utf8')
    assert.equal(text, readFileSync(join(root, name), 'utf8'), name)
  }
  assert.ok(readFileSync(join(folder, 'README.md'), 'utf8').startsWith('# trackstats'))
})
