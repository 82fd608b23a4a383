// Taking gathered sums into the store: all of them, or nothing.

/** How long the page may be kept busy at once, in milliseconds. */
const SLICE = 8

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
 * Registers a metric and records what was gathered.
 *
 * @param given `title` of the data, `value` (its title), `dimensions` by column, and what the reader answered
 * @param isStopped is asked between slices
 * @returns the name of the metric, or undefined if it was stopped
 */
export async function take(store, given, isStopped) {
  const { title, value, dimensions, series, isWhole } = given
  const domain = referenceOf(title, 'data')
  const metric = freeName(store, domain, referenceOf(value, 'rows'))
  const kind = isWhole ? 'integer' : 'float'
  const known = store.domains.find(({ ref }) => ref === domain)
  if (known === undefined) store.register({ [domain]: { title, metrics: {} } })
  const handle = store.register({ name: metric, title: value, kind })
  const names = distinct(dimensions)
  try {
    let began = performance.now()
    for (const { dimension, value, days, values } of series) {
      const place = dimension === undefined ? handle : handle.at({ [names.get(dimension)]: value })
      place.recordAll('day', days, values)
      if (performance.now() - began < SLICE) continue
      await new Promise((resolve) => setTimeout(resolve))
      if (isStopped()) throw new Stopped()
      began = performance.now()
    }
  } catch (error) {
    store.delete({ metric })
    if (error instanceof Stopped) return undefined
    throw error
  }
  return metric
}

class Stopped extends Error {}

/** References for dimensions, each once, by column. */
function distinct(dimensions) {
  const taken = new Set()
  const names = new Map()
  for (const [column, title] of dimensions) {
    const wanted = referenceOf(title, 'part').replace(/^__proto__$/, 'proto')
    let name = wanted
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`
    taken.add(name)
    names.set(column, name)
  }
  return names
}
