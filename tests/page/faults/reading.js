// Files as the page reads them, without a page: guessed, and taken as it was guessed.

import { look, read } from '../../../www/src/bring/look.js'

const DAY = 86_400_000

/** A file of a text in an encoding that Node writes; `windows-1252` for letters to U+00FF. */
export function fileOf(text, { name = 'data.csv', encoding = 'utf-8', mark = false } = {}) {
  const names = { 'windows-1252': 'latin1', 'utf-16le': 'utf16le', 'utf-8': 'utf8' }
  let bytes = Buffer.from(mark ? `\ufeff${text}` : text, names[encoding] ?? 'utf16le')
  if (encoding === 'utf-16be') bytes = bytes.swap16()
  return new File([bytes], name)
}

export function looked(text, { given = {}, ...form } = {}) {
  return look(fileOf(text, form), given, () => undefined)
}

/**
 * Looks at a file and takes it as it was guessed.
 *
 * @param chosen `sum` (the name of a column), `by` (likewise), and what a person would choose where the guess asks
 * @returns totals by day and by part, what was skipped, and whether something was asked
 */
export async function taken(
  text,
  { sum, by, zone = 'UTC', given = {}, answers = {}, ...form } = {},
) {
  const file = fileOf(text, form)
  const found = await look(file, given, () => undefined)
  const at = (name) => {
    const place = found.columns.findIndex((column) => column.name === name)
    if (place < 0)
      throw new Error(`no column ${name} among ${found.columns.map((one) => one.name)}`)
    return place
  }
  const value = sum === undefined ? undefined : at(sum)
  const time = found.plan.time
  const asked = {
    form: time === undefined || found.columns[time].isFormInDoubt,
    numbers: value !== undefined && found.columns[value].isStyleInDoubt,
  }
  const plan = {
    ...found.plan,
    value,
    numbers: value === undefined ? undefined : found.columns[value].numbers,
    split: by === undefined ? [] : [at(by)],
    ...answers,
  }
  const { series, report } = await read(file, found.how, plan, zone, () => undefined)
  const [total, ...parts] = series
  return {
    ...found,
    asked,
    report,
    days: Object.fromEntries([...total.days].map((day, at) => [dateOf(day), total.values[at]])),
    parts: Object.fromEntries(parts.map(({ value, values }) => [value, sumOf(values)])),
    total: sumOf(total.values),
  }
}

export const dateOf = (day) => new Date(day * DAY).toISOString().slice(0, 10)

function sumOf(values) {
  return Math.round([...values].reduce((sum, value) => sum + value, 0) * 1e6) / 1e6
}
