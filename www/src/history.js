// The history of a repository, which the server wrote beside the page.

import { notice } from './say.js'

const METRICS = { commits: 'authors', changes: 'areas' }

/** Who is counted for what is done on the page itself. */
export const HERE = { author: 'you, on this page', area: 'on this page' }

/** Reads the history and takes it over, unless the store has it; answers whether there is one. */
export async function takeHistory(store) {
  const answer = await fetch('/data/history.json').catch(() => undefined)
  if (!answer?.ok) return store.latest('repository.commits', 'day') !== undefined
  const history = await answer.json().catch(() => undefined)
  if (history?.version !== 1 || !(history.authors?.length > 0)) return false
  try {
    take(store, history)
  } catch (error) {
    // It is a file, and may hold anything; the store has all of it or nothing.
    notice(`The history cannot be shown: ${error.message}`)
    return false
  }
  return true
}

function take(store, history) {
  const description = `Commits of ${history.name} up to ${history.head.slice(0, 10)}`
  const known = store.domains.find(({ reference }) => reference === 'repository')
  if (known?.description !== description) {
    store.batch(() =>
      record(store, history, known?.description.includes(` ${history.name} up to `)),
    )
    const metrics = { commits: { title: 'Commits', by: 'author' } }
    store.register({ repository: { title: history.name, description, metrics } })
  }
}

/** Records all of it anew; what was counted on this page for the same repository stays. */
function record(store, history, isSame) {
  const here = Object.entries(METRICS).map(([metric]) => {
    const by = metric === 'commits' ? { author: HERE.author } : { area: HERE.area }
    return { metric, by, points: store.series(`repository.${metric}`, 'day', { by }).toArray() }
  })
  const names = ['commits', 'changes', 'lines_added', 'lines_removed']
  store.delete({ metric: names.map((name) => `repository.${name}`) })
  for (const [metric, columns] of Object.entries(METRICS)) {
    const dimension = metric === 'commits' ? 'author' : 'area'
    const handle = store.metric(`repository.${metric}`)
    const total = new Map()
    for (const { name, dates, counts } of history[columns]) {
      handle.at({ [dimension]: name }).recordAll('day', counts, dates)
      dates.forEach((date, at) => total.set(date, (total.get(date) ?? 0) + counts[at]))
    }
    handle.recordAll('day', [...total.values()], [...total.keys()])
  }
  const { dates, added, removed } = history.lines
  store.metric('repository.lines_added').recordAll('day', added, dates)
  store.metric('repository.lines_removed').recordAll('day', removed, dates)
  if (!isSame) return
  for (const { metric, by, points } of here) {
    const handle = store.metric(`repository.${metric}`)
    for (const { date, value } of points) {
      handle.increment(value ?? 0, date)
      handle.at(by).increment(value ?? 0, date)
    }
  }
}
