// What the history of a folder says, as the small file that the page reads.
// Called as `history.js <folder> <file>`. Without a history it says why in one line, and the file says none.

import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'

import { git, lines } from './git.js'
import { Counts } from './counts.js'

/** From so many commits on, lines are not counted: git would compare each with the one before. */
const MANY = 20_000

/** The longest time for counting lines, in milliseconds. */
const LONG = 60_000

/** The most names that are told apart, and the most dates that are kept, the newest: the file stays small. */
const AUTHORS = 50
const AREAS = 30
const DATES = 2000

/** A short text without what controls a terminal or a layout. */
function plain(text, otherwise) {
  const clean = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ')
    .trim()
  return [...clean].slice(0, 80).join('') || otherwise
}

/** An author by name; of an address that stands in the place of a name, what is before the sign. */
function author(name) {
  return plain(
    name.replace(/\S+@\S+/g, (address) => address.slice(0, address.indexOf('@'))),
    'unknown',
  )
}

/** What stands before the colon of a subject, as in `core: …` and `fix(core): …`; otherwise 'other'. */
function area(subject) {
  if (/^Merge /.test(subject)) return 'merge'
  return plain(/^([\w./-]{1,30})(\([^)]*\))?!?: /.exec(subject)?.[1] ?? '', 'other')
}

/** A date that a commit can have been made on. */
function dated(text, last) {
  return /^\d{4}-\d\d-\d\d$/.test(text) && text >= '1970-01-01' && text <= last
}

export async function history(folder, now = new Date()) {
  const top = (await git(folder, ['rev-parse', '--show-toplevel', '--verify', 'HEAD'])).split('\n')
  const head = top[1]
  const count = Number(await git(folder, ['rev-list', '--count', 'HEAD']))
  // Somewhere on earth it is tomorrow already.
  const last = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10)
  const [authors, areas] = [new Counts(AUTHORS), new Counts(AREAS)]
  let leftOut = 0
  for await (const line of lines(folder, ['log', '--format=%as%x09%aN%x09%s'])) {
    const [date, name = '', ...subject] = line.split('\t')
    if (dated(date, last)) {
      authors.add(date, author(name))
      areas.add(date, area(subject.join(' ')))
    } else if (line !== '') {
      leftOut += 1
    }
  }
  const changed = count < MANY ? await changes(folder, last) : new Map()
  const from = authors.dates().at(-DATES) ?? ''
  const kept = [...changed].filter(([date]) => date >= from).sort()
  return {
    version: 1,
    name: plain(basename(top[0]), 'repository'),
    head,
    commits: count,
    leftOut,
    authors: authors.columns(from),
    areas: areas.columns(from),
    lines: {
      dates: kept.map(([date]) => date),
      added: kept.map(([, { added }]) => added),
      removed: kept.map(([, { removed }]) => removed),
    },
  }
}

/** Lines that were added and removed, by date; none if that takes too long. */
async function changes(folder, last) {
  const changed = new Map()
  let date
  const format = ['log', '--no-merges', '--shortstat', '--no-ext-diff', '--no-textconv']
  try {
    for await (const line of lines(folder, [...format, '--format=%x01%as'], LONG)) {
      if (line.startsWith('\u0001')) date = line.slice(1)
      const [, added] = /(\d+) insertion/.exec(line) ?? []
      const [, removed] = /(\d+) deletion/.exec(line) ?? []
      if ((added ?? removed) === undefined || !dated(date ?? '', last)) continue
      const sum = changed.get(date) ?? { added: 0, removed: 0 }
      sum.added += Number(added ?? 0)
      sum.removed += Number(removed ?? 0)
      changed.set(date, sum)
    }
  } catch (error) {
    console.log(`lines are not counted: ${error.message}`)
    return new Map()
  }
  return changed
}

/** The text of the file, or of one that says that there is nothing. */
async function textOf(folder) {
  try {
    return JSON.stringify(await history(folder))
  } catch (error) {
    console.log(`no history of ${folder}: ${error.message}; the page shows its sample shop`)
    return JSON.stringify({ version: 1, authors: [] })
  }
}

const [folder, file] = process.argv.slice(2)
if (file !== undefined) {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, await textOf(folder))
}
