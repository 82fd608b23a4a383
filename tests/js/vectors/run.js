// The vectors of a folder, as the README beside them describes.

import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

import { checkCase, nameOf } from './calendar.js'
import { play } from './scenario.js'

/**
 * Runs every `tracker/*.json` of the folder, and its `calendar_buckets.json`: how many held, and name
 * and reason of each that did not. Rejects where there are none.
 */
export async function run(folder) {
  const tracker = join(folder, 'tracker')
  const files = readdirSync(tracker)
    .filter((name) => name.endsWith('.json'))
    .sort()
  if (files.length === 0) throw new Error(`${tracker}: no vectors`)
  const outcome = { passed: 0, failed: [] }
  const add = async (name, check) => {
    try {
      await check()
      outcome.passed++
    } catch (error) {
      outcome.failed.push({ name, reason: error.message })
    }
  }
  for (const file of files) {
    const vector = read(join(tracker, file))
    await add(basename(file, '.json'), () => play(vector))
  }
  const { cases } = read(join(folder, 'calendar_buckets.json'))
  for (const [number, one] of cases.entries()) {
    await add(nameOf(one, number), () => checkCase(one))
  }
  return outcome
}

/** Integers that a number does not hold are bigints, as numbers in the text or as `{"$int": "…"}`. */
function read(path) {
  const text = readFileSync(path, 'utf8').replace(
    /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g,
    (token) =>
      token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `{"$int":"${token}"}`,
  )
  return JSON.parse(text, (_, value) =>
    typeof value?.$int === 'string' ? BigInt(value.$int) : value,
  )
}
