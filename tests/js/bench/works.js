// The works that all contenders do: first compared, then timed in turn.

import assert from 'node:assert/strict'

import { Arrays } from './arrays.js'
import { Maps } from './maps.js'
import { inTurn, rest, timed } from './measure.js'
import { Ours } from './ours.js'
import { Sql } from './sql.js'
import { Capi, Oo1, better } from './sqlite.js'
import { beside, faster } from './table.js'
import { dates, events as eventsOf, metricName, rows, spans } from './workload.js'

const WHOLE = metricName(0)
const LIMIT = 5

/** How much there is of everything. */
export const SCALE = {
  /** Of what is recorded, read and added up. */
  series: { metrics: 10, objects: 10, days: 1000 },
  /** Of what is broken down. */
  parts: { metrics: 1, objects: 1000, days: 100 },
  /** Of what happens. */
  happening: { metrics: 1, objects: 1000, days: 730 },
  /** Days in the series that are read. */
  longest: 365,
  reads: 2000,
  sums: 5000,
  breakdowns: 500,
  events: 1_000_000,
}

/** How many times each answers what SQLite answers once: short works are timed over many. */
const PASSES = 10

/** All that the works need, made once for all contenders. */
export function taskOf({ series, parts, happening, longest, ...counts }) {
  return {
    series,
    parts,
    happening,
    longest,
    rows: rows(series, 1),
    partRows: rows(parts, 2),
    reads: spans(series, counts.reads, longest, longest, 3),
    sums: spans(series, counts.sums, 7, longest, 4),
    dates: dates(parts, counts.breakdowns, 5),
    // Made where they are needed: a million objects make every collection of garbage long.
    events: () => eventsOf(happening, counts.events, 6),
  }
}

/** Fails if a peer answers anything else than the package. */
export async function compare(task) {
  const Better = await better()
  const ours = await answers(Ours, task)
  for (const Peer of [Oo1, Capi, ...(Better === undefined ? [] : [Better]), Maps, Arrays]) {
    const theirs = await answers(Peer, task)
    for (const what of Object.keys(ours)) {
      assert.deepEqual(theirs[what], ours[what], `${Peer.title} and the package differ in ${what}`)
    }
  }
}

async function answers(Contender, task) {
  const read = await filled(Contender, task.series, task.rows)
  const series = []
  read.objects(task.reads, (points) => series.push(points))
  const columns = []
  read.arrays(task.reads, (days, values) => columns.push([days, values]))
  if (read instanceof Ours) {
    const reused = []
    read.reused(task.reads, (days, values) => reused.push([days, values]))
    assert.deepEqual(reused, columns)
  }
  const totals = []
  read.totals(task.sums, ({ sum, count }) => totals.push([sum, count]))
  read.close()
  const byText = await Contender.open(task.series)
  byText.recordByText(task.rows)
  const seriesByText = []
  byText.objects(task.reads, (points) => seriesByText.push(points))
  byText.close()
  const split = await filled(Contender, task.parts, task.partRows)
  split.forBreakdowns?.()
  const tops = []
  split.tops(WHOLE, task.dates, LIMIT, ({ parts, other, otherCount }) =>
    tops.push([
      parts.map(({ object, by, value }) => [Number(object ?? by.user), value]),
      other,
      otherCount,
    ]),
  )
  split.close()
  const countsOfArrays = await counts(Contender, task, 'countColumns')
  // In tables it is the same.
  const isSame = Contender.prototype instanceof Sql
  const countsOfObjects = isSame ? countsOfArrays : await counts(Contender, task, 'countObjects')
  return { series, seriesByText, columns, totals, tops, countsOfArrays, countsOfObjects }
}

async function counts(Contender, task, how) {
  const counted = await Contender.open(task.happening)
  const events = task.events()
  counted.keep(events)
  await counted[how](WHOLE, events)
  const counts = ['day', 'week', 'lifetime'].map((period) => counted.points(WHOLE, period))
  for (let object = 1; object <= task.happening.objects; object++) {
    counts.push(counted.points(WHOLE, 'day', object))
  }
  counted.close()
  return counts
}

async function filled(Contender, size, rows) {
  const contender = await Contender.open(size)
  contender.record(rows)
  return contender
}

