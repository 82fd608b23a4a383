// Bundles the TypeScript into the files of the package.
// Called as `bundle.js <js> <generated> <package>`.

import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { tool } from './tool.js'

const [js, generated, into] = process.argv.slice(2)
const { build } = tool('esbuild')
const { minify } = tool('terser')

/** A file of the package, which the others import and do not contain. */
const own = /\/((later|sql|exchange|journal)(-given|-workerd)?|storage|files|zones|work)\.js$/

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
        kind === 'dynamic-import' || basename(importer) === 'standalone.ts'
          ? file(`${basename(path, '.js')}.${extension}`)
          : undefined,
      )
      onResolve({ filter: /^\.\/index\.js$/ }, ({ importer }) =>
        /^(react|standalone)\.ts$/.test(basename(importer))
          ? file(`index.${extension}`)
          : undefined,
      )
    },
  }
}

/** What `base.ts` gives to `work.ts`, and the files that it is from. */
const base = readFileSync(join(js, 'base.ts'), 'utf8')
const shared = /export const base\b.* = \{([^}]*)\}/.exec(base)[1]
const homes = new Set(Array.from(base.matchAll(/ from '\.\/(.*)\.js'/g), ([, home]) => home))

/**
 * Has `work.ts` take from the base what is there once only. The file exports a function of what the base gives,
 * since a file that imported the base would have to know its name, which bundlers change.
 */
const fromBase = {
  name: 'base',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\// }, ({ path }) =>
      homes.has(basename(path, '.js'))
        ? { path, namespace: 'base', sideEffects: false }
        : undefined,
    )
    onLoad({ filter: /./, namespace: 'base' }, () => ({
      contents: `export const {${shared}} = BASE`,
    }))
  },
}

/** How such a file begins and ends, around what gives its exports the name WORK. */
const HEAD = { esm: 'export default (BASE) => {', cjs: 'module.exports = (BASE) => {' }
const FOOT = 'return WORK }'

/** The classes that a caller meets in a stack: the bundler leaves the names of classes away. */
const NAMED = 'TrackstatsError|Store|Reading|Metric|Series'

const file = (name) => ({ path: `./${name}`, external: true })

async function bundle(entry, name, source, format) {
  const extension = format === 'cjs' ? 'cjs' : 'js'
  const isWork = entry === 'work'
  const { outputFiles } = await build({
    entryPoints: [join(js, `${entry}.ts`)],
    bundle: true,
    write: false,
    minifySyntax: true,
    minifyWhitespace: true,
    format: isWork ? 'iife' : format,
    ...(isWork && { globalName: 'WORK', banner: { js: HEAD[format] }, footer: { js: FOOT } }),
    target: 'es2022',
    // The bytes are ASCII already; a page may serve the rest in any encoding.
    charset: 'ascii',
    legalComments: 'none',
    // Jest has no `import()` in CommonJS, so that what is imported later is required there.
    supported: { 'dynamic-import': format === 'esm' },
    inject: format === 'cjs' ? [fileURLToPath(new URL('text.js', import.meta.url))] : [],
    external: ['react'],
    plugins: [...(isWork ? [fromBase] : []), inputs(source, extension)],
    tsconfigRaw: {},
    logLevel: 'warning',
  })
  const named = outputFiles[0].text
    .replace(new RegExp(`\\b_(${NAMED})\\b`, 'g'), '$1')
    .replace(new RegExp(`\\b(${NAMED})=class(?= extends\\b|\\{)`, 'g'), '$1=class $1')
  // Once more: it drops what the first only shortens, two hundredths.
  const { code } = await minify(named, {
    module: format === 'esm',
    toplevel: true,
    ecma: 2022,
    compress: { passes: 3 },
    // Node prints the line of an error that nobody caught, and the names of what was called.
    keep_classnames: new RegExp(`^(${NAMED})$`),
    format: { ascii_only: true, max_line_len: 400 },
  })
  writeFileSync(join(into, `${name}.${extension}`), `${code}\n`)
}

await Promise.all([
  bundle('index', 'index', 'embedded', 'esm'),
  bundle('index', 'index', 'embedded', 'cjs'),
  bundle('index', 'workerd', 'workerd', 'esm'),
  bundle('slim', 'slim', 'given', 'esm'),
  bundle('slim', 'slim', 'given', 'cjs'),
  bundle('standalone', 'standalone', 'embedded', 'esm'),
  bundle('react', 'react', 'embedded', 'esm'),
  bundle('react', 'react', 'embedded', 'cjs'),
  ...['storage', 'files', 'zones', 'later', 'work'].flatMap((name) => [
    bundle(name, name, 'embedded', 'esm'),
    bundle(name, name, 'embedded', 'cjs'),
  ]),
  bundle('later-workerd', 'later-workerd', 'workerd', 'esm'),
  ...['sql', 'exchange', 'journal'].flatMap((name) => [
    bundle(name, name, 'embedded', 'esm'),
    bundle(name, name, 'embedded', 'cjs'),
    bundle(`${name}-given`, `${name}-given`, 'given', 'esm'),
    bundle(`${name}-given`, `${name}-given`, 'given', 'cjs'),
    bundle(`${name}-workerd`, `${name}-workerd`, 'workerd', 'esm'),
  ]),
])
