// Reading a file record by record, whichever of the known forms it has.

import { Rows, Unclosed, delimiterOf } from './csv.js'
import { encodingOf, textOf } from './encoding.js'
import { isData, isHeading, namesOf } from './guess.js'
import { Objects, rowsOf } from './objects.js'

/** The largest file that is read as one text, which a JSON array has to be. */
const WHOLE = 200_000_000

/** A line that is longer is no record. */
const LONGEST = 16 << 20

/** The most columns that are looked at. */
export const COLUMNS = 500

/** By so many rows is judged whether the first one is names. */
const BELOW = 50

export class Refused extends Error {}

/** What trackstats and django-trackstats write, by how it begins. */
const OWN = [
  ['jsonl', /^\{\s*"trackstats"\s*:\s*\d/],
  [
    'jsonl',
    /^\{(?=[^\n]*"metric"\s*:)(?=[^\n]*"period"\s*:)(?=[^\n]*"date"\s*:)(?=[^\n]*"value"\s*:)/,
  ],
  ['django', /^\[?\s*\{\s*"model"\s*:\s*"\w+\.\w+"\s*,\s*"(pk|fields)"\s*:/],
]

/**
 * What kind of file it is, by its first characters, and how it is read. What is given was chosen by a person.
 *
 * @param given `encoding`, `delimiter` and `isNamed`
 */
export async function kindOf(file, given = {}) {
  const guessed = given.encoding === undefined ? await encodingOf(file) : { damaged: 0 }
  const encoding = given.encoding ?? guessed.encoding
  const { value } = await textOf(file.slice(0, 65_536), encoding).next()
  const text = (value?.text ?? '').trimStart()
  if (text === '') throw new Refused('there is nothing in it')
  if (text.includes('\u0000')) throw new Refused('it is no text: a CSV or JSON file is needed')
  const how = { encoding, damaged: guessed.damaged }
  const own = OWN.find(([, pattern]) => pattern.test(text))?.[0] ?? (isOwnCsv(text) && 'csv')
  if (own) return { ...how, kind: 'own', format: own }
  if (/^[[{]/.test(text)) return { ...how, kind: isLines(text) ? 'lines' : 'array' }
  const found = delimiterOf(text, isData)
  const delimiter = given.delimiter ?? found.delimiter
  return { ...how, kind: 'csv', delimiter, skip: found.skip, isNamed: given.isNamed }
}

/** Whether the first row has the columns that our CSV has. */
function isOwnCsv(text) {
  const [row] = new Rows(',').push(text, true)
  return ['metric', 'period', 'date', 'value'].every((name) => row?.cells.includes(name))
}

/** Whether each line is a value of its own; a single one that is all there is, is taken apart as a whole. */
function isLines(text) {
  const end = text.indexOf('\n')
  if (end < 0 || text.slice(end).trim() === '') return false
  try {
    JSON.parse(text.slice(0, end))
    return true
  } catch {
    return false
  }
}

/**
 * The records of a file in batches: `{ names, records, faults, read }`, a record being a number and its cells. Names
 * may become more from batch to batch; those of the last one are all.
 */
export async function* recordsOf(file, how) {
  try {
    if (how.kind === 'csv') yield* fromCsv(file, how)
    else if (how.kind === 'lines') yield* fromLines(file, how)
    else yield* fromArray(file, how)
  } catch (error) {
    throw error instanceof Unclosed ? new Refused(error.message) : error
  }
}

async function* fromCsv(file, { encoding, delimiter, skip, isNamed }) {
  const rows = new Rows(delimiter)
  let [heading, left, width] = [undefined, skip, 0]
  let last = 0
  const batch = (found, read) => {
    let records = found
    if (heading === undefined && found.length > 0) {
      const below = found.slice(1, BELOW + 1).map(({ cells }) => cells)
      const isFirstNamed = isNamed ?? isHeading(found[0].cells, below)
      heading = { cells: isFirstNamed ? found[0].cells : [], isNamed: isFirstNamed }
      if (isFirstNamed) records = found.slice(1)
      width = heading.cells.length
    }
    for (const { cells } of records) width = Math.max(width, cells.length)
    // A row may be longer than the heading: what is there is a column too.
    const shown = Math.min(width, COLUMNS)
    const names =
      heading && namesOf(Array.from({ length: shown }, (_, at) => heading.cells[at] ?? ''))
    const above = skip > 0 ? 1 : 0
    const numbered = records.map(({ number, cells }) => ({ number: number + above, cells }))
    return { names, records: numbered, faults: [], read, width, heading }
  }
  for await (const { text, read } of textOf(file, encoding)) {
    // What says how cells are parted is no row.
    const piece = left > 0 ? text.trimStart().slice(left) : text
    left = 0
    last = read
    yield batch(rows.push(piece, false), read)
  }
  const end = batch(rows.push('', true), last)
  if (rows.isOpen) {
    const number = end.records.at(-1)?.number ?? 1
    end.faults.push({ number, why: 'a quotation mark is not closed' })
  }
  yield end
}

async function* fromLines(file, { encoding, paths }) {
  const objects = new Objects(COLUMNS, paths)
  let [rest, number] = ['', 0]
  let areLists
  const parsed = (lines, read) => {
    const [records, faults] = [[], []]
    for (const line of lines) {
      number += 1
      if (line.trim() === '') continue
      let value
      try {
        value = JSON.parse(line)
      } catch {
        value = undefined
      }
      areLists ??= Array.isArray(value)
      // A list has no names: among objects it is none of them.
      const cells = Array.isArray(value) === areLists ? objects.cells(value) : undefined
      if (cells === undefined) {
        const why = areLists ? 'it is no list of JSON' : 'it is no object of JSON'
        faults.push({ number, why, text: line.slice(0, 80) })
      } else records.push({ number, cells })
    }
    return { names: namesOf(objects.names), records, faults, read, objects }
  }
  let last = 0
  for await (const { text, read } of textOf(file, encoding)) {
    last = read
    const lines = (rest + text).split('\n')
    rest = lines.pop()
    if (rest.length > LONGEST)
      throw new Refused(`line ${number + lines.length + 1} is longer than a record can be`)
    yield parsed(lines, read)
  }
  yield parsed([rest], last)
}

async function* fromArray(file, { encoding, paths }) {
  if (file.size > WHOLE) {
    throw new Refused(
      `a JSON array of ${Math.round(file.size / 1e6)} MB is too large: write one object a line`,
    )
  }
  const texts = []
  for await (const { text } of textOf(file, encoding)) texts.push(text)
  let value
  try {
    value = JSON.parse(texts.join(''))
  } catch (error) {
    throw new Refused(`it is no JSON: ${error.message}`)
  }
  const { rows, names: beside } = rowsOf(value)
  if (rows.length === 0) throw new Refused('it has no rows')
  const objects = new Objects(COLUMNS, paths)
  for (let from = 0; from < rows.length; from += 20_000) {
    const [records, faults] = [[], []]
    rows.slice(from, from + 20_000).forEach((row, at) => {
      const number = from + at + 1
      const cells = objects.cells(row)
      if (cells) records.push({ number, cells })
      else faults.push({ number, why: 'it is no object', text: JSON.stringify(row)?.slice(0, 80) })
    })
    if (beside) objects.nameRows(beside)
    const read = Math.round((file.size * Math.min(from + 20_000, rows.length)) / rows.length)
    yield { names: namesOf(objects.names), records, faults, read, objects }
  }
}
