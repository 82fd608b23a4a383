// The store of the page: what is declared, and where it is kept.

import { TrackstatsError, defineStats, open } from 'trackstats'

/** What the page declares; what a person brings is registered when it comes. */
export const stats = defineStats({
  repository: {
    title: 'Repository',
    metrics: {
      commits: { title: 'Commits', by: 'author' },
      changes: { title: 'Commits, by area', by: 'area' },
      lines_added: 'Lines added',
      lines_removed: 'Lines removed',
    },
  },
  shop: {
    title: 'Sample shop',
    description: 'Made up, for trying things out',
    metrics: {
      orders: { title: 'Orders', by: 'country' },
      revenue: { title: 'Revenue, in euro', kind: 'float', by: 'product' },
      visits: { title: 'Visits', by: 'source' },
      customers: 'Customers so far',
    },
  },
})

/** The store that every first visit makes. */
export const OWN = 'page'

/**
 * Whether there is a store of that name in this browser. Asking makes none: only what a person does on the page
 * makes a database, and not what an address says.
 */
export function isThere(name) {
  return new Promise((resolve) => {
    let asked
    try {
      asked = indexedDB.open(`trackstats:${name}`)
    } catch {
      return resolve(false)
    }
    // There was none, and there is none when this ends so.
    asked.onupgradeneeded = () => asked.transaction.abort()
    asked.onerror = () => resolve(false)
    asked.onsuccess = () => {
      asked.result.close()
      resolve(true)
    }
  })
}

/**
 * Opens the store of that name in IndexedDB, in the zone that it has, or for a new one in ours. Where that is
 * not possible, one in memory, with the reason.
 */
export async function openStore(name) {
  try {
    return { store: await kept(name) }
  } catch (error) {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
    return { store: (await open('memory:', { stats, timeZone })).dynamic, why: error.message }
  }
}

async function kept(name) {
  // What came from a file has what is in the file.
  const options = name === OWN ? { stats } : {}
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  try {
    return (await open(`idb:${name}`, { ...options, newTimeZone: timeZone })).dynamic
  } catch (error) {
    if (!(error instanceof TrackstatsError && error.code === 'unknown_zone')) throw error
    return (await open(`idb:${name}`, options)).dynamic
  }
}
