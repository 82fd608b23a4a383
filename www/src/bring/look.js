// Looking at a file and reading it: the work of the worker, without what makes it one.

import { Gathering } from './gather.js'
import { Profile, guessPlan } from './guess.js'
import { COLUMNS, Refused, kindOf, recordsOf } from './records.js'

/** How many of the rows are shown. */
const SHOWN = 5

/**
 * Looks at all of a file.
 *
 * @param given what a person has chosen: `encoding`, `delimiter`, `isNamed`
 * @param tell is told how much was looked at, from 0 to 1
 * @returns `how` it is read, its `columns`, the `plan` that is proposed, the first `rows`, and `notes` on what
 *   could not be seen
 */
export async function look(file, given, tell) {
  const how = await kindOf(file, given)
  if (how.kind === 'own') return { how }
  const profile = new Profile()
  const rows = []
  let last
  for await (const batch of recordsOf(file, how)) {
    last = batch
    for (const { cells } of batch.records) profile.add(cells, Math.min(cells.length, COLUMNS))
    rows.push(...batch.records.slice(0, SHOWN - rows.length).map(({ cells }) => cells))
    tell(batch.read / Math.max(1, file.size))
  }
  if (last?.names === undefined || profile.rows === 0) throw new Refused('it has no rows')
  const { objects, heading } = last
  // Numbers of JSON have a point before the fraction; what is a text was written by somebody.
  const isCertain = (at) => objects !== undefined && !objects.texts.has(at)
  const likely = how.delimiter === ';' ? 'comma' : 'point'
  const columns = profile.columns(last.names, likely, isCertain)
  return {
    how: { ...how, paths: objects?.paths, isNamed: how.isNamed ?? heading?.isNamed },
    columns,
    plan: guessPlan(columns),
    rows,
    notes: notesOf(how, last),
  }
}

function notesOf({ encoding, damaged }, { width, objects, heading }) {
  const notes = []
  if (encoding === 'windows-1252') {
    notes.push('It is not in UTF-8, and was read as Windows-1252. Look at its letters.')
  }
  if (damaged > 0) notes.push(`${damaged} of its letters are damaged.`)
  const beyond = objects?.beyond.size ?? Math.max(0, (width ?? 0) - COLUMNS)
  if (beyond > 0) {
    notes.push(`It has ${beyond} columns more than the ${COLUMNS} that are looked at.`)
  }
  if (heading?.isNamed && width > heading.cells.length) {
    notes.push(
      `Some rows are longer than the heading: what stands there is ‘Column ${heading.cells.length + 1}’ and so on.`,
    )
  }
  return notes
}

/** Reads a file by a plan that was confirmed; resolves to what was gathered, and to what was skipped. */
export async function read(file, how, plan, zone, tell) {
  const gathering = new Gathering(plan, zone)
  for await (const { records, faults, read } of recordsOf(file, how)) {
    for (const { number, why, text } of faults) gathering.skip(number, why, text)
    for (const record of records) gathering.add(record)
    tell(read / Math.max(1, file.size))
  }
  return gathering.result()
}
