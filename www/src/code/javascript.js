// The JavaScript for a question.

import { quoted } from './literal.js'

const text = (value) => quoted(value, "'")

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
