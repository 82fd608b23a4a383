// What a metric is split by. A metric without declared dimensions may be split by any.

/** The names of dimensions that can be broken down by, each with whether its values have a series. */
export function dimensionsOf(store, info) {
  if (info === undefined) return []
  const isAlone = info.by.length === 1
  if (info.by.length > 0) return info.by.map((name) => ({ name, isAlone }))
  const newest = store.latestStatistic({ metric: info.name })
  if (newest === undefined) return []
  // What was recorded on the newest date tells all dimensions, where every event had all of them.
  const { date, period } = newest
  const names = new Set()
  for (const { by } of store.statistics({ metric: info.name, period, from: date, to: date })) {
    const split = Object.keys(by)
    if (split.length === 1) names.add(split[0])
  }
  return [...names].sort().map((name) => ({ name, isAlone: true }))
}

/** A view without the dimensions that its metric does not have. */
export function fitted(store, view) {
  const info = store.metrics.find(({ name }) => name === view.metric)
  if (info === undefined || info.by.length === 0) return view
  const known = Object.entries(view.at).filter(([name]) => info.by.includes(name))
  return { ...view, at: Object.fromEntries(known) }
}
