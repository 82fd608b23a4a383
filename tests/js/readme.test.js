// Every block of JavaScript in the README of the package runs, and shows what it says.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { format, inspect } from 'node:util'

const require = createRequire(import.meta.url)
const readme = readFileSync(
  join(dirname(require.resolve('trackstats/package.json')), 'README.md'),
  'utf8',
)
const blocks = [...readme.matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code)
const shown = /^console\.log\((.*)\) \/\/ (.*)$/

// The blocks are parts of one program; a line that shows something hands it to the test instead.
const program = blocks
  .join('\n')
  .split('\n')
  .map((line) => {
    const found = shown.exec(line)
    return found === null
      ? line
      : `globalThis.shown.push([${JSON.stringify(found[2])}, [${found[1]}]])`
  })
  .join('\n')

test('the README shows what its program prints', async () => {
  globalThis.shown = []
  globalThis.document = {}
  const file = join(dirname(fileURLToPath(import.meta.url)), 'readme-program.js')
  writeFileSync(file, program)
  try {
    await import(pathToFileURL(file))
  } finally {
    rmSync(file)
  }
  assert.ok(blocks.length > 8, 'the blocks were found')
  assert.ok(globalThis.shown.length > 15, 'the shown lines were found')
  for (const [expected, values] of globalThis.shown) {
    const printed = values.map((value) =>
      typeof value === 'string' ? format(value) : inspect(value, { breakLength: Infinity }),
    )
    assert.equal(printed.join(' '), expected)
  }
})
