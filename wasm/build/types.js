// Copies the declarations that the public ones lead to, for `import` and for `require`.
// Called as `types.js <declarations> <package>`.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { fail } from './tool.js'

const [declarations, into] = process.argv.slice(2)

/** What follows `from`, or stands in `import('…')`. */
const specifiers = /(\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"]+)\2/g

/** An import for what it does, which says nothing of types. */
const bare = /^import (['"])[^'"]+\1;?\n/gm

const seen = new Set()

function copy(name) {
  if (seen.has(name)) return
  seen.add(name)
  const text = readFileSync(join(declarations, `${name}.d.ts`), 'utf8').replace(bare, '')
  const required = text.replace(specifiers, (whole, before, quote, specifier) => {
    if (specifier.startsWith('#')) {
      fail(`${name}.ts: a public type names ${specifier}, which is not part of the package`)
    }
    if (!specifier.startsWith('.')) return whole
    copy(join(dirname(name), specifier.replace(/\.js$/, '')))
    return before + quote + specifier.replace(/\.js$/, '.cjs') + quote
  })
  const target = join(into, 'types', name)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(`${target}.d.ts`, text)
  writeFileSync(`${target}.d.cts`, required)
}

for (const entry of ['index', 'standalone', 'slim', 'react']) copy(entry)
