// The numbers of the chart as a table, written only while it is open.

import { byId, element, write } from './element.js'
import { painter } from './paint.js'

/** How many rows are shown at once. */
const PAGE = 60

export class Numbers {
  #details = byId('numbers')
  #body = element('tbody')
  #more = element('button', { type: 'button', class: 'quiet', onclick: () => this.#grow() })
  #before
  #rows = []
  #shown = PAGE
  #paint = painter(1000, () => this.#draw())

  constructor() {
    const title = (text) => element('th', { scope: 'col' }, text)
    this.#before = title('Before')
    const head = element('tr', {}, title('Date'), title('Value'), this.#before)
    const caption = element(
      'caption',
      { class: 'unseen' },
      'The numbers of the chart, newest first',
    )
    byId('numbers-body').append(
      element('table', {}, caption, element('thead', {}, head), this.#body),
      this.#more,
    )
    this.#details.addEventListener('toggle', () => this.#draw())
  }

  /** @param {(() => [date: string, value: string, before?: string])[]} rows */
  show(rows, hasBefore = false) {
    this.#rows = rows
    this.#before.hidden = !hasBefore
    if (this.#details.open) this.#paint()
  }

  #grow() {
    this.#shown += PAGE * 5
    this.#draw()
  }

  #draw() {
    if (!this.#details.open) return
    const length = Math.min(this.#rows.length, this.#shown)
    while (this.#body.rows.length > length) this.#body.lastElementChild.remove()
    while (this.#body.rows.length < length) {
      this.#body.append(
        element('tr', {}, element('th', { scope: 'row' }), element('td'), element('td')),
      )
    }
    for (let at = 0; at < length; at += 1) {
      const [date, value, before] = this.#rows[at]()
      const row = this.#body.rows[at]
      write(row.cells[0], date)
      write(row.cells[1], value)
      write(row.cells[2], before ?? '')
      row.cells[2].hidden = this.#before.hidden
    }
    this.#more.hidden = length === this.#rows.length
    write(this.#more, `Show more: ${this.#rows.length - length} older rows`)
  }
}