/** Times every work, and prints the lines of each. */
export async function race(task) {
  const Better = await better()
  const natives = Better === undefined ? [] : [Better]
  if (Better === undefined) console.log('skipped: better-sqlite3 is not installed')

  const record = (how) => (Contender) =>
    inNewOne(
      () => Contender.open(task.series),
      (contender) => contender[how](task.rows),
    )
  const count = `${task.rows.length} keys`
  await work(`record ${count} through a handle`, record('record'), [5, 2], [Capi, ...natives])
  await work(`record ${count} by text`, record('recordByText'), [6, 0.7], [])

  const asked = async (name, targets, size, rows, ask, prepare = () => undefined) => {
    const peers = [Capi, ...natives]
    const stores = new Map()
    for (const Contender of [Ours, Oo1, Maps, Arrays, ...peers]) {
      const contender = await filled(Contender, size, rows)
      prepare(contender)
      stores.set(Contender, contender)
    }
    const run = (Contender) => async () => {
      const contender = stores.get(Contender)
      const passes = Contender === Oo1 || peers.includes(Contender) ? 1 : PASSES
      const taken = await timed(() => {
        for (let pass = 0; pass < passes; pass++) ask(contender)
      })
      return taken / passes
    }
    await work(name, run, targets, peers)
    for (const contender of stores.values()) contender.close()
  }
  let seen = 0
  const { series, parts, reads, sums, longest } = task
  const ofDays = `${reads.length} series of ${longest} days`
  await asked(`${ofDays} as objects`, [10, 1], series, task.rows, (contender) =>
    contender.objects(reads, (points) => (seen += points.length)),
  )
  const add = (days, values) => (seen += days.length + values.length)
  // By hand they are copied: what is stored is written to in place, and an answer has to stay as it is.
  await asked(`${ofDays} as reused arrays`, [60, 8], series, task.rows, (contender) =>
    contender instanceof Ours ? contender.reused(reads, add) : contender.arrays(reads, add),
  )
  await asked(`${ofDays} as arrays of one's own`, [], series, task.rows, (contender) =>
    contender.arrays(reads, add),
  )
  await asked(
    `${sums.length} sums over 7 to ${longest} days`,
    [10, 3],
    series,
    task.rows,
    (contender) => contender.totals(sums, ({ sum }) => (seen += sum)),
  )
  await asked(
    `${task.dates.length} top-${LIMIT} of ${parts.objects} objects`,
    [0.5, 0.7],
    parts,
    task.partRows,
    (contender) => contender.tops(WHOLE, task.dates, LIMIT, ({ other }) => (seen += other)),
    (contender) => contender.forBreakdowns?.(),
  )
  if (!(seen > 0)) throw new Error('nothing was read')

  // The events are in the tables beforehand.
  const events = task.events()
  const tables = new Map()
  for (const Contender of [Oo1, ...natives]) {
    const contender = await Contender.open(task.happening)
    contender.keep(events)
    tables.set(Contender, contender)
  }
  const counting = (how) => (Contender) => {
    const count = (contender) => contender[how](WHOLE, events)
    return tables.has(Contender)
      ? () => timed(() => count(tables.get(Contender)))
      : inNewOne(() => Contender.open(task.happening), count)
  }
  const happened = `${events.at.length} events`
  await work(`count ${happened} of arrays`, counting('countColumns'), [50, 1.5], natives)
  await work(`count ${happened} of objects`, counting('countObjects'), [12, 0.8], natives)
  for (const contender of tables.values()) contender.close()
}

/**
 * Times a work in a store that is new in every run. The one before stays open meanwhile, since a program
 * has a store all the time: without any, the engine of JavaScript forgets what it compiled for it.
 */
function inNewOne(open, work) {
  let before
  return async () => {
    const contender = await open()
    await rest()
    const taken = await timed(() => work(contender))
    before?.close()
    before = contender
    return taken
  }
}

/**
 * Times all, and prints a line for each peer. The fastest SQLite and the better one of those by hand have the
 * targets, if there are any.
 */
async function work(name, runOf, [times, timesByHand], others) {
  const contenders = [Ours, Maps, Arrays, Oo1, ...others]
  const [ours, ...taken] = await inTurn(contenders.map(runOf))
  const peers = contenders.slice(1).map(({ title }, at) => ({ title, taken: taken[at] }))
  const line = times === undefined ? beside : faster
  for (const [all, target] of [
    [peers.slice(2), times],
    [peers.slice(0, 2), timesByHand],
  ]) {
    const [best, ...slower] = all.toSorted((a, b) => a.taken - b.taken)
    line(`${name}: ${best.title}`, ours, best.taken, target)
    for (const { title, taken } of slower) beside(`${name}: ${title}`, ours, taken)
  }
}
