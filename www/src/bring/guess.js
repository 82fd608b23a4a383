// Guessing what the columns of a file are, from its first rows.

/** Forms of time. */
export const FORMS = {
  iso: /^\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|UTC)?)?$/i,
  ymd: /^\d{4}[/.]\d{1,2}[/.]\d{1,2}(\D.*)?$/,
  dmy: /^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}([ ,T].*)?$/,
  mdy: /^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}([ ,T].*)?$/,
  packed: /^(19|20)\d{6}$/,
  seconds: /^\d{9,10}(\.\d+)?$/,
  milliseconds: /^\d{12,13}$/,
}

/** A word in the name of a column that tells that it is a time. */
const TIME_NAMES = /(^|[^a-z])(date|day|time|timestamp|when|at|datum|created|paid|ts)([^a-z]|$)/i

/** Numbers with a point before the fraction, or with a comma. */
const POINT = /^[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(e[-+]?\d+)?$/i
const COMMA = /^[-+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/

/** The form of time that nearly all of these texts have, if any. */
function formOf(texts) {
  for (const [form, pattern] of Object.entries(FORMS)) {
    const fitting = texts.filter((text) => pattern.test(text))
    if (fitting.length < texts.length * 0.8) continue
    if (form !== 'dmy') return form
    // Which of the two comes first shows where one is above 12.
    const [first, second] = [0, 1].map((at) =>
      Math.max(...fitting.map((text) => Number(text.split(/\D/)[at]))),
    )
    if (first <= 12 && second > 12) return 'mdy'
    return 'dmy'
  }
  return undefined
}

/** @returns {'point' | 'comma' | undefined} how numbers are written, if these are numbers */
function numbersOf(texts) {
  const are = (pattern) =>
    texts.filter((text) => text !== '' && pattern.test(text)).length >= texts.length * 0.8
  // `1,5` is a fraction, `1,500` as likely as not a thousand: where both fit, the point is assumed.
  if (are(POINT)) return 'point'
  return are(COMMA) ? 'comma' : undefined
}

/**
 * What each column may be.
 *
 * @param {string[]} names
 * @param {string[][]} rows the first rows, as texts
 */
export function guessColumns(names, rows) {
  return names.map((name, at) => {
    const texts = rows.map((row) => (row[at] ?? '').trim()).filter((text) => text !== '')
    const distinct = new Set(texts).size
    return {
      name,
      form: texts.length > 0 ? formOf(texts) : undefined,
      numbers: texts.length > 0 ? numbersOf(texts) : undefined,
      distinct,
      filled: texts.length,
      examples: texts.slice(0, 3),
    }
  })
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

/** Whether a first row is names, and not data already. */
export function isHeading(cells) {
  const isData = (text) =>
    text !== '' && (formOf([text]) !== undefined || numbersOf([text]) !== undefined)
  return !cells.some((cell) => isData(cell.trim()))
}

/** Names for columns, each once. */
export function namesOf(cells) {
  const taken = new Set()
  return cells.map((cell, at) => {
    const wanted = cell.trim().slice(0, 80) || `Column ${at + 1}`
    let name = wanted
    for (let count = 2; taken.has(name); count += 1) name = `${wanted} (${count})`
    taken.add(name)
    return name
  })
}
