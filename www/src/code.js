// The code that produces what is on screen, in JavaScript and in Rust.

import { dimensionsOf } from './dimension.js'
import { byId, element, write } from './element.js'
import { oneMore } from './increment.js'
import { partsOf, questionOf } from './question.js'
import { notice } from './say.js'
import { follow, view } from './view.js'

/** A text as a literal of both languages. */
const quoted = (text, quote) =>
  quote +
  [...text]
    .map((sign) => {
      if (sign === quote || sign === '\\') return `\\${sign}`
      if (sign === '\n') return '\\n'
      const code = sign.codePointAt(0)
      if (code >= 32 && !(code >= 127 && code < 160) && !/[\u2028\u2029\p{Cf}]/u.test(sign))
        return sign
      return quote === '"' ? `\\u{${code.toString(16)}}` : `\\u{${code.toString(16)}}`
    })
    .join('') +
  quote

const text = (value) => quoted(value, "'")
const string = (value) => quoted(value, '"')

/** A value as JavaScript that people would write. */
function literal(value) {
  if (typeof value === 'string') return text(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).map(([name, part]) => {
    const key = /^[a-z_$][\w$]*$/i.test(name) && name !== '__proto__' ? name : `[${text(name)}]`
    return `${key}: ${literal(part)}`
  })
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

/** A call over several lines where it is long. */
function call(name, metric, period, options) {
  const first = `${name}(${text(metric)}, ${text(period)}`
  const entries = Object.entries(options).filter(([, value]) => value !== undefined)
  const short = `${first}, ${literal(Object.fromEntries(entries))})`
  if (short.length <= 88) return short
  const lines = entries.map(([key, value]) => `  ${literal({ [key]: value }).slice(2, -2)},`)
  return `${first}, {\n${lines.join('\n')}\n})`
}

/** @returns {string} the JavaScript for a question */
export function inJavaScript({ question, split, parts, period, top, store, more }) {
  const { metric, by, options, range } = question
  const at = Object.keys(by).length > 0 ? { by } : {}
  const shape = options.cumulative ? { ...options, from: undefined } : options
  const lines = [
    "import { open } from 'trackstats'",
    '',
    `const store = (await open(${text(`idb:${store}`)})).dynamic`,
    `const series = ${call('store.series', metric, question.period, { ...shape, ...at })}`,
    'console.log(series.dates, series.values)',
  ]
  if (question.kind === 'day' && !options.bucket) {
    lines.push(
      '',
      `const { change } = ${call('store.compare', metric, question.period, { ...range, ...at })}`,
    )
  }
  if (split)
    lines.push(
      '',
      `const top = ${call('store.breakdown', metric, period, { by: split, ...parts, limit: top })}`,
    )
  const how = more.period === 'day' ? {} : { period: more.period }
  lines.push('')
  for (const by of more.places) {
    lines.push(`store.increment(${text(metric)}, 1, ${literal({ by, ...how })})`)
  }
  return lines.join('\n')
}

const words = (name) => name.replace(/(^|_)(\w)/g, (_, __, sign) => sign.toUpperCase())
const periods = {
  day: 'Day',
  week: 'Week',
  days_28: 'Days28',
  month: 'Month',
  lifetime: 'Lifetime',
}

function rangeInRust({ from, to }) {
  return `${from === undefined ? '' : string(from)}..=${string(to)}`
}

/** @returns {string} the Rust for a question, in a function that answers with a `Result` */
export function inRust({ question, split, parts, period, top }) {
  const { metric, by, options, range } = question
  const used = new Set(['MetricRef', 'Period', 'Store'])
  const of = Object.entries(by).map(([name, value]) => `.at(${string(name)}, ${string(value)})`)
  const target = `MetricRef::new(${string(metric)})${of.join('')}`
  const steps = [`.range(${rangeInRust(options.cumulative ? { to: options.to } : range)})`]
  const aggregate = (name) => {
    used.add('AnyAggregate')
    return `AnyAggregate::${words(name)}`
  }
  if (options.fill) {
    used.add('Fill')
    steps.push(`.fill(Fill::${words(options.fill)})`)
  }
  if (options.cumulative) steps.push('.cumulative()')
  if (options.rolling) {
    const { days, by } =
      typeof options.rolling === 'number' ? { days: options.rolling, by: 'sum' } : options.rolling
    steps.push(`.rolling(${days}, ${aggregate(by)})`)
  }
  if (options.bucket) {
    used.add('Bucket')
    steps.push(`.bucket(Bucket::${words(options.bucket.span)}, ${aggregate(options.bucket.by)})`)
  }
  const chain = (start, steps) => [start, ...steps, '.read()?;'].join('\n    ')
  const lines = [
    `let metric = ${target};`,
    chain(`let series = store.series(&metric, Period::${periods[question.period]})`, steps),
    'for point in series {\n    println!("{}  {:?}", point.date, point.value);\n}',
  ]
  if (split) {
    const steps = [`.by(${string(split)})`, `.range(${rangeInRust(parts)})`, `.limit(${top})`]
    if (parts.aggregate) steps.splice(2, 0, `.aggregate(${aggregate(parts.aggregate)})`)
    const start = `let top = store.breakdown(${string(metric)}, Period::${periods[period]})`
    lines.push(
      chain(start, steps),
      'for part in top.parts {\n    println!("{}  {}", part.at[0], part.value);\n}',
    )
  }
  return [
    `use trackstats::{${[...used].sort().join(', ')}};`,
    '',
    'let store = Store::open("page.stats")?;',
    ...lines,
  ].join('\n')
}

/** All that the code depends on. */
export function subject(store, now) {
  const question = questionOf(store, now)
  const info = store.metrics.find(({ name }) => name === now.metric)
  const names = dimensionsOf(store, info).map(({ name }) => name)
  const split = names.includes(now.split) ? now.split : names[0]
  const whole = questionOf(store, { ...now, at: {} })
  const period = whole.isComputed ? 'day' : whole.period
  const more = oneMore(store, now, info)
  const parts = partsOf(whole, period)
  return { question, split, parts, period, top: Number(now.top), store: now.store, more }
}

export class Code {
  #store
  #code = element('code')
  #languages = new Map()

  constructor(store) {
    this.#store = store
    const choices = element(
      'fieldset',
      { class: 'periods' },
      element('legend', { class: 'unseen' }, 'Language'),
    )
    for (const [language, title, made] of [
      ['js', 'JavaScript', inJavaScript],
      ['rust', 'Rust', inRust],
    ]) {
      const input = element('input', {
        type: 'radio',
        name: 'language',
        value: language,
        checked: language === 'js',
        onchange: () => this.show(),
      })
      this.#languages.set(input, made)
      choices.append(element('label', {}, input, element('span', {}, title)))
    }
    const copy = element(
      'button',
      { type: 'button', class: 'quiet', onclick: () => this.#copy() },
      'Copy',
    )
    byId('code-body').append(
      element('div', { class: 'code-acts' }, choices, copy),
      element(
        'pre',
        { tabIndex: 0, role: 'region', 'aria-label': 'Code for this view' },
        this.#code,
      ),
    )
    follow(() => this.show())
  }

  show() {
    const isKnown = this.#store.metrics.some(({ name }) => name === view().metric)
    const [, made] = [...this.#languages].find(([input]) => input.checked)
    write(this.#code, isKnown ? made(subject(this.#store, view())) : '')
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#code.textContent)
      notice('Copied')
    } catch {
      getSelection().selectAllChildren(this.#code)
      notice('Selected: copy it with the keyboard')
    }
  }
}
