// SQL in the form that serves these questions best.
//
// The key of a statistic is the primary key of a table without row ids, so that a series lies in one
// place. The index for breakdowns holds all that they read, sorted by value; it is there for them only.
// Everything is a whole number, statements are prepared once for many calls, and writes share one transaction.

import { dayOf, textOf } from './dates.js'
import { RECORD, TABLE } from './schema.js'

const DAY = 86_400
const WEEK = 604_800
const LIFETIME = 0
const PERIODS = { day: DAY, week: WEEK, lifetime: LIFETIME }
/** In the place of an object, for what is not split. */
const WHOLE = 0

const SCHEMA = `
  ${TABLE}
  CREATE TABLE event (at INTEGER NOT NULL, object INTEGER NOT NULL);
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -1000000;
`

/** Only where there are breakdowns: keeping it takes as long again as recording. */
const LARGEST = 'CREATE INDEX largest ON statistic (metric, period, date, value DESC, object)'

const SERIES = `
  SELECT date, value FROM statistic
  WHERE metric = ? AND period = ? AND object = ? AND date BETWEEN ? AND ?
  ORDER BY date`

const TOTAL = `
  SELECT sum(value), count(value) FROM statistic
  WHERE metric = ? AND period = ? AND object = ? AND date BETWEEN ? AND ?`

const TOP = `
  SELECT object, value FROM statistic
  WHERE metric = ? AND period = ? AND date = ?
  ORDER BY value DESC LIMIT ?`

const WHOLE_DATE = `
  SELECT sum(value), count(value) FROM statistic
  WHERE metric = ? AND period = ? AND date = ?`

/** The events are grouped once, by day and object; the rest is made of these groups. */
const COUNT = `
  DELETE FROM statistic;
  BEGIN;
  INSERT INTO statistic
    SELECT 0, ${DAY}, object, at / 86400000, count(*) FROM event GROUP BY object, at / 86400000;
  INSERT INTO statistic
    SELECT 0, ${DAY}, 0, date, sum(value) FROM statistic
    WHERE metric = 0 AND period = ${DAY} GROUP BY date;
  INSERT INTO statistic
    SELECT 0, ${WEEK}, 0, date,
      sum(value) OVER (ORDER BY date RANGE BETWEEN 6 PRECEDING AND CURRENT ROW)
    FROM statistic WHERE metric = 0 AND period = ${DAY} AND object = 0;
  INSERT INTO statistic
    SELECT 0, ${LIFETIME}, 0, date, sum(value) OVER (ORDER BY date)
    FROM statistic WHERE metric = 0 AND period = ${DAY} AND object = 0;
  COMMIT;
`

/**
 * A database, through what a driver offers:
 * - `exec(sql)` runs statements;
 * - `prepare(sql)` gives a statement with `run(parameters)`, `pair(parameters)` for the two numbers of
 *   one row, `each(parameters, take)` for two numbers a row, and `end()`.
 *
 * A metric is its number, which the caller looked up once.
 */
export class Sql {
  #driver

  constructor(driver) {
    this.#driver = driver
    driver.exec(SCHEMA)
  }

  close() {
    this.#driver.close()
  }

  forBreakdowns() {
    this.#driver.exec(LARGEST)
  }

  #insert(sql, write) {
    const driver = this.#driver
    driver.exec('BEGIN')
    const statement = driver.prepare(sql)
    write(statement)
    statement.end()
    driver.exec('COMMIT')
  }

  #ask(sql, read) {
    const statement = this.#driver.prepare(sql)
    read(statement)
    statement.end()
  }

  record(rows) {
    this.#insert(RECORD, (statement) => {
      for (const { metric, object, date, value } of rows) {
        statement.run([metric, DAY, object, dayOf(date), value])
      }
    })
  }

  recordByText(rows) {
    this.record(rows)
  }

  objects(spans, take) {
    this.#ask(SERIES, (statement) => {
      for (const { metric, object, from, to } of spans) {
        const points = []
        const asked = [metric, DAY, object, dayOf(from), dayOf(to)]
        statement.each(asked, (day, value) => points.push({ date: textOf(day), value }))
        take(points)
      }
    })
  }

  arrays(spans, take) {
    this.#ask(SERIES, (statement) => {
      for (const { metric, object, from, to } of spans) {
        const [first, last] = [dayOf(from), dayOf(to)]
        const days = new Int32Array(last - first + 1)
        const values = new Float64Array(last - first + 1)
        let length = 0
        statement.each([metric, DAY, object, first, last], (day, value) => {
          days[length] = day
          values[length++] = value
        })
        const isFull = length === days.length
        take(isFull ? days : days.slice(0, length), isFull ? values : values.slice(0, length))
      }
    })
  }

  totals(spans, take) {
    this.#ask(TOTAL, (statement) => {
      for (const { metric, object, from, to } of spans) {
        const [sum, count] = statement.pair([metric, DAY, object, dayOf(from), dayOf(to)])
        take({ sum, count })
      }
    })
  }

  tops(_, dates, limit, take) {
    this.#ask(TOP, (top) =>
      this.#ask(WHOLE_DATE, (whole) => {
        for (const date of dates) {
          const day = dayOf(date)
          const parts = []
          top.each([0, DAY, day, limit], (object, value) => parts.push({ object, value }))
          let [other, otherCount] = whole.pair([0, DAY, day])
          for (const { value } of parts) other -= value
          otherCount -= parts.length
          take({ parts, other, otherCount })
        }
      }),
    )
  }

  keep({ at, users }) {
    this.#insert('INSERT INTO event VALUES (?, ?)', (statement) => {
      for (let place = 0; place < at.length; place++) statement.run([at[place], users[place]])
    })
  }

  countColumns() {
    this.#driver.exec(COUNT)
  }

  countObjects() {
    this.#driver.exec(COUNT)
  }

  points(_, period, object = WHOLE) {
    const points = []
    this.#ask(SERIES, (statement) =>
      statement.each([0, PERIODS[period], object, 0, 2 ** 31 - 1], (day, value) =>
        points.push([textOf(day), value]),
      ),
    )
    return points
  }
}
