// The page: opens the store, and lets each part show it.

import { Parts } from './breakdown.js'
import { Bring } from './bring/panel.js'
import { Catalog } from './catalog.js'
import { Code } from './code.js'
import { plus } from './day.js'
import { fitted } from './dimension.js'
import { byId, write } from './element.js'
import { Exporting } from './export.js'
import { Figure } from './figure.js'
import { takeHistory } from './history.js'
import { Increment } from './increment.js'
import { kept } from './kept.js'
import { recordSample } from './sample.js'
import { notice } from './say.js'
import { Busy } from './simulate.js'
import { Statements } from './sql.js'
import { OWN, isThere, openStore } from './store.js'
import { Switches } from './switches.js'
import { Tiles } from './tiles.js'
import { fitBy, go, tellAll, view } from './view.js'

/** What is shown first. */
function firstOf(store, hasHistory) {
  const isRecorded = ({ name }) => store.latestStatistic({ metric: name }) !== undefined
  let metric = (store.metrics.find(isRecorded) ?? store.metrics[0])?.name ?? ''
  if (hasHistory) {
    // One author alone makes no breakdown.
    const authors = store.breakdown('repository.commits', 'day', { by: 'author', limit: 2 })
    metric = authors.parts.length > 1 ? 'repository.commits' : 'repository.changes'
  }
  const first = metric && store.series(metric, 'day').at(0)?.date
  return { metric, range: first > plus(store.today, -30) ? '30' : '90' }
}

async function begin() {
  if (view().store !== OWN && !(await isThere(view().store))) {
    notice('There is no store of that name in this browser: this is your own one.')
    go({ store: OWN }, { replace: true })
  }
  const { store, why } = await openStore(view().store)
  let hasHistory = false
  if (view().store === OWN) {
    recordSample(store)
    hasHistory = await takeHistory(store)
  }
  fitBy((view) => fitted(store, view))
  for (const Part of [
    Switches,
    Figure,
    Parts,
    Increment,
    Tiles,
    Busy,
    Code,
    Statements,
    Exporting,
    Bring,
  ])
    new Part(store)
  new Catalog(store, tellAll)
  kept(store, why)
  // A day may pass without an event.
  let { today } = store
  setInterval(() => {
    if (today === store.today) return
    today = store.today
    tellAll()
  }, 20_000)
  go(view().metric ? {} : firstOf(store, hasHistory), { replace: true })
  document.documentElement.classList.add('ready')
  if (location.hash.length > 1) byId(location.hash.slice(1))?.scrollIntoView()
}

begin().catch((error) => {
  write(byId('caption'), `The store cannot be opened: ${error.message}`)
  write(byId('kept'), 'Not opened')
  throw error
})

if ('serviceWorker' in navigator) {
  // Not before the page is there: its files are fetched once.
  addEventListener('load', () =>
    navigator.serviceWorker.register('/offline.js').catch(() => undefined),
  )
}
