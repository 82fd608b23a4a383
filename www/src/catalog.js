// The metrics of the store by domain.

import { byId, element, write } from './element.js'
import { chosen } from './tiles.js'
import { addressOf, follow, view } from './view.js'

export class Catalog {
  #store
  #open = byId('catalog-open')
  #onOther
  #links = new Map()
  #made

  /** @param {() => void} onOther is called when there are other metrics than before */
  constructor(store, onOther) {
    this.#store = store
    this.#onOther = onOther
    this.#open.addEventListener('click', () => this.#toggle())
    byId('catalog').addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape' || this.#open.getAttribute('aria-expanded') !== 'true') return
      this.#toggle()
      this.#open.focus()
    })
    follow(() => this.show())
    // Metrics that another tab registers come by themselves.
    let isFirst = true
    store
      .live(() => this.#signature())
      .subscribe(() => {
        if (!isFirst) this.#onOther()
        isFirst = false
      })
  }

  #toggle(isOpen = this.#open.getAttribute('aria-expanded') !== 'true') {
    this.#open.setAttribute('aria-expanded', String(isOpen))
    byId('catalog').classList.toggle('open', isOpen)
  }

  show() {
    const { metrics } = this.#store
    const now = view().metric
    // The links stay as long as the metrics do: one of them may have the focus.
    const made = this.#signature()
    if (made !== this.#made) this.#make()
    this.#made = made
    for (const [name, link] of this.#links) {
      link.href = addressOf({ metric: name })
      if (name === now) link.setAttribute('aria-current', 'page')
      else link.removeAttribute('aria-current')
    }
    write(byId('catalog-chosen'), metrics.find(({ name }) => name === now)?.title || now)
  }

  #signature() {
    const { metrics, domains } = this.#store
    return JSON.stringify([
      metrics.map(({ name, title }) => [name, title]),
      domains.map(({ reference, title, description }) => [reference, title, description]),
    ])
  }

  #make() {
    const { metrics, domains } = this.#store
    this.#links.clear()
    const groups = domains.map(({ reference, title, description }) => {
      const own = metrics.filter(({ name }) => name.startsWith(`${reference}.`))
      if (own.length === 0) return []
      const list = element('ul', {}, ...own.map((info) => this.#item(info, reference)))
      const heading = element('h2', {}, title || reference)
      return [heading, element('p', { class: 'about' }, description), list]
    })
    byId('catalog').replaceChildren(...groups.flat())
  }

  #item({ name, title }, reference) {
    const follow = (event) => {
      chosen(event, name)
      if (this.#open.getAttribute('aria-expanded') !== 'true') return
      this.#toggle(false)
      this.#open.focus()
    }
    const link = element('a', { onclick: follow }, title || name.slice(reference.length + 1))
    this.#links.set(name, link)
    return element('li', {}, link)
  }
}
