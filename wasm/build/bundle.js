// Bundles the TypeScript into the files of the package.
// Called as `bundle.js <js> <generated> <package>`.

import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import { tool } from './tool.js'

const [js, generated, into] = process.argv.slice(2)
const { build } = tool('esbuild')
const { minify } = tool('terser')

/** A file of the package, which the others import and do not contain. */
const own = /\/((later|sql|exchange|journal)(-given|-workerd)?|storage|files)\.js$/

/** Resolves what the sources import from the build, and leaves alone what is a file of its own. */
function inputs(source, extension) {
  return {
    name: 'inputs',
    setup({ onResolve }) {
      onResolve({ filter: /^#source$/ }, () => ({ path: join(js, 'source', `${source}.ts`) }))
      onResolve({ filter: /^#generated\// }, ({ path }) => ({
        path: join(generated, `${path.slice('#generated/'.length)}.js`),
        sideEffects: false,
      }))
      onResolve({ filter: /^#.*\.wasm$/ }, ({ path }) => file(path.slice(1)))
      onResolve({ filter: own }, ({ path, kind, importer }) =>
        kind === 'dynamic-import' || basename(importer) === 'whole.ts'
          ? file(basename(path))
          : undefined,
      )
      onResolve({ filter: /^\.\/index\.js$/ }, ({ importer }) =>
        /^(react|whole)\.ts$/.test(basename(importer)) ? file(`index.${extension}`) : undefined,
      )
    },
  }
}

const file = (name) => ({ path: `./${name}`, external: true })

async function bundle(entry, name, source, format) {
  const extension = format === 'cjs' ? 'cjs' : 'js'
  const { outputFiles } = await build({
    entryPoints: [join(js, `${entry}.ts`)],
    bundle: true,
    write: false,
    minify: true,
    format,
    target: 'es2022',
    // The bytes are ASCII already; a page may serve the rest in any encoding.
    charset: 'ascii',
    legalComments: 'none',
    // Not `require`: what a file of ours imports later is an ES module.
    supported: { 'dynamic-import': true },
    external: ['react'],
    plugins: [inputs(source, extension)],
    tsconfigRaw: {},
    logLevel: 'warning',
  })
  // Once more: it drops what the first only shortens, two hundredths.
  const { code } = await minify(outputFiles[0].text, {
    module: format === 'esm',
    toplevel: true,
    ecma: 2022,
    compress: { passes: 3 },
    format: { ascii_only: true },
  })
  writeFileSync(join(into, `${name}.${extension}`), `${code}\n`)
}

await Promise.all([
  bundle('index', 'index', 'embedded', 'esm'),
  bundle('index', 'index', 'embedded', 'cjs'),
  bundle('index', 'workerd', 'workerd', 'esm'),
  bundle('slim', 'slim', 'given', 'esm'),
  bundle('slim', 'slim', 'given', 'cjs'),
  bundle('whole', 'whole', 'embedded', 'esm'),
  bundle('react', 'react', 'embedded', 'esm'),
  bundle('react', 'react', 'embedded', 'cjs'),
  bundle('storage', 'storage', 'embedded', 'esm'),
  bundle('files', 'files', 'embedded', 'esm'),
  bundle('later', 'later', 'embedded', 'esm'),
  bundle('later-workerd', 'later-workerd', 'workerd', 'esm'),
  ...['sql', 'exchange', 'journal'].flatMap((name) => [
    bundle(name, name, 'embedded', 'esm'),
    bundle(`${name}-given`, `${name}-given`, 'given', 'esm'),
    bundle(`${name}-workerd`, `${name}-workerd`, 'workerd', 'esm'),
  ]),
])
