// A busy shop: thousands of events a second, each recorded by itself.

import { byId, write } from './element.js'
import { products, sources, countries } from './sample.js'
import { notice } from './say.js'
import { OWN } from './store.js'
import { go, view } from './view.js'
import { number } from './words.js'

/** Events a second. */
const RATE = 3000

/** What an event may be: one visit in twenty becomes an order. */
const ORDER = 0.05

export class Busy {
  #store
  #button = byId('busy')
  #pace = byId('pace')
  #frame
  #last = 0
  #owed = 0
  #count = 0
  #told = { at: 0, count: 0 }
  #metrics

  constructor(store) {
    this.#store = store
    // Only the shop of the page: what came from a file stays what it is.
    if (view().store !== OWN) {
      this.#button.style.visibility = 'hidden'
      return
    }
    this.#button.disabled = false
    this.#button.addEventListener('click', () => (this.#frame ? this.#stop() : this.#start()))
  }

  #start() {
    const store = this.#store
    const parts = (name, dimension, values) => ({
      total: store.metric(name),
      parts: Object.keys(values).map((value) => store.metric(name).at({ [dimension]: value })),
    })
    this.#metrics = {
      orders: parts('shop.orders', 'country', countries),
      visits: parts('shop.visits', 'source', sources),
      revenue: parts('shop.revenue', 'product', products),
    }
    if (!view().metric.startsWith('shop.')) go({ metric: 'shop.visits', period: 'day' })
    this.#count = 0
    this.#last = performance.now()
    this.#told = { at: this.#last, count: 0 }
    this.#button.setAttribute('aria-pressed', 'true')
    write(this.#button, 'Stop the busy shop')
    this.#frame = requestAnimationFrame((now) => this.#step(now))
  }

  #stop() {
    cancelAnimationFrame(this.#frame)
    this.#frame = undefined
    this.#button.setAttribute('aria-pressed', 'false')
    write(this.#button, 'Simulate a busy shop')
    write(this.#pace, `Recorded ${number(this.#count)} events.`)
  }

  #step(now) {
    this.#frame = requestAnimationFrame((later) => this.#step(later))
    // A page that was not seen does not catch up.
    this.#owed += (Math.min(now - this.#last, 250) / 1000) * RATE
    this.#last = now
    const events = Math.floor(this.#owed)
    this.#owed -= events
    try {
      const { today } = this.#store
      for (let event = 0; event < events; event += 1) this.#happen(today)
    } catch (error) {
      this.#stop()
      return notice(`The shop closed: ${error.message}`)
    }
    this.#count += events
    this.#tell(now)
  }

  #happen(today) {
    const { orders, visits, revenue } = this.#metrics
    add(visits, today, 1)
    if (Math.random() > ORDER) return
    add(orders, today, 1)
    add(revenue, today, 12.75)
  }

  #tell(now) {
    const seconds = (now - this.#told.at) / 1000
    if (seconds < 1) return
    const rate = Math.round((this.#count - this.#told.count) / seconds)
    this.#told = { at: now, count: this.#count }
    write(this.#pace, `${number(rate)} events a second, ${number(this.#count)} so far`)
  }
}

/** Adds to one part and to the total. */
function add({ total, parts }, today, amount) {
  parts[Math.floor(Math.random() * parts.length)].increment(amount, today)
  total.increment(amount, today)
}
