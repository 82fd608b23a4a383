// Counting or summing the records of a file by day and by each of the chosen columns.

import { numberOf } from './number.js'
import { reader } from './time.js'

/** How many values of a column are told apart; the rest is 'others'. */
const MOST = 5000

/** How many records that were skipped are shown for each reason. */
const SHOWN = 5

/** The most characters of a value that is kept. */
const LONGEST = 200

/** The days that a store has, from 0001-01-01 to 9999-12-31. */
const [FIRST, LAST] = [-719_162, 2_932_896]

/** Why a text is no number in that style. */
function whyNot(text, numbers) {
  const [other, sign] = numbers === 'comma' ? ['point', 'comma'] : ['comma', 'point']
  return Number.isFinite(numberOf(text, other))
    ? `its value is no number with a ${sign} before the fraction`
    : 'its value is no number'
}

/** Sums by day of one value, or of the total. */
class Sums {
  #days = new Map()

  add(day, amount) {
    this.#days.set(day, (this.#days.get(day) ?? 0) + amount)
  }

  columns() {
    const sorted = [...this.#days].sort(([a], [b]) => a - b)
    return {
      days: Int32Array.from(sorted, ([day]) => day),
      values: Float64Array.from(sorted, ([, value]) => value),
    }
  }
}

export class Gathering {
  #plan
  #dayOf
  #total = new Sums()
  /** For each column that is split by: sums by value. */
  #parts
  #isWhole = true
  #others = 0
  #taken = 0
  #skipped = new Map()

  /**
   * @param plan `time`, `form`, `value` (a column, or undefined to count), `numbers`, and `split`
   * @param zone of the store
   */
  constructor(plan, zone) {
    this.#plan = plan
    this.#dayOf = reader(plan.form, zone)
    this.#parts = plan.split.map(() => new Map())
  }

  skip(number, why, text = '') {
    const seen = this.#skipped.get(why) ?? { why, count: 0, examples: [] }
    seen.count += 1
    if (seen.examples.length < SHOWN) seen.examples.push({ number, text: text.slice(0, 80) })
    this.#skipped.set(why, seen)
  }

  add({ number, cells }) {
    const { time, value, numbers, split } = this.#plan
    const text = (cells[time] ?? '').trim()
    if (text === '') return this.skip(number, 'it has no time')
    const day = this.#dayOf(text)
    if (!(day >= FIRST && day <= LAST)) {
      return this.skip(number, 'its time is not in that form', text)
    }
    let amount = 1
    if (value !== undefined) {
      const written = (cells[value] ?? '').trim()
      if (written === '') return this.skip(number, 'it has no value')
      amount = numberOf(written, numbers)
      if (!Number.isFinite(amount)) {
        return this.skip(number, whyNot(written, numbers), written)
      }
      if (!Number.isSafeInteger(amount)) this.#isWhole = false
    }
    this.#taken += 1
    this.#total.add(day, amount)
    split.forEach((column, at) => this.#sums(this.#parts[at], cells[column]).add(day, amount))
  }

  #sums(parts, cell = '') {
    const name = [...cell.trim().slice(0, LONGEST * 2)].slice(0, LONGEST).join('') || '(none)'
    let sums = parts.get(name)
    if (sums === undefined) {
      const isRare = parts.size >= MOST
      if (isRare) this.#others += 1
      const key = isRare ? 'others' : name
      sums = parts.get(key) ?? new Sums()
      parts.set(key, sums)
    }
    return sums
  }

  result() {
    const series = [{ ...this.#total.columns() }]
    this.#parts.forEach((parts, at) => {
      for (const [value, sums] of parts) {
        series.push({ dimension: this.#plan.split[at], value, ...sums.columns() })
      }
    })
    const sums = series.map(({ values }) => values)
    const isWhole = this.#isWhole && sums.every((values) => values.every(Number.isSafeInteger))
    const skipped = [...this.#skipped.values()].sort((a, b) => b.count - a.count)
    return { series, isWhole, report: { taken: this.#taken, others: this.#others, skipped } }
  }
}
