// What a fresh process works until it has the first series: it is started with the name of a contender
// and prints the milliseconds.

import { execFileSync } from 'node:child_process'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'

import { median, timed } from './measure.js'
import { faster } from './table.js'

const CONTENDERS = {
  ours: async () => (await import('./ours.js')).Ours,
  oo1: async () => (await import('./sqlite.js')).Oo1,
  maps: async () => (await import('./maps.js')).Maps,
  arrays: async () => (await import('./arrays.js')).Arrays,
}
const RUNS = 7
const SCRIPT = fileURLToPath(import.meta.url)

if (process.argv[1] === SCRIPT) {
  const { rows, date } = await import('./workload.js')
  const size = { metrics: 10, objects: 10, days: 1000 }
  const given = rows(size, 1)
  const span = { metric: 0, name: given[0].name, object: 1, from: date(0), to: date(364) }
  const taken = await timed(async () => {
    const Contender = await CONTENDERS[process.argv[2]]()
    const contender = await Contender.open(size)
    contender.record(given)
    contender.objects([span], (points) => {
      if (points.length !== 365) throw new Error('the series is not whole')
    })
  })
  console.log(taken)
}

export function race() {
  const names = Object.keys(CONTENDERS)
  const taken = Object.fromEntries(names.map((name) => [name, []]))
  for (let turn = 0; turn < RUNS; turn++) {
    for (const name of names) {
      const printed = execFileSync(execPath, [SCRIPT, name], { encoding: 'utf8' })
      taken[name].push(Number(printed))
    }
  }
  const [ours, oo1, maps, arrays] = names.map((name) => median(taken[name]))
  const name = 'import, open, record 100000 keys, read a series'
  faster(`${name}: sqlite-wasm oo1`, ours, oo1, 3)
  const hand = maps < arrays ? 'Map of Map' : 'packed arrays'
  faster(`${name}: ${hand}`, ours, Math.min(maps, arrays), 0.5)
}
