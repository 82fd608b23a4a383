// Guessing what the columns of a file are, from all of its rows.

import { Styles, decided, styleOf } from './number.js'
import { FORMS, isTime, partsOf, reader } from './time.js'

/** A word in the name of a column that tells that it is a time. */
const TIME_NAMES = /(^|[^a-z])(date|day|time|timestamp|when|at|datum|created|paid|ts)([^a-z]|$)/i

/** How many texts of a column are told apart. */
const DISTINCT = 400

/** So many texts are remembered with what was found out about them: files repeat themselves. */
const KNOWN = 20_000

/** The share of the texts of a column that have to be of a kind. */
const MOST = 0.8

const YEAR = /^(19|20)\d\d$/

const dayInFirst = reader('dmy', 'UTC')
const monthInFirst = reader('mdy', 'UTC')

/** The forms that a text can have at all, by how it begins: trying each of them on each text would take long. */
const BEGINNINGS = [
  [/^\d{4}-/, ['iso']],
  [/^\d{4}[/.]/, ['ymd']],
  [/^\d{1,2}[/.-]\d/, ['dmy', 'mdy']],
  [/^\d{8,13}(\D|$)/, ['packed', 'seconds', 'milliseconds']],
  [/[a-z]{3}/i, ['named']],
]

/** The forms of time that a text has. */
function formsOf(text) {
  const found = BEGINNINGS.find(([beginning]) => beginning.test(text))
  return found === undefined ? [] : found[1].filter((form) => isTime(text, form))
}

/** What a text may be: the forms of time that it fits, and how it is written if it is a number. */
function judge(text) {
  const forms = formsOf(text)
  const parts = forms.includes('dmy') ? partsOf(text, 'dmy') : undefined
  return { forms, style: styleOf(text), first: parts?.date, second: parts?.month }
}

/** What is known of one column. */
class Column {
  styles = new Styles()
  filled = 0
  distinct = new Set()
  examples = []
  #forms = new Map()
  #judged = new Map()
  /** The largest first and second number of dates such as 03/04/2026, and whether either reading is in order. */
  #largest = [0, 0]
  #order = new Orders()

