// The declarations of the package, as TypeScript reads them from the installed tarball.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'

import { tool } from './place.js'

const types = fileURLToPath(new URL('types/', import.meta.url))

for (const project of ['tsconfig.json', 'tsconfig.node16.json']) {
  test(`what is right compiles and what is wrong does not, by ${project}`, () => {
    compile(project)
  })
}

/** Compiles a project; fails with what the compiler says. */
function compile(project) {
  try {
    execFileSync('node', [tool('typescript/bin/tsc'), '--project', project], { cwd: types })
  } catch (error) {
    assert.fail(String(error.stdout))
  }
}

test('what must not compile says why', () => {
  let count = 0
  for (const file of readdirSync(types)) {
    for (const line of readFileSync(types + file, 'utf8').split('\n')) {
      if (!line.includes('@ts-expect-error')) continue
      count++
      assert.match(line, /\/\/ @ts-expect-error [a-z]/, `${file}: ${line}`)
    }
  }
  assert.ok(count > 50)
})
