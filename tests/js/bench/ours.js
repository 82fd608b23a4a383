// The package, used as its documentation tells.

import { defineStats, open } from 'trackstats'

import { date, metricName } from './workload.js'

export class Ours {
  static title = 'trackstats'
  #store
  /** By metric and object. */
  #handles

  constructor(store, handles) {
    this.#store = store
    this.#handles = handles
  }

  static async open({ metrics, objects, days }) {
    const declared = {}
    for (let metric = 0; metric < metrics; metric++) {
      declared[metricName(metric).split('.')[1]] = { by: 'user' }
    }
    const stats = defineStats({ measured: { metrics: declared } })
    const now = Date.parse(date(days - 1))
    const store = await open('memory:', { stats, now: () => now })
    const handles = Array.from({ length: metrics }, (_, metric) => {
      const whole = store.metric(metricName(metric))
      return Array.from({ length: objects }, (_, at) => whole.at({ user: at + 1 }))
    })
    return new Ours(store, handles)
  }

  close() {
    this.#store.close()
  }

  record(rows) {
    const handles = this.#handles
    for (const { metric, object, date, value } of rows) {
      handles[metric][object - 1].record('day', value, date)
    }
  }

  recordByText(rows) {
    const store = this.#store
    for (const { name, object, date, value } of rows) {
      store.record(name, 'day', value, { by: { user: object }, date })
    }
  }

  objects(spans, take) {
    const handles = this.#handles
    for (const { metric, object, from, to } of spans) {
      take(handles[metric][object - 1].series('day', { from, to }).toArray())
    }
  }

  arrays(spans, take) {
    const handles = this.#handles
    for (const { metric, object, from, to } of spans) {
      const series = handles[metric][object - 1].series('day', { from, to })
      take(series.days, series.values)
    }
  }

  reused(spans, take) {
    const handles = this.#handles
    for (const { metric, object, from, to } of spans) {
      const series = handles[metric][object - 1].series('day', { from, to, reuse: true })
      take(series.days, series.values)
    }
  }

  totals(spans, take) {
    const handles = this.#handles
    for (const { metric, object, from, to } of spans) {
      take(handles[metric][object - 1].total('day', { from, to }))
    }
  }

  tops(name, dates, limit, take) {
    const store = this.#store
    for (const on of dates) take(store.breakdown(name, 'day', { by: 'user', on, limit }))
  }

  keep() {}

  async countColumns(name, { at, users }) {
    const store = this.#store
    await store.trackColumns(name, ['day', 'week', 'lifetime'], { time: at })
    await store.trackColumns(name, 'day', { time: at, by: { user: users } })
  }

  async countObjects(name, { list }) {
    const store = this.#store
    await store.track(name, ['day', 'week', 'lifetime'], list, { time: 'at' })
    await store.track(name, 'day', list, { time: 'at', by: { user: 'user' } })
  }

  points(name, period, object) {
    const by = object === undefined ? undefined : { user: object }
    const series = this.#store.series(name, period, { by })
    return series.toArray().map(({ date, value }) => [date, value])
  }
}
