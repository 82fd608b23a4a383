// Runs the conformance vectors through the installed package and prints each that fails.
// Called as `node vectors.js`, with the folder of the vectors in TRACKSTATS_VECTORS.

import { fileURLToPath } from 'node:url'

import { run } from './vectors/run.js'

const folder =
  process.env.TRACKSTATS_VECTORS ?? fileURLToPath(new URL('../conformance', import.meta.url))

const { passed, failed } = await run(folder)
for (const { name, reason } of failed) console.log(`${name}: ${reason}`)
console.log(`vectors: ${passed} passed, ${failed.length} failed`)
if (failed.length > 0) process.exitCode = 1
