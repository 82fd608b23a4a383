// Bundlers, each as its own starter sets it up. Where one bundles workers too, its page has one.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { freePort, run, withServer } from './program.js'
import { serving } from './serve.js'

const both = ['page', 'worker']

/** Runs a command of a package in the folder of a place. */
const command = (cwd, [script, ...args]) =>
  run('node', [`node_modules/${script}`, ...args], { cwd })

/** A bundler that writes files, which are served. */
const built = (name, folder, { build, dist = '.', file = '', ids, ...more }) => ({
  name,
  browser: 'chromium',
  answer: async ({ folders, browser }) => {
    const cwd = await folders.lay(folder)
    await command(cwd, build)
    return serving(join(cwd, dist), {}, (address) => browser.read(address + file, ids))
  },
  ...more,
})

/** A bundler that serves. The address is what its pattern finds in what it prints. */
const served = (name, folder, { build, serve: [script, ...args], files = [''], ids }) => ({
  name,
  browser: 'chromium',
  answer: async ({ folders, browser }) => {
    const cwd = await folders.lay(folder)
    if (build) await command(cwd, build)
    const port = await freePort()
    const all = [`node_modules/${script}`, ...args, '--port', String(port)]
    return withServer(
      'node',
      all,
      { cwd },
      /http:\/\/(?:127\.0\.0\.1|localhost):\d+/,
      async ([at]) => {
        const texts = []
        for (const file of files) texts.push(...(await browser.read(`${at}/${file}`, ids)))
        return texts
      },
    )
  },
})

const vite = (version) => {
  const folder = `vite${version}`
  const script = 'vite/bin/vite.js'
  const build = [script, 'build']
  return [
    served(`Vite ${version}, dev`, folder, { serve: [script, '--host', '127.0.0.1'], ids: both }),
    built(`Vite ${version}, build`, folder, { build, dist: 'dist', ids: both }),
  ]
}

const esbuild = ['esbuild/bin/esbuild', '--bundle', '--log-level=error']
const modules = [...esbuild, 'main.js', '--splitting', '--format=esm', '--outdir=dist']
const classic = [...esbuild, 'main.js', '--outfile=dist/classic.js']

const rollup = [
  'rollup/dist/bin/rollup',
  '--silent',
  '--plugin',
  'node-resolve',
  '--dir',
  'dist',
  'main.js',
]
const next = 'next/dist/bin/next'

export const bundlers = [
  built('esbuild', 'esbuild', { build: modules, fast: true }),
  built('esbuild, classic script', 'esbuild', { build: classic, file: 'classic.html' }),
  {
    name: 'esbuild, a page from a file',
    browser: 'chromium',
    answer: async ({ folders, browser }) => {
      const cwd = await folders.lay('esbuild')
      await command(cwd, classic)
      return browser.read(pathToFileURL(join(cwd, 'classic.html')).href)
    },
  },
  {
    name: 'esbuild, for Node',
    answer: async ({ folders }) => {
      const cwd = await folders.lay('esbuild')
      const outfile = 'dist/program.cjs'
      await command(cwd, [...esbuild, 'program.js', '--platform=node', `--outfile=${outfile}`])
      return run('node', [outfile], { cwd })
    },
  },
  built('rollup', 'rollup', { build: rollup }),
  built('webpack 5', 'webpack', {
    build: ['webpack-cli/bin/cli.js', '--mode=production'],
    ids: both,
  }),
  built('rspack', 'rspack', {
    build: ['@rspack/cli/bin/rspack.js', 'build', '--mode=production'],
    ids: both,
  }),
  built('parcel', 'parcel', {
    build: ['parcel/lib/bin.js', 'build', 'index.html', '--no-cache'],
    dist: 'dist',
    ids: both,
  }),
  ...vite(7),
  ...vite(8),
  served('Next, server and client component', 'next', {
    build: [next, 'build'],
    serve: [next, 'start', '--hostname', '127.0.0.1'],
    files: ['', 'client'],
  }),
  {
    ...built('Vite 8, build, Firefox', 'vite8', {
      build: ['vite/bin/vite.js', 'build'],
      dist: 'dist',
      ids: both,
    }),
    browser: 'firefox',
  },
]