  add(text) {
    if (text === '') return
    this.filled += 1
    if (this.distinct.size < DISTINCT) this.distinct.add(text)
    if (this.examples.length < 3) this.examples.push(text)
    let judged = this.#judged.get(text)
    if (judged === undefined) {
      judged = judge(text)
      if (this.#judged.size > KNOWN) this.#judged.clear()
      this.#judged.set(text, judged)
    }
    for (const form of judged.forms) this.#forms.set(form, (this.#forms.get(form) ?? 0) + 1)
    this.styles.add(judged.style)
    if (judged.first === undefined) return
    this.#largest[0] = Math.max(this.#largest[0], judged.first)
    this.#largest[1] = Math.max(this.#largest[1], judged.second)
    this.#order.add(text)
  }

  /** The form of time that nearly all of the texts have, if any; and whether it may as well be another. */
  get time() {
    for (const form of FORMS) {
      if ((this.#forms.get(form) ?? 0) < Math.max(1, this.filled * MOST)) continue
      return form === 'dmy' ? this.#dayOrMonth() : { form, isInDoubt: false }
    }
    return undefined
  }

  /** Which of the two comes first shows where one is above 12, or else by the order of the rows. */
  #dayOrMonth() {
    const [first, second] = this.#largest
    if (first > 12 !== second > 12) return { form: first > 12 ? 'dmy' : 'mdy', isInDoubt: false }
    if (first > 12) return { form: 'dmy', isInDoubt: true }
    // With points between them the day is first wherever they are written so.
    if (this.examples.every((text) => /^\d+\./.test(text))) return { form: 'dmy', isInDoubt: false }
    const order = this.#order.only
    return { form: order ?? 'dmy', isInDoubt: order === undefined }
  }
}

/** Whether dates are in order if the day comes first, and if the month does. */
class Orders {
  #steps = {
    dmy: { up: 0, down: 0, before: undefined },
    mdy: { up: 0, down: 0, before: undefined },
  }

  add(text) {
    for (const [form, read] of [
      ['dmy', dayInFirst],
      ['mdy', monthInFirst],
    ]) {
      const steps = this.#steps[form]
      const day = read(text)
      if (day > steps.before) steps.up += 1
      if (day < steps.before) steps.down += 1
      steps.before = day
    }
  }

  /** The one form in which they are in order, where that is over enough steps to be no accident. */
  get only() {
    const isInOrder = ({ up, down }) => up + down >= 8 && Math.min(up, down) === 0
    const forms = Object.keys(this.#steps).filter((form) => isInOrder(this.#steps[form]))
    return forms.length === 1 ? forms[0] : undefined
  }
}

/** What is known of all columns, row by row. */
export class Profile {
  #columns = []
  rows = 0

  add(cells, count = cells.length) {
    this.rows += 1
    for (let at = 0; at < count; at += 1) {
      const column = (this.#columns[at] ??= new Column())
      column.add((cells[at] ?? '').trim())
    }
  }

  /**
   * What each column may be.
   *
   * @param likely how numbers are written in such a file, where nothing in it says so
   * @param isCertain whether the numbers of a column are written as a program does
   */
  columns(names, likely = 'point', isCertain = () => false) {
    const known = names.map((_, at) => this.#columns[at] ?? new Column())
    const all = new Styles()
    for (const { styles, time } of known) if (time === undefined) all.join(styles)
    return names.map((name, at) => {
      const { styles, time, distinct, filled, examples } = known[at]
      const numbers = !styles.areNumbers
        ? undefined
        : isCertain(at)
          ? { style: 'point', isInDoubt: false }
          : decided(styles, all, likely)
      return {
        name,
        form: time?.form,
        isFormInDoubt: time?.isInDoubt ?? false,
        numbers: numbers?.style,
        isStyleInDoubt: numbers?.isInDoubt ?? false,
        distinct: distinct.size,
        filled,
        examples,
      }
    })
  }
}

/**
 * What each column may be.
 *
 * @param {string[]} names
 * @param {string[][]} rows the rows, as texts
 */
export function guessColumns(names, rows, likely) {
  const profile = new Profile()
  for (const row of rows) profile.add(row, names.length)
  return profile.columns(names, likely)
}

/** The plan that a person is asked to confirm. */
export function guessPlan(columns) {
  const times = columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ form }) => form !== undefined)
  // A plain number may be a time in seconds; a column that says so, or has a date, is likelier.
  const rank = ({ name, form }) =>
    (TIME_NAMES.test(name) ? 0 : 2) +
    (form === 'seconds' || form === 'milliseconds' || form === 'packed' ? 1 : 0)
  const time = times.sort((a, b) => rank(a) - rank(b) || a.at - b.at)[0]
  const split = columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ at, form, numbers, distinct, filled }) => {
      const isKey = distinct > Math.max(20, filled * 0.5)
      return (
        at !== time?.at && form === undefined && numbers === undefined && distinct > 0 && !isKey
      )
    })
    .sort((a, b) => a.distinct - b.distinct)
    .slice(0, 3)
    .map(({ at }) => at)
    .sort((a, b) => a - b)
  return { time: time?.at, form: time?.form, value: undefined, split }
}

/** Whether a text is a time or a number. */
export function isData(text) {
  return styleOf(text) !== undefined || formsOf(text).length > 0
}

/**
 * Whether a first row is names, and not data already: it differs in kind from the rows below it, or where these
 * tell nothing, it has neither times nor numbers.
 *
 * @param {string[][]} below some of the rows that follow
 */
export function isHeading(cells, below = []) {
  const texts = cells.map((cell) => cell.trim())
  let [differing, alike, years] = [0, 0, 0]
  for (const [at, text] of texts.entries()) {
    const others = below.map((row) => (row[at] ?? '').trim()).filter((other) => other !== '')
    if (text === '' || others.length === 0) continue
    if (others.filter(isData).length < others.length * MOST) continue
    if (YEAR.test(text) && !others.every((other) => YEAR.test(other))) years += 1
    else if (isData(text)) alike += 1
    else differing += 1
  }
  // Years over other numbers are names, unless there are data beside them.
  if (differing + alike + years > 0) return alike === 0 || differing >= alike + years
  return !texts.some((text) => text !== '' && isData(text))
}

/** Names for columns, each once. */
export function namesOf(cells) {
  const taken = new Set()
  const counts = new Map()
  return cells.map((cell, at) => {
    const wanted = cell.trim().slice(0, 80) || `Column ${at + 1}`
    let name = wanted
    // Counted on from where the same name came to before, so that many equal ones take no longer.
    for (let count = counts.get(wanted) ?? 2; taken.has(name); count += 1) {
      name = `${wanted} (${count})`
      counts.set(wanted, count + 1)
    }
    taken.add(name)
    return name
  })
}
