// Writes the manifest of the package. Called as `manifest.js <package> <version>`.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [into, version] = process.argv.slice(2)

const both = (name) => ({
  import: { types: `./types/${name}.d.ts`, default: `./${name}.js` },
  require: { types: `./types/${name}.d.cts`, default: `./${name}.cjs` },
})

const index = both('index')

const manifest = {
  name: 'trackstats',
  version,
  description: 'The statistics store that every app can carry inside it',
  keywords: ['statistics', 'metrics', 'time-series', 'analytics', 'sql', 'wasm'],
  license: 'MIT OR Apache-2.0',
  type: 'module',
  // A bundler keeps an import of these whose exports nobody names.
  sideEffects: [
    './standalone.js',
    './later.js',
    './sql.js',
    './exchange.js',
    './journal.js',
    './storage.js',
    './zones.js',
    './files.js',
    './work.js',
  ],
  engines: { node: '>=20' },
  main: './index.cjs',
  module: './index.js',
  types: './types/index.d.cts',
  exports: {
    '.': {
      workerd: { types: './types/index.d.ts', default: './workerd.js' },
      ...index,
    },
    // Node needs no such form, and `require` cannot load what it imports.
    './standalone': {
      import: { types: './types/standalone.d.ts', default: './standalone.js' },
      require: index.require,
    },
    './slim': both('slim'),
    './react': both('react'),
    './core.wasm': './core.wasm',
    './sql.wasm': './sql.wasm',
    './exchange.wasm': './exchange.wasm',
    './journal.wasm': './journal.wasm',
    './package.json': './package.json',
  },
  peerDependencies: { react: '>=18' },
  peerDependenciesMeta: { react: { optional: true } },
}

writeFileSync(join(into, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
