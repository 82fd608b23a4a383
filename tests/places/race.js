// Measures a store in IndexedDB against SQLite in the private file system, in Chromium and in the same run.
//
// Called as `race.js <work> <tarball> <peers>`: the last is a folder with the package of SQLite. CHROMIUM says
// where the browser is. Times are those of the clock on the wall: medians of runs that take turns, each with
// a new store. Exits with 1 if the line is short of its target.

import { cp } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import { median } from '../js/bench/measure.js'
import { faster, heading, wasShort } from '../js/bench/table.js'
import { Browser } from './browser.js'
import { Folders } from './folder.js'
import { serving } from './serve.js'

const TURNS = 7

const [work, tarball, peers] = process.argv.slice(2).map((path) => resolve(path))
const folders = new Folders(work, tarball)
const browser = new Browser('chromium', process.env.CHROMIUM, folders)
if (browser.missing) {
  console.log(`skipped: ${browser.missing}`)
  process.exit(0)
}

async function race(context, address) {
  const page = await context.newPage()
  await page.goto(`${address}race.html`)
  await page.waitForFunction(() => globalThis.race !== undefined)
  const [ours, theirs] = [[], []]
  for (let turn = 0; turn < TURNS; turn++) {
    const one = await page.evaluate((name) => globalThis.race.ours(name), `turn${turn}`)
    const other = await page.evaluate((name) => globalThis.race.peer(name), `turn${turn}`)
    if (one.sum !== other.sum) throw new Error(`the sums differ: ${one.sum} and ${other.sum}`)
    ours.push(one.taken)
    theirs.push(other.taken)
  }
  return [median(ours), median(theirs)]
}

const page = await folders.lay('page')
const sqlite = join(peers, 'node_modules/@sqlite.org/sqlite-wasm')
await cp(sqlite, join(page, 'node_modules/sqlite-wasm'), { recursive: true })
const [ours, peer] = await serving(page, {}, (address) =>
  browser.onDisk((context) => race(context, address)),
)
heading()
const name = '10000 records kept in Chromium, in IndexedDB: sqlite-wasm on OPFS'
faster(name, ours, peer, 5)
process.exit(wasShort() ? 1 : 0)
