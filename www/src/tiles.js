// The latest value of each metric, with the line that led to it.

import { sparkline } from './chart.js'
import { dayOf, plus, shortDay } from './day.js'
import { byId, element, write } from './element.js'
import { painter } from './paint.js'
import { held } from './held.js'
import { PERIODS, addressOf, follow, go, view } from './view.js'
import { number } from './words.js'

/** How many metrics have a tile, and how many days its line has. */
const MOST = 12
const DAYS = 30

export class Tiles {
  #store
  #tiles = new Map()

  constructor(store) {
    this.#store = store
    follow(() => this.show())
    this.show()
  }

  show() {
    const infos = this.#store.metrics
      .filter(({ name }) => periodOf(this.#store, name) !== undefined)
      .slice(0, MOST)
    const names = infos.map(({ name }) => name)
    for (const [name, tile] of this.#tiles) {
      if (names.includes(name)) continue
      tile.end()
      tile.item.remove()
      this.#tiles.delete(name)
    }
    for (const info of infos) {
      if (!this.#tiles.has(info.name)) this.#tiles.set(info.name, this.#tile(info))
      const { link } = this.#tiles.get(info.name)
      link.href = addressOf({ metric: info.name })
      if (info.name === view().metric) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  }

  #tile({ name, title }) {
    const store = this.#store
    const period = periodOf(store, name)
    const spark = sparkline()
    const value = element('span', { class: 'tile-value' })
    const date = element('span', { class: 'tile-date' })
    const link = element(
      'a',
      { class: 'tile', onclick: (event) => chosen(event, name) },
      element('span', { class: 'tile-name' }, title || name),
      value,
      date,
      spark.svg,
    )
    const item = element('li', {}, link)
    byId('tiles').append(item)
    const from = plus(store.latest(name, period)?.date ?? store.today, 1 - DAYS)
    let series = store.series(name, period, { from })
    const draw = () => {
      const last = series.length - 1
      write(value, last < 0 ? '–' : number(series.values[last]))
      write(date, last < 0 ? '' : shortDay(dayOf(series.dates[last])))
      spark.draw(series)
    }
    const paint = painter(300, draw)
    const end = store.subscribe({ metric: name, period, from }, (fresh) => {
      series = fresh
      paint()
    })
    draw()
    return { item, link, end }
  }
}

/** The shortest period that has values of the metric as a whole. */
function periodOf(store, name) {
  return PERIODS.find((period) => held(() => store.latest(name, period)) !== undefined)
}

/** Follows a link to a metric, unless it is to be opened elsewhere. */
export function chosen(event, metric) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
  event.preventDefault()
  go({ metric, period: 'day' })
}
