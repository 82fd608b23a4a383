// What the metric on screen is made up of: its largest parts and the rest.

import { dimensionsOf } from './dimension.js'
import { byId, choice, element, write } from './element.js'
import { painter } from './paint.js'
import { partsOf, questionOf } from './question.js'
import { TOPS, follow, go, view } from './view.js'
import { number } from './words.js'

export class Parts {
  #store
  #list = element('ol', { class: 'parts' })
  #empty = element('p', { class: 'empty' })
  #split
  #top
  #chosen = element('button', {
    type: 'button',
    class: 'quiet chosen',
    onclick: () => this.#all(),
  })
  #end = () => undefined
  #answer
  #dimensions = []
  #paint = painter(250, () => this.#draw())

  constructor(store) {
    this.#store = store
    this.#split = choice('by', [], (split) => go({ split }))
    this.#top = choice(
      'top',
      TOPS.map((top) => [top, top]),
      (top) => go({ top }),
    )
    byId('breakdown-body').append(
      element(
        'div',
        { class: 'parts-choices' },
        this.#split.holder,
        this.#top.holder,
        this.#chosen,
      ),
      this.#list,
      this.#empty,
    )
    follow(() => this.show())
  }

  show() {
    const store = this.#store
    const now = view()
    this.#end()
    this.#end = () => undefined
    this.#answer = undefined
    const info = store.metrics.find(({ name }) => name === now.metric)
    this.#dimensions = dimensionsOf(store, info)
    const names = this.#dimensions.map(({ name }) => name)
    const split = names.includes(now.split) ? now.split : names[0]
    this.#split.select.replaceChildren(
      ...names.map((name) => element('option', { value: name }, name)),
    )
    this.#split.select.value = split ?? ''
    this.#split.select.disabled = names.length < 2
    this.#top.select.value = now.top
    byId('breakdown').classList.toggle('none', split === undefined)
    byId('breakdown').style.setProperty('--rows', String(Number(now.top) + 1))
    const chosen = Object.entries(now.at).map(([name, value]) => `${name}: ${value}`)
    this.#chosen.hidden = chosen.length === 0
    write(this.#chosen, `Only ${chosen.join(', ')} ✕`)
    this.#chosen.setAttribute('aria-label', `Show all again, not only ${chosen.join(', ')}`)
    if (split === undefined) {
      this.#list.replaceChildren()
      write(this.#empty, info === undefined ? '' : 'This metric has totals only.')
      return
    }
    const question = questionOf(store, { ...now, at: {} })
    const period = question.isComputed ? 'day' : question.period
    const options = { by: split, limit: Number(now.top), ...partsOf(question, period) }
    const live = store.live((store) => store.breakdown(now.metric, period, options))
    this.#end = live.subscribe((answer) => {
      this.#answer = answer
      this.#paint()
    })
    this.#draw()
  }

  #all() {
    go({ at: {} })
    // The button goes away; the parts are next.
    this.#list.querySelector('button')?.focus()
  }

  #draw() {
    if (this.#answer === undefined) return
    const { parts, other, otherCount } = this.#answer
    const split = this.#split.select.value
    const isAlone = this.#dimensions.find(({ name }) => name === split)?.isAlone
    const largest = Math.max(
      ...parts.map(({ value }) => Math.abs(value)),
      Math.abs(other ?? 0),
      1e-9,
    )
    const rows = parts.map(({ by, value }) => ({ name: by[split], value, isAlone }))
    if (other !== null)
      rows.push({
        name: otherCount === 1 ? '1 other' : `${number(otherCount)} others`,
        value: other,
      })
    write(this.#empty, rows.length === 0 ? 'No parts in this range.' : '')
    while (this.#list.children.length > rows.length) this.#list.lastElementChild.remove()
    while (this.#list.children.length < rows.length) this.#list.append(made())
    rows.forEach(({ name, value, isAlone }, at) => {
      const row = this.#list.children[at]
      const [button, amount, bar] = row.children
      write(button, name === '' ? '(empty)' : name)
      button.disabled = !isAlone
      button.setAttribute('aria-pressed', String(isAlone === true && view().at[split] === name))
      button.onclick = () => {
        const isChosen = view().at[split] === name
        go({ at: isChosen ? {} : { [split]: name }, split })
      }
      write(amount, number(value))
      bar.style.transform = `scaleX(${Math.abs(value) / largest})`
    })
  }
}

function made() {
  return element(
    'li',
    {},
    element('button', { type: 'button', class: 'part-name' }),
    element('span', { class: 'part-value' }),
    element('span', { class: 'part-bar', 'aria-hidden': 'true' }),
  )
}
