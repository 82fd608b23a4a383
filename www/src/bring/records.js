// Reading a file record by record, whichever of the known forms it has.

import Papa from 'papaparse'

import { isHeading, namesOf } from './guess.js'

/** The largest file that is read as one text, which a JSON array has to be. */
const WHOLE = 200_000_000

/** A text is handed on in pieces of about so many characters. */
const PIECE = 1 << 20

/** A record that is longer is no record: a quotation mark was not closed. */
const LONGEST = 16 << 20

export class Refused extends Error {}

/** The encoding that the first bytes tell; without a mark it is UTF-8. */
function encodingOf(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** The text of a file in pieces, with the bytes that were read so far. */
async function* textOf(file) {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  const decoder = new TextDecoder(encodingOf(head))
  const stream = file.stream().getReader()
  let [read, text] = [0, '']
  for (;;) {
    const { done, value } = await stream.read()
    if (done) break
    read += value.length
    text += decoder.decode(value, { stream: true })
    if (text.length < PIECE) continue
    yield { text, read }
    text = ''
  }
  yield { text: text + decoder.decode(), read }
}

/** What kind of file it is, by its first characters. */
export async function kindOf(file) {
  const { value } = await textOf(file.slice(0, 65_536)).next()
  const text = (value?.text ?? '').trimStart()
  if (text === '') throw new Refused('there is nothing in it')
  if (text.includes('\u0000')) throw new Refused('it is no text: a CSV or JSON file is needed')
  if (/^\{"trackstats":\d+/.test(text)) return { kind: 'own', format: 'jsonl' }
  if (/^"?metric"?,"?period"?,"?date"?,"?value"?/.test(text)) return { kind: 'own', format: 'csv' }
  if (text.startsWith('[')) return { kind: 'array' }
  if (text.startsWith('{')) return { kind: isOneObject(text) ? 'array' : 'lines' }
  const { meta } = Papa.parse(text, {
    preview: 20,
    // A line without anything would count as one with a single column.
    skipEmptyLines: true,
    delimiter: '',
    delimitersToGuess: [',', '\t', ';', '|'],
  })
  return { kind: 'csv', delimiter: meta.delimiter }
}

/** Whether what begins with a brace is one object over many lines. */
function isOneObject(text) {
  const line = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'))
  try {
    const value = JSON.parse(line)
    // One line alone may hold all rows in a list.
    return text.trimEnd() === line.trimEnd() && Object.values(value).some(Array.isArray)
  } catch {
    return true
  }
}

/**
 * The records of a file in batches: `{ names, records, faults, read }`, a record being a number and its cells.
 * The names come with the first batch and do not change.
 */
export async function* recordsOf(file, how) {
  if (how.kind === 'csv') yield* fromCsv(file, how.delimiter)
  else if (how.kind === 'lines') yield* fromLines(file)
  else yield* fromArray(file)
}

async function* fromCsv(file, delimiter) {
  let names
  let [rest, number] = ['', 0]
  const parser = new Papa.Parser({ delimiter })
  const parsed = (text, isLast) => {
    const { data, meta, errors } = parser.parse(text, 0, !isLast)
    const records = []
    for (const cells of data) {
      number += 1
      if (cells.length === 1 && cells[0].trim() === '') continue
      if (names === undefined) {
        const isNamed = isHeading(cells)
        names = namesOf(isNamed ? cells : cells.map(() => ''))
        if (isNamed) continue
      }
      records.push({ number, cells })
    }
    rest = isLast ? '' : text.slice(meta.cursor)
    if (rest.length > LONGEST)
      throw new Refused(`row ${number + 1} does not end: a quotation mark is not closed`)
    const isOpen = isLast && errors.some(({ code }) => code === 'MissingQuotes')
    return {
      names,
      records,
      faults: isOpen ? [{ number, why: 'a quotation mark is not closed' }] : [],
    }
  }
  let last = 0
  for await (const { text, read } of textOf(file)) {
    last = read
    yield { ...parsed(rest + text, false), read }
  }
  yield { ...parsed(rest, true), read: last }
}

/** A value of JSON as the text of a cell. */
function cellOf(value) {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The cells of objects, whose names are those of the first ones. */
class Objects {
  names
  #keys

  record(value, number) {
    if (Array.isArray(value)) {
      this.names ??= namesOf(value.map((_, at) => `Column ${at + 1}`))
      return { number, cells: value.map(cellOf) }
    }
    if (typeof value !== 'object' || value === null) return undefined
    this.#learn(value)
    return {
      number,
      cells: this.#keys.map((key) => (Object.hasOwn(value, key) ? cellOf(value[key]) : '')),
    }
  }

  #learn(value) {
    if (this.#keys !== undefined) return
    this.#keys = Object.keys(value)
    this.names = namesOf(this.#keys)
  }
}

async function* fromLines(file) {
  const objects = new Objects()
  let [rest, number] = ['', 0]
  const parsed = (lines, read) => {
    const [records, faults] = [[], []]
    for (const line of lines) {
      number += 1
      if (line.trim() === '') continue
      let record
      try {
        record = objects.record(JSON.parse(line), number)
      } catch {
        record = undefined
      }
      if (record === undefined)
        faults.push({ number, why: 'it is no object of JSON', text: line.slice(0, 80) })
      else records.push(record)
    }
    return { names: objects.names, records, faults, read }
  }
  let last = 0
  for await (const { text, read } of textOf(file)) {
    last = read
    const lines = (rest + text).split('\n')
    rest = lines.pop()
    if (rest.length > LONGEST)
      throw new Refused(`line ${number + lines.length + 1} is longer than a record can be`)
    yield parsed(lines, read)
  }
  yield parsed([rest], last)
}

async function* fromArray(file) {
  if (file.size > WHOLE) {
    throw new Refused(
      `a JSON array of ${Math.round(file.size / 1e6)} MB is too large: write one object a line`,
    )
  }
  const texts = []
  for await (const { text } of textOf(file)) texts.push(text)
  let value
  try {
    value = JSON.parse(texts.join(''))
  } catch (error) {
    throw new Refused(`it is no JSON: ${error.message}`)
  }
  const rows = Array.isArray(value) ? value : Object.values(value).find(Array.isArray)
  if (rows === undefined) throw new Refused('it has no list of rows')
  const objects = new Objects()
  for (let from = 0; from < rows.length || from === 0; from += 20_000) {
    const [records, faults] = [[], []]
    rows.slice(from, from + 20_000).forEach((row, at) => {
      const record = objects.record(row, from + at + 1)
      if (record) records.push(record)
      else
        faults.push({
          number: from + at + 1,
          why: 'it is no object',
          text: JSON.stringify(row)?.slice(0, 80),
        })
    })
    const read =
      rows.length === 0
        ? file.size
        : Math.round((file.size * Math.min(from + 20_000, rows.length)) / rows.length)
    yield { names: objects.names, records, faults, read }
  }
}
