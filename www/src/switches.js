// The switches of the view: period, range, window, bucket, fill, and the range before.

import { isDate, plus } from './day.js'
import { byId, choice, element } from './element.js'
import { questionOf } from './question.js'
import { follow, go, view } from './view.js'
import { periodTitles } from './words.js'

const ranges = [
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', 'A year'],
  ['all', 'All'],
  ['custom', 'From, to…'],
]
const windows = [
  ['', 'None'],
  ['7', '7 days'],
  ['28', '28 days'],
  ['90', '90 days'],
  ['365', '365 days'],
]
const aggregates = [
  ['sum', 'Sum'],
  ['mean', 'Mean'],
  ['minimum', 'Lowest'],
  ['maximum', 'Highest'],
]
const buckets = [
  ['', 'None'],
  ['week', 'Week'],
  ['month', 'Month'],
  ['quarter', 'Quarter'],
  ['year', 'Year'],
]
const fills = [
  ['', 'Leave gaps'],
  ['zero', 'Zero'],
  ['null', 'Missing'],
  ['previous', 'Value before'],
]

export class Switches {
  #store
  #periods
  #choices
  #before
  #dates

  constructor(store) {
    this.#store = store
    this.#periods = new Map(
      Object.keys(periodTitles).map((period) => [
        period,
        element('input', {
          type: 'radio',
          name: 'period',
          value: period,
          onchange: () => go({ period, window: '' }),
        }),
      ]),
    )
    const periods = element(
      'fieldset',
      { class: 'periods' },
      element('legend', { class: 'unseen' }, 'Period'),
    )
    for (const [period, input] of this.#periods) {
      periods.append(element('label', {}, input, element('span', {}, periodTitles[period])))
    }
    this.#choices = {
      range: choice('Range', ranges, (range) => this.#range(range)),
      window: choice('Rolling window', windows, (window) => go({ window })),
      by: choice('Window by', aggregates, (by) => go({ by })),
      bucket: choice('Calendar', buckets, (bucket) => go({ bucket })),
      fill: choice('Gaps', fills, (fill) => go({ fill })),
    }
    this.#before = element('input', {
      type: 'checkbox',
      onchange: () => go({ before: this.#before.checked ? '1' : '' }),
    })
    const date = (title) => {
      const input = element('input', {
        type: 'date',
        min: '0001-01-01',
        max: '9999-12-31',
        onchange: () => this.#custom(),
      })
      return {
        input,
        holder: element('label', { class: 'choice' }, element('span', {}, title), input),
      }
    }
    this.#dates = { from: date('From'), to: date('To') }
    const more = element(
      'div',
      { class: 'more', id: 'more' },
      ...Object.values(this.#choices).map(({ holder }) => holder),
      element(
        'label',
        { class: 'check' },
        this.#before,
        element('span', {}, 'Compare with before'),
      ),
      element('div', { class: 'dates' }, this.#dates.from.holder, this.#dates.to.holder),
    )
    const open = element(
      'button',
      {
        type: 'button',
        class: 'more-open quiet',
        'aria-expanded': 'false',
        'aria-controls': 'more',
        'aria-label': 'More: range, window, calendar and gaps',
        onclick: () => {
          const isOpen = more.classList.toggle('open')
          open.setAttribute('aria-expanded', String(isOpen))
        },
      },
      'More',
    )
    byId('switches').append(periods, open, more)
    follow(() => this.show())
  }

  #range(range) {
    if (range !== 'custom') return go({ range })
    const { from, to } = questionOf(this.#store, view()).range
    go({ range: `${from}..${to}` })
    this.#dates.from.input.focus()
  }

  #custom() {
    const [from, to] = [this.#dates.from.input.value, this.#dates.to.input.value]
    if (!isDate(from) || !isDate(to)) return
    go({ range: from <= to ? `${from}..${to}` : `${to}..${plus(from, 0)}` })
  }

  show() {
    const now = view()
    for (const [period, input] of this.#periods) input.checked = period === now.period
    const isCustom = now.range.includes('..')
    for (const [name, { select }] of Object.entries(this.#choices)) select.value = now[name]
    if (isCustom) {
      this.#choices.range.select.value = 'custom'
      const [from, to] = now.range.split('..')
      this.#dates.from.input.value = from
      this.#dates.to.input.value = to
    }
    byId('more').classList.toggle('custom', isCustom)
    const isKnown = this.#store.metrics.some(({ name }) => name === now.metric)
    // A period that is computed of days is a window already.
    const isComputed = isKnown && questionOf(this.#store, now).isComputed
    this.#choices.window.select.disabled = isComputed
    this.#choices.by.select.disabled = isComputed || now.window === ''
    this.#before.checked = now.before === '1'
  }
}
