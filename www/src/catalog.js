// The metrics of the store by domain.

import { byId, element, write } from './element.js'
import { chosen } from './tiles.js'
import { addressOf, follow, view } from './view.js'

export class Catalog {
  #store
  #open = byId('catalog-open')
  #onOther

  /** @param {() => void} onOther is called when there are other metrics than before */
  constructor(store, onOther) {
    this.#store = store
    this.#onOther = onOther
    this.#open.addEventListener('click', () => this.#toggle())
    byId('catalog').addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape' || this.#open.ariaExpanded !== 'true') return
      this.#toggle()
      this.#open.focus()
    })
    follow(() => this.show())
    // Metrics that another tab registers come by themselves.
    let isFirst = true
    store
      .live((store) => store.metrics.map(({ name, title }) => `${name} ${title}`).join('\n'))
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
    const { metrics, domains } = this.#store
    const now = view().metric
    const groups = domains.map(({ ref, title, description }) => {
      const own = metrics.filter(({ name }) => name.startsWith(`${ref}.`))
      if (own.length === 0) return undefined
      const list = element('ul', {})
      for (const { name, title } of own) {
        const link = element(
          'a',
          { href: addressOf({ metric: name }) },
          title || name.slice(ref.length + 1),
        )
        link.addEventListener('click', (event) => {
          chosen(event, name)
          this.#toggle(false)
        })
        if (name === now) link.setAttribute('aria-current', 'page')
        list.append(element('li', {}, link))
      }
      const heading = element('h2', {}, title || ref)
      return [heading, element('p', { class: 'about' }, description), list]
    })
    byId('catalog').replaceChildren(...groups.flat().filter(Boolean))
    const info = metrics.find(({ name }) => name === now)
    write(byId('catalog-chosen'), info?.title || now)
  }
}
