// Measures stores in files against better-sqlite3 on the same disk in the same run.
//
// Both wait for the disk, so that times are those of the clock on the wall: medians of runs that take
// turns. The program fails if a line is short of its target.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cwd } from 'node:process'

import { defineStats, open } from 'trackstats'

import { median } from './measure.js'
import { RECORD, TABLE } from './schema.js'
import { beside, faster, heading, times, wasShort } from './table.js'

const TURNS = 9
/** Turns that warm caches and compilers, and are not counted: a database comes compiled. */
const WARM = 2
/** Records in a turn, one commit each: as many as SQLite makes before it puts its log into the database. */
const COMMITS = 1000
/** Records in a turn, written in groups. At this pace a group is much less than 100 ms. */
const [RECORDS, GROUP] = [100_000, 1000]
/** Of a million statistics. */
const [PRODUCTS, DAYS] = [1000, 1000]

const stats = defineStats({ shop: { metrics: { sales: { by: 'product' } } } })

/** A database whose commits are waited for. */
function created(Database, path) {
  const database = new Database(path)
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${TABLE}`)
  return database
}

/** The milliseconds of a work, by the clock on the wall. */
async function clocked(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Runs both in turn, and answers the median milliseconds of each. */
async function inTurn(ours, peer) {
  const [mine, theirs] = [[], []]

  for (let turn = -WARM; turn < TURNS; turn++) {
    const taken = [await ours(), await peer()]
    if (turn < 0) continue
    mine.push(taken[0])
    theirs.push(taken[1])
  }
  return [median(mine), median(theirs)]
}

async function commits(Database, folder) {
  const single = await open(`file:${join(folder, 'single.stats')}`, { stats })
  const grouped = await open(`file:${join(folder, 'grouped.stats')}`, { stats })
  const database = created(Database, join(folder, 'commits.sqlite'))
  const insert = database.prepare(RECORD)
  const products = (store) =>
    Array.from({ length: 10 }, (_, product) => store.metric('shop.sales').at({ product }))
  const [singles, groups] = [products(single), products(grouped)]
  let [next, theirs, nextOfGroups] = [0, 0, 0]
  const date = (number) => new Date(Math.floor(number / 10) * 86_400_000)
  const [ours, peer] = await inTurn(
    () =>
      clocked(async () => {
        for (let count = 0; count < COMMITS; count++, next++) {
          singles[next % 10].record('day', next, date(next))
          await single.flush()
        }
      }),
    () =>
      clocked(() => {
        for (let count = 0; count < COMMITS; count++, theirs++) {
          insert.run(1, 1, theirs % 10, Math.floor(theirs / 10), theirs)
        }
      }),
  )
  const transactions = created(Database, join(folder, 'transactions.sqlite'))
  const inserted = transactions.prepare(RECORD)
  let nextInTransactions = 0
  const together = transactions.transaction(() => {
    for (let count = 0; count < GROUP; count++, nextInTransactions++) {
      const at = nextInTransactions
      inserted.run(1, 1, at % 10, Math.floor(at / 10), at)
    }
  })
  const [inGroups, inTransactions] = await inTurn(
    () =>
      clocked(async () => {
        for (let count = 1; count <= RECORDS; count++, nextOfGroups++) {
          groups[nextOfGroups % 10].record('day', nextOfGroups, date(nextOfGroups))
          if (count % GROUP === 0) await grouped.flush()
        }
      }),
    () =>
      clocked(() => {
        for (let count = 0; count < RECORDS; count += GROUP) together()
      }),
  )
  await single.close()
  await grouped.close()
  database.close()
  transactions.close()
  const name = 'durable records, one commit each: better-sqlite3'
  faster(name, ours / COMMITS, peer / COMMITS, 1)
  const grouping = 'durable records in groups of 1000: better-sqlite3'
  beside(`${grouping}, transactions of 1000`, inGroups / RECORDS, inTransactions / RECORDS)
  faster(`${grouping}, one commit each`, inGroups / RECORDS, peer / COMMITS, 20)
}

/**
 * The value of a product on a day, of which there is a gap after every second one. Values are as those of
 * a shop: most are small, and no one follows from another.
 */
const valueOf = (product, day) => ((day * 7919 + product * 104_729) % 1_000_003) % (10 + product)
const days = Int32Array.from({ length: DAYS }, (_, day) => 18_000 + day + (day >> 1))

async function large(Database, folder) {
  const [mine, theirs] = [join(folder, 'large.stats'), join(folder, 'large.sqlite')]
  const store = await open(`file:${mine}`, { stats })
  for (let product = 0; product < PRODUCTS; product++) {
    const values = Float64Array.from(days, (_, day) => valueOf(product, day))
    store.metric('shop.sales').at({ product }).recordAll('day', values, days)
  }
  await store.close()
  writeTable(Database, theirs)
  let [ours, peers] = [0, 0]
  const [mineTaken, theirsTaken] = await inTurn(
    async () => {
      let opened
      const taken = await clocked(async () => (opened = await open(`file:${mine}`, { stats })))
      ours = 0
      for (const { value } of opened.statistics({})) ours += value
      await opened.close()
      return taken
    },
    () =>
      clocked(() => {
        const database = new Database(theirs)
        peers = database.prepare('SELECT sum(value) AS sum FROM statistic').get().sum
        database.close()
      }),
  )
  assert.equal(ours, peers)
  const opening = 'opening 1000000 statistics: better-sqlite3, first query and full scan'
  beside(opening, mineTaken, theirsTaken)
  const size = 'the file: better-sqlite3, primary key and covering index'
  times(size, statSync(mine).size / 1e6, statSync(theirs).size / 1e6, 4, 'MB')
}

function writeTable(Database, path) {
  const database = created(Database, path)
  database.exec(
    'CREATE INDEX covering ON statistic (metric, period, date, value DESC, object); BEGIN',
  )
  const insert = database.prepare(RECORD)
  for (let day = 0; day < DAYS; day++) {
    for (let product = 0; product < PRODUCTS; product++) {
      insert.run(1, 1, product, days[day], valueOf(product, day))
    }
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

let Database
try {
  Database = (await import('better-sqlite3')).default
} catch {
  console.log('skipped: better-sqlite3 is not installed')
}
if (Database !== undefined) {
  // Beside the program: a folder for temporary files may be in memory.
  const folder = mkdtempSync(join(cwd(), 'files-'))
  heading()
  await commits(Database, folder)
  await large(Database, folder)
  rmSync(folder, { recursive: true })
  if (wasShort()) process.exitCode = 1
}
