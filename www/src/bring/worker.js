// Reads files, away from the page. It is asked `look`, for a plan, and `read`, with the plan that was
// confirmed; who does not want to wait ends it.

import { Gathering } from './gather.js'
import { guessColumns, guessPlan } from './guess.js'
import { Refused, kindOf, recordsOf } from './records.js'

/** From how many rows is guessed, and how many of them are shown. */
const SAMPLE = 500
const SHOWN = 5

async function look({ file }) {
  const how = await kindOf(file)
  if (how.kind === 'own') return { how }
  let names
  const rows = []
  for await (const batch of recordsOf(file, how)) {
    names ??= batch.names
    rows.push(...batch.records.slice(0, SAMPLE - rows.length).map(({ cells }) => cells))
    if (rows.length >= SAMPLE) break
  }
  if (names === undefined || rows.length === 0) throw new Refused('it has no rows')
  const columns = guessColumns(names, rows)
  return { how, columns, plan: guessPlan(columns), rows: rows.slice(0, SHOWN) }
}

async function read({ file, how, plan, zone }) {
  const gathering = new Gathering(plan, zone)
  let told = 0
  for await (const { records, faults, read } of recordsOf(file, how)) {
    for (const { number, why, text } of faults) gathering.skip(number, why, text)
    for (const record of records) gathering.add(record)
    if (performance.now() - told < 50) continue
    told = performance.now()
    postMessage({ progress: read / Math.max(1, file.size) })
  }
  return gathering.result()
}

addEventListener('message', async ({ data }) => {
  try {
    const answer = await (data.ask === 'look' ? look(data) : read(data))
    const moved = (answer.series ?? []).flatMap(({ days, values }) => [days.buffer, values.buffer])
    postMessage({ answer }, moved)
  } catch (error) {
    postMessage({
      refused: error instanceof Refused ? error.message : `${error.name}: ${error.message}`,
    })
  }
})
