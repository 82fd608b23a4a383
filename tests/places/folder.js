// The folder of a place under the target folder: its sources, its tools, and the package.

import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join, resolve } from 'node:path'

import { run } from './program.js'

const sources = import.meta.dirname

/** What the sources of every place import. */
const shared = ['scenario.js', 'show.js', '../js/odd/random.js', '../js/bench/schema.js']

/** What stays from one run to the next: the tools of the same lock file. */
const kept = ['node_modules', 'installed']

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

export class Folders {
  #work
  #tarball
  #package
  #laid = new Map()

  /**
   * @param {string} work the folder for all places
   * @param {string} tarball the package
   */
  constructor(work, tarball) {
    this.#work = work
    this.#tarball = tarball
  }

  /** Lays the folder of a place, once in a run. */
  lay(name) {
    if (!this.#laid.has(name)) this.#laid.set(name, this.#lay(name))
    return this.#laid.get(name)
  }

  async #lay(name) {
    const into = join(this.#work, name)
    await clear(into)
    await cp(join(sources, name), into, { recursive: true })
    for (const file of shared) await cp(join(sources, file), join(into, basename(file)))
    await install(into)
    this.#package ??= this.#unpack()
    await copyPackage(await this.#package, into)
    return into
  }

  /** Copies folders over each other into one: sources that bring no tools and no package. */
  async copy(name, ...from) {
    const into = join(this.#work, name)
    await clear(into)
    for (const folder of from) await cp(resolve(sources, folder), into, { recursive: true })
    return into
  }

  /** What npm makes of the tarball in an empty folder; every place gets a copy of it. */
  async #unpack() {
    const into = join(this.#work, 'tarball')
    await rm(into, { recursive: true, force: true })
    await mkdir(into, { recursive: true })
    await writeFile(join(into, 'package.json'), '{ "private": true }\n')
    const args = ['install', '--offline', '--omit=peer', ...quietly, this.#tarball]
    await run(npm, args, { cwd: into })
    return join(into, 'node_modules/trackstats')
  }

  /** A package that the driver itself needs. */
  async tool(name) {
    const into = join(this.#work, 'driver')
    await mkdir(into, { recursive: true })
    for (const file of ['package.json', 'package-lock.json']) {
      await cp(join(sources, file), join(into, file))
    }
    await install(into)
    return createRequire(join(into, 'package.json'))(name)
  }
}

async function clear(folder) {
  await mkdir(folder, { recursive: true })
  for (const entry of await readdir(folder)) {
    if (!kept.includes(entry)) await rm(join(folder, entry), { recursive: true })
  }
}

async function copyPackage(from, into) {
  const to = join(into, 'node_modules/trackstats')
  await rm(to, { recursive: true, force: true })
  await cp(from, to, { recursive: true })
}

/** Installs the tools of a lock file, unless they are installed. */
async function install(folder) {
  const lock = await readFile(join(folder, 'package-lock.json'), 'utf8').catch(() => undefined)
  if (lock === undefined) return
  const stamp = join(folder, 'installed')
  if ((await readFile(stamp, 'utf8').catch(() => undefined)) === lock) return
  await run(npm, ['ci', ...quietly], { cwd: folder })
  await writeFile(stamp, lock)
}
