// The button that adds one, now.

import { byId, write } from './element.js'
import { HERE } from './history.js'
import { notice } from './say.js'
import { follow, view } from './view.js'
import { number, titleOf } from './words.js'

/** Where one more belongs to, of a dimension where no part is chosen. */
const usual = { ...HERE, country: 'NL', product: 'Bell', source: 'Direct' }

/** Where one more is added: to the total, and to a part if the metric has parts. */
export function oneMore(store, { metric, at }, info) {
  const isSoFar = store.latest(metric, 'day') === undefined && store.latest(metric, 'lifetime')
  const names = info.by.length > 0 ? info.by : Object.keys(at)
  const part = names.map((name) => [name, at[name] ?? usual[name] ?? 'on this page'])
  const places = names.length > 0 ? [{}, Object.fromEntries(part)] : [{}]
  return { period: isSoFar ? 'lifetime' : 'day', places }
}

export class Increment {
  #store
  #button = byId('plus')

  constructor(store) {
    this.#store = store
    this.#button.disabled = false
    this.#button.addEventListener('click', () => this.#add())
    follow(() => this.show())
  }

  show() {
    const info = this.#info()
    this.#button.disabled = info === undefined
    write(this.#button, '+1 now')
    this.#button.setAttribute('aria-label', `+1 now: add one to ${titleOf(info, view())}`)
  }

  #info() {
    return this.#store.metrics.find(({ name }) => name === view().metric)
  }

  #add() {
    const store = this.#store
    const { metric, at } = view()
    const info = this.#info()
    const { period, places } = oneMore(store, view(), info)
    try {
      store.batch(() => {
        if (period === 'lifetime') this.#carry(metric)
        for (const by of places) store.increment(metric, 1, { by, period })
      })
    } catch (error) {
      return notice(`Not added: ${error.message}`)
    }
    const now = store.value(metric, period, { by: at })
    notice(`Added: ${titleOf(info, view())}, today ${number(now)}`)
  }

  /** What counts all so far begins a day with what there was the day before. */
  #carry(metric) {
    const store = this.#store
    const latest = store.latest(metric, 'lifetime')
    if (latest.date < store.today) store.record(metric, 'lifetime', latest.value ?? 0)
  }
}
