// Taking gathered sums into the store: all of them, or nothing, in the catalog neither.

/** A reference of what people write: no dots, no white space, no control characters. */
export function referenceOf(text, otherwise) {
  const clean = text
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[\s.\p{C}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
  return [...clean].slice(0, 60).join('') || otherwise
}

/** The name of a metric that is not there yet. */
function freeName(store, domain, metric) {
  const taken = new Set(store.metrics.map(({ name }) => name))
  let name = `${domain}.${metric}`
  for (let count = 2; taken.has(name); count += 1) name = `${domain}.${metric}_${count}`
  return name
}

/**
 * Registers a metric and records what was gathered, or leaves everything as it was.
 *
 * @param given `title` of the data, `value` (its title), `dimensions` by column, and what the reader answered
 * @returns the `metric`, and those `renamed` of its dimensions as `[title, name]`
 */
export function take(store, given) {
  const { title, value, dimensions, series, isWhole } = given
  const domain = referenceOf(title, 'data')
  const metric = freeName(store, domain, referenceOf(value, 'rows'))
  const kind = isWhole ? 'integer' : 'float'
  const names = distinct(dimensions)
  store.batch(() => {
    const known = store.domains.find(({ reference }) => reference === domain)
    if (known === undefined) store.register({ [domain]: { title, metrics: {} } })
    const handle = store.register({ name: metric, title: value, kind })
    for (const { dimension, value, days, values } of series) {
      const place = dimension === undefined ? handle : handle.at({ [names.get(dimension)]: value })
      place.recordAll('day', values, days)
    }
  })
  const renamed = [...dimensions]
    .map(([column, title]) => [title, names.get(column)])
    .filter(([title]) => RESERVED.has(referenceOf(title, 'part')))
  return { metric, renamed }
}

/** Names that columns of statistics have already: no dimension can have them. */
const RESERVED = new Set(['domain', 'metric', 'period', 'date', 'value'])

/** References for dimensions, each once, by column. */
function distinct(dimensions) {
  const taken = new Set()
  const names = new Map()
  for (const [column, title] of dimensions) {
    const plain = referenceOf(title, 'part').replace(/^__proto__$/, 'proto')
    const wanted = RESERVED.has(plain) ? `${plain}_column` : plain
    let name = wanted
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`
    taken.add(name)
    names.set(column, name)
  }
  return names
}
