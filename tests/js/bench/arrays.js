// By hand: a map of series to packed arrays, sorted by day.

import { dayOf, textOf } from './dates.js'
import { Largest } from './largest.js'
import { tallyColumns, tallyObjects } from './tally.js'

/** The values of one series. */
export class Column {
  days = new Int32Array(16)
  values = new Float64Array(16)
  length = 0

  put(day, value) {
    const { length } = this
    if (length > 0 && day <= this.days[length - 1]) {
      const at = this.place(day)
      if (this.days[at] !== day) {
        if (length === this.days.length) this.#grow()
        this.days.copyWithin(at + 1, at, length)
        this.values.copyWithin(at + 1, at, length)
        this.days[at] = day
        this.length++
      }
      this.values[at] = value
      return
    }
    if (length === this.days.length) this.#grow()
    this.days[length] = day
    this.values[length] = value
    this.length = length + 1
  }

  /** Where the first day is that is not before the given one. */
  place(day) {
    const { days } = this
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (days[middle] < day) low = middle + 1
      else high = middle
    }
    return low
  }

  #grow() {
    const { days, values } = this
    this.days = new Int32Array(2 * days.length)
    this.days.set(days)
    this.values = new Float64Array(2 * values.length)
    this.values.set(values)
  }
}

export class Arrays {
  static title = 'packed arrays'
  /** By metric, period and object as one text. */
  series = new Map()
  /** The series of each metric and period, with their objects. */
  parts = new Map()

  static async open() {
    return new Arrays()
  }

  close() {}

  column(name, period, object) {
    const key = `${name}|${period}|${object}`
    return this.series.get(key) ?? this.#meet(key, name, period, object)
  }

  #meet(key, name, period, object) {
    const column = new Column()
    this.series.set(key, column)
    if (object !== undefined) {
      const whole = `${name}|${period}`
      let parts = this.parts.get(whole)
      if (parts === undefined) this.parts.set(whole, (parts = []))
      parts.push({ object, column })
    }
    return column
  }

  record(rows) {
    for (const row of rows) {
      this.column(row.name, 'day', row.object).put(dayOf(row.date), row.value)
    }
  }

  recordByText(rows) {
    this.record(rows)
  }

  objects(spans, take) {
    for (const { name, object, from, to } of spans) {
      const column = this.series.get(`${name}|day|${object}`)
      const { days, values } = column
      const start = column.place(dayOf(from))
      const end = column.place(dayOf(to) + 1)
      const points = new Array(end - start)
      for (let at = start; at < end; at++) {
        points[at - start] = { date: textOf(days[at]), value: values[at] }
      }
      take(points)
    }
  }

  arrays(spans, take) {
    for (const { name, object, from, to } of spans) {
      const column = this.series.get(`${name}|day|${object}`)
      const start = column.place(dayOf(from))
      const end = column.place(dayOf(to) + 1)
      take(column.days.slice(start, end), column.values.slice(start, end))
    }
  }

  totals(spans, take) {
    for (const { name, object, from, to } of spans) {
      const column = this.series.get(`${name}|day|${object}`)
      const { values } = column
      const start = column.place(dayOf(from))
      const end = column.place(dayOf(to) + 1)
      let sum = 0
      for (let at = start; at < end; at++) sum += values[at]
      take({ sum, count: end - start })
    }
  }

  tops(name, dates, limit, take) {
    for (const date of dates) {
      const day = dayOf(date)
      const largest = new Largest(limit)
      for (const { object, column } of this.parts.get(`${name}|day`)) {
        const at = column.place(day)
        if (column.days[at] === day) largest.add(object, column.values[at])
      }
      take(largest.answer())
    }
  }

  keep() {}

  countColumns(name, { at, users }) {
    this.#count(name, tallyColumns(at, users))
  }

  countObjects(name, { list }) {
    this.#count(name, tallyObjects(list))
  }

  #count(name, { first, whole, weeks, lifetimes, objects }) {
    for (const [object, counts] of objects) {
      const column = this.column(name, 'day', object)
      for (let at = 0; at < counts.length; at++) {
        if (counts[at] > 0) column.put(first + at, counts[at])
      }
    }
    const days = this.column(name, 'day')
    const sevens = this.column(name, 'week')
    const alls = this.column(name, 'lifetime')
    for (let at = 0; at < whole.length; at++) {
      days.put(first + at, whole[at])
      sevens.put(first + at, weeks[at])
      alls.put(first + at, lifetimes[at])
    }
  }

  points(name, period, object) {
    const { days, values, length } = this.column(name, period, object)
    return Array.from({ length }, (_, at) => [textOf(days[at]), values[at]])
  }
}
