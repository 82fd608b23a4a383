// By hand: a map of series to maps of dates.

import { dayOf, textOf } from './dates.js'
import { Largest } from './largest.js'
import { tallyColumns, tallyObjects } from './tally.js'

export class Maps {
  static title = 'Map of Map'
  /** By metric, period and object as one text. */
  series = new Map()
  /** The series of each metric and period, with their objects. */
  parts = new Map()

  static async open() {
    return new Maps()
  }

  close() {}

  #meet(key, name, period, object) {
    const dates = new Map()
    this.series.set(key, dates)
    if (object !== undefined) {
      const whole = `${name}|${period}`
      let parts = this.parts.get(whole)
      if (parts === undefined) this.parts.set(whole, (parts = []))
      parts.push({ object, dates })
    }
    return dates
  }

  put(name, period, object, date, value) {
    const key = `${name}|${period}|${object}`
    const dates = this.series.get(key) ?? this.#meet(key, name, period, object)
    dates.set(date, value)
  }

  record(rows) {
    for (const row of rows) this.put(row.name, 'day', row.object, row.date, row.value)
  }

  recordByText(rows) {
    this.record(rows)
  }

  objects(spans, take) {
    for (const { name, object, from, to } of spans) {
      const dates = this.series.get(`${name}|day|${object}`)
      const points = []
      for (let day = dayOf(from), last = dayOf(to); day <= last; day++) {
        const date = textOf(day)
        const value = dates.get(date)
        if (value !== undefined) points.push({ date, value })
      }
      take(points)
    }
  }

  arrays(spans, take) {
    for (const { name, object, from, to } of spans) {
      const dates = this.series.get(`${name}|day|${object}`)
      const first = dayOf(from)
      const last = dayOf(to)
      const days = new Int32Array(last - first + 1)
      const values = new Float64Array(last - first + 1)
      let length = 0
      for (let day = first; day <= last; day++) {
        const value = dates.get(textOf(day))
        if (value === undefined) continue
        days[length] = day
        values[length++] = value
      }
      const isFull = length === days.length
      take(isFull ? days : days.slice(0, length), isFull ? values : values.slice(0, length))
    }
  }

  totals(spans, take) {
    for (const { name, object, from, to } of spans) {
      const dates = this.series.get(`${name}|day|${object}`)
      let sum = 0
      let count = 0
      for (let day = dayOf(from), last = dayOf(to); day <= last; day++) {
        const value = dates.get(textOf(day))
        if (value === undefined) continue
        sum += value
        count++
      }
      take({ sum, count })
    }
  }

  tops(name, dates, limit, take) {
    for (const date of dates) {
      const largest = new Largest(limit)
      for (const part of this.parts.get(`${name}|day`)) {
        const value = part.dates.get(date)
        if (value !== undefined) largest.add(part.object, value)
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
    const dates = Array.from(whole, (_, at) => textOf(first + at))
    for (const [object, counts] of objects) {
      for (let at = 0; at < counts.length; at++) {
        if (counts[at] > 0) this.put(name, 'day', object, dates[at], counts[at])
      }
    }
    for (let at = 0; at < whole.length; at++) {
      this.put(name, 'day', undefined, dates[at], whole[at])
      this.put(name, 'week', undefined, dates[at], weeks[at])
      this.put(name, 'lifetime', undefined, dates[at], lifetimes[at])
    }
  }

  points(name, period, object) {
    return [...this.series.get(`${name}|${period}|${object}`)].sort(([a], [b]) => (a < b ? -1 : 1))
  }
}
