// The Rust for a question, as a program over the store file that the page gives.

import { quoted } from './literal.js'

const string = (value) => quoted(value, '"')

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

/** The metric at values of dimensions. */
function target(metric, by) {
  const at = Object.entries(by).map(([name, value]) => `.at(${string(name)}, ${string(value)})`)
  return `MetricRef::new(${string(metric)})${at.join('')}`
}

const chain = (start, steps) => [start, ...steps, '.read()?;'].join('\n    ')

/** The names that a program uses, in the order that they are imported in. */
class Used {
  #names = new Set(['MetricRef', 'Period', 'Store'])

  aggregate(name) {
    this.#names.add('AnyAggregate')
    return `AnyAggregate::${words(name)}`
  }

  name(name) {
    this.#names.add(name)
    return name
  }

  get line() {
    return `use trackstats::{${[...this.#names].sort().join(', ')}};`
  }
}

function opened(zone, used) {
  const own = zone === 'UTC' ? '' : `\n    .zone(${used.name('NamedZone')}::new(${string(zone)})?)`
  return `let mut store = Store::builder()${own}\n    .restore(&std::fs::read("trackstats.snapshot")?)?;`
}

function series({ options, range, period }, used) {
  const steps = [`.range(${rangeInRust(options.cumulative ? { to: options.to } : range)})`]
  if (options.fill) steps.push(`.fill(${used.name('Fill')}::${words(options.fill)})`)
  if (options.cumulative) steps.push('.cumulative()')
  if (options.rolling) {
    const { days = options.rolling, aggregate = 'sum' } = Object(options.rolling)
    steps.push(`.rolling(${days}, ${used.aggregate(aggregate)})`)
  }
  if (options.bucket) {
    const { span, aggregate } = options.bucket
    steps.push(`.bucket(${used.name('Bucket')}::${words(span)}, ${used.aggregate(aggregate)})`)
  }
  steps.unshift(`.series(&metric, Period::${periods[period]})`)
  return chain('let series = store', steps)
}

function breakdown({ question, split, parts, period, top }, used) {
  const steps = [`.by(${string(split)})`, `.range(${rangeInRust(parts)})`]
  if (parts.aggregate) steps.push(`.aggregate(${used.aggregate(parts.aggregate)})`)
  steps.push(`.limit(${top})`)
  steps.unshift(`.breakdown(${string(question.metric)}, Period::${periods[period]})`)
  const shown = 'for part in top.parts {\n    println!("{}  {}", part.at[0], part.value);\n}'
  return `${chain('let top = store', steps)}\n${shown}`
}

/** @returns {string} a program */
export function inRust(subject) {
  const { question, split, zone, more } = subject
  const used = new Used()
  const lines = [
    opened(zone, used),
    '',
    `let metric = ${target(question.metric, question.by)};`,
    series(question, used),
    'for point in series {\n    println!("{}  {:?}", point.date, point.value);\n}',
  ]
  if (split) lines.push('', breakdown(subject, used))
  lines.push('', 'let today = store.today();')
  for (const by of more.places) {
    const to = target(question.metric, by)
    lines.push(
      more.period === 'day'
        ? `store.increment(${to}, today, 1)?;`
        : `store.increment_in(${to}, Period::${periods[more.period]}, today, 1)?;`,
    )
  }
  lines.push('Ok(())')
  const body = lines.join('\n').replace(/^(?=.)/gm, '    ')
  return `${used.line}\n\nfn main() -> Result<(), Box<dyn std::error::Error>> {\n${body}\n}`
}
