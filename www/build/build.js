// Builds the page: bundles, styles, the list of files for offline use, and their brotli forms.
// Called as `build.js <packages> <site>`: the folder with `node_modules`, and where the page is written.

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join, resolve } from 'node:path'

import { write } from './write.js'

const [packages, site] = process.argv.slice(2).map((folder) => resolve(folder))
const sources = resolve(import.meta.dirname, '..')
const { build } = createRequire(join(packages, 'package.json'))('esbuild')

/** What every bundle has in common. */
const shared = {
  absWorkingDir: sources,
  outdir: site,
  bundle: true,
  write: false,
  metafile: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  // The package that is shown, and below it the tools.
  nodePaths: ['node_modules', '../node_modules'].map((folder) => join(packages, folder)),
  logLevel: 'warning',
}

/** The files of the site by name. */
const files = new Map()

/** Bundles entries; resolves to the name of the file that each became, and to all that it needs. */
async function bundle(entries, options) {
  const { outputFiles, metafile } = await build({ ...shared, entryPoints: entries, ...options })
  for (const { path, contents } of outputFiles) files.set(basename(path), Buffer.from(contents))
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output])
  const named = new Map(
    outputs
      .filter(([, { entryPoint }]) => entries.includes(entryPoint))
      .map(([name, { entryPoint }]) => [entryPoint, name]),
  )
  return { named, outputs: new Map(outputs) }
}

const reader = await bundle(['src/bring/worker.js'], { entryNames: 'reader-[hash]' })
const worker = reader.named.get('src/bring/worker.js')
const page = await bundle(['src/page.js'], {
  splitting: true,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  define: { READER: JSON.stringify(`/${worker}`) },
})
const style = await bundle(['style/page.css'], { entryNames: '[name]-[hash]' })
const script = page.named.get('src/page.js')

/** What the first chart needs beside the entry: static imports, and the parts of the package that keep. */
function needed(name, seen = new Set()) {
  for (const { path, kind } of page.outputs.get(name).imports) {
    const file = basename(path)
    const isKeeping = /^(storage|later)-/.test(file)
    if (seen.has(file) || !(kind === 'import-statement' || isKeeping)) continue
    seen.add(file)
    needed(file, seen)
  }
  return seen
}
const first = [...needed(script)]

for (const name of ['icon.svg', 'manifest.webmanifest']) {
  files.set(name, await readFile(join(sources, name)))
}
/** What takes a person's own files, of which the first may come when there is no network. */
const bringing = [...page.outputs.keys()].find((name) => name.startsWith('bringing-'))
const own = [bringing, ...needed(bringing), worker].filter((name) => !first.includes(name))
/** What is kept for offline use at once; the rest is kept when it is first used. */
const kept = ['', ...first, script, ...own, style.named.get('style/page.css')]
kept.push('icon.svg', 'manifest.webmanifest')
const version = createHash('sha256')
version.update(await readFile(join(sources, 'index.html')))
for (const [name, bytes] of files) version.update(name).update(bytes)
const offline = await bundle(['src/offline.js'], {
  entryNames: '[name]',
  format: 'iife',
  define: {
    KEPT: JSON.stringify(kept.map((name) => `/${name}`)),
    VERSION: JSON.stringify(version.digest('hex').slice(0, 12)),
  },
})
if (offline.named.size !== 1) throw new Error('the worker for offline use was not built')

// The page itself comes last: it tells what the module for SQL costs.
const sizes = await write(site, files, ['index.html'])
const sql = [...sizes.keys()].filter((name) => /^(sql|later)-/.test(name))
const cost = sql.reduce((sum, name) => sum + sizes.get(name), 0)
const html = await readFile(join(sources, 'index.html'), 'utf8')
const links = first.map((name) => `<link rel="modulepreload" href="/${name}" />`)
const early = [...links, `<meta name="sql-bytes" content="${cost}" />`].join('\n    ')
const filled = html
  .replace('<!-- early -->', early)
  .replace('/style/page.css', `/${style.named.get('style/page.css')}`)
  .replace('/src/page.js', `/${script}`)
files.set('index.html', Buffer.from(filled))
await write(site, files)
console.log(`the page: ${files.size} files in ${site}`)
