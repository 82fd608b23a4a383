// What a store holds, written as the vectors write it.

/** Whether a statistic belongs to the table of a vector. */
export const holds = {
  by_date: ({ by }) => Object.keys(by).length === 0,
  by_date_and_object: ({ by }) => Object.keys(by).length === 1,
}

export function row({ metric, period, date, by, value }) {
  const written = { metric, period: period.toUpperCase(), date, value: valueOf(value) }
  const [object] = Object.entries(by)
  if (object !== undefined) written.object = object
  return written
}

function valueOf(value) {
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** Rows in the order of the vectors: metric, period, object, date. */
export function sorted(rows) {
  const key = ({ metric, period, object, date }) =>
    [metric, period, object === undefined ? '' : JSON.stringify(object), date].join('\n')
  return rows
    .map((row) => [key(row), row])
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, row]) => row)
}

export function rows(store, table) {
  return sorted(store.statistics().filter(holds[table]).map(row))
}

export function allRows(store) {
  return [...rows(store, 'by_date'), ...rows(store, 'by_date_and_object')]
}

export function dump(store) {
  const byText = (key) => (left, right) => (key(left) < key(right) ? -1 : 1)
  return {
    domains: store.domains
      .map(({ reference, title }) => ({ ref: reference, name: title }))
      .sort(byText(({ ref }) => ref)),
    metrics: store.metrics
      .map(({ name, title, description }) => {
        const [domain, ref] = name.split('.')
        return { domain, ref, name: title, description }
      })
      .sort(byText(({ domain, ref }) => `${domain}\n${ref}`)),
    by_date: rows(store, 'by_date'),
    by_date_and_object: rows(store, 'by_date_and_object'),
  }
}

/** Throws with how two texts differ, if they do. Objects are the same whatever the order of their keys. */
export function same(what, found, expected) {
  if (text(found) === text(expected)) return
  if (Array.isArray(found) && Array.isArray(expected)) {
    const [ours, theirs] = [found.map(text), expected.map(text)]
    const missing = theirs.filter((one) => !ours.includes(one))
    const extra = ours.filter((one) => !theirs.includes(one))
    throw new Error(`${what}: missing [${missing}], not expected [${extra}]`)
  }
  throw new Error(`${what}: found ${text(found)}, expected ${text(expected)}`)
}

export function text(json) {
  return JSON.stringify(json, (_, value) => {
    if (typeof value === 'bigint') return { $int: String(value) }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(
      Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)),
    )
  })
}
