// The package as npm and the tools of others see it.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

import * as esm from 'trackstats'
import * as slim from 'trackstats/slim'

import { root, tool } from './place.js'

const require = createRequire(import.meta.url)
const folder = dirname(require.resolve('trackstats/package.json'))
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

function run(program, args) {
  try {
    return execFileSync('node', [tool(program), ...args], { encoding: 'utf8' })
  } catch (error) {
    return assert.fail(`${error.stdout}${error.stderr}`)
  }
}

test('publint has nothing to say', () => {
  const said = run('publint/src/cli.js', [folder, '--strict'])
  assert.match(said, /All good/)
})

test('the types are right for every way of resolving that node and bundlers have', () => {
  const tarball = process.env.TRACKSTATS_TARBALL ?? join(root, 'target/npm/trackstats.tgz')
  const said = run('@arethetypeswrong/cli/dist/index.js', [
    tarball,
    '--profile',
    'node16',
    '--no-color',
    '--no-emoji',
    '--exclude-entrypoints',
    './core.wasm',
    './sql.wasm',
    './exchange.wasm',
    './journal.wasm',
  ])
  const [, table] = said.split('┌')
  assert.ok(table !== undefined, said)
  // Every row but that of a way that knows no exports, which is left out.
  const rows = table.split('\n').filter((line) => /^│ (node16|bundler)/.test(line))
  assert.equal(rows.length, 3)
  for (const row of rows) {
    const cells = row.split('│').slice(2, -1)
    assert.ok(cells.length >= 4, row)
    for (const cell of cells) assert.match(cell, /^ OK/, said)
  }
})

test('the package needs no other, and runs no script', () => {
  assert.equal(manifest.dependencies, undefined)
  assert.equal(manifest.scripts, undefined)
  assert.deepEqual(Object.keys(manifest.peerDependencies), ['react'])
  assert.equal(manifest.peerDependenciesMeta.react.optional, true)
})

test('import and require give the same names', () => {
  const names = [
    'Series',
    'TrackstatsError',
    'defineStats',
    'open',
    'recover',
    'snapshotInfo',
    'startOfDay',
    'startOfHour',
  ]
  assert.deepEqual(Object.keys(esm).sort(), names)
  assert.deepEqual(Object.keys(require('trackstats')).sort(), names)
  const ofSlim = [...names, 'configure'].sort()
  assert.deepEqual(Object.keys(slim).sort(), ofSlim)
  assert.deepEqual(Object.keys(require('trackstats/slim')).sort(), ofSlim)
})

test('every file that is exported is there', () => {
  const files = (entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry).flatMap(files)
  for (const path of files(manifest.exports)) readFileSync(join(folder, path))
  assert.ok(readdirSync(folder).includes('LICENSE-MIT'))
  assert.ok(readdirSync(folder).includes('NOTICE'))
})

test('no file of the package names the machine that built it', () => {
  for (const name of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue
    const text = readFileSync(join(name.parentPath ?? name.path, name.name), 'latin1')
    const found = /\/(home|root|Users)\/.{0,40}/.exec(text)?.[0]
    assert.equal(found, undefined, name.name)
    assert.ok(!text.includes(root), name.name)
  }
})
