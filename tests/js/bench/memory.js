// The memory of the module with 1,000,000 statistics in 1,000 series, in a process of its own: memory
// never shrinks.

import { execFileSync } from 'node:child_process'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'

import { smaller } from './table.js'

const SCRIPT = fileURLToPath(import.meta.url)

if (process.argv[1] === SCRIPT) {
  // There is no public way to the memory: it is seen where the module is instantiated.
  const memories = []
  const { Instance } = WebAssembly
  WebAssembly.Instance = class extends Instance {
    constructor(...given) {
      super(...given)
      memories.push(this.exports.memory)
    }
  }
  const { Ours } = await import('./ours.js')
  const { rows } = await import('./workload.js')
  const size = { metrics: 10, objects: 100, days: 1000 }
  const ours = await Ours.open(size)
  ours.record(rows(size, 1))
  if (memories.length !== 1) throw new Error(`${memories.length} modules were instantiated`)
  console.log(memories[0].buffer.byteLength)
}

export function weigh() {
  const printed = execFileSync(execPath, [SCRIPT], { encoding: 'utf8' })
  smaller('memory of 1000000 statistics in 1000 series', Number(printed) / 1e6, 40)
}
