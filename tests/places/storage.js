// Stores that a browser keeps.

import { inChromium, inFirefox } from './indexed.js'
import { inWorkers } from './private.js'
import { few, rounds } from './tabs.js'

const tabs = { answer: rounds(few), expected: 'exact totals' }
const chromium = { browser: 'chromium', fast: true }
const firefox = { browser: 'firefox' }

export const storages = [
  { name: 'tabs that share a store, Chromium', ...chromium, ...tabs },
  { name: 'tabs that share a store, Firefox', ...firefox, ...tabs },
  // Not among the fast ones yet: a tab that slept while others wrote snapshots, and a worker that opens what
  // another one has just ended with, still fail here.
  { name: 'a store in IndexedDB, Chromium', ...chromium, fast: false, ...inChromium },
  { name: 'a store in IndexedDB, Firefox', ...firefox, ...inFirefox },
  { name: 'a store in the private file system, Chromium', ...chromium, fast: false, ...inWorkers },
  { name: 'a store in the private file system, Firefox', ...firefox, ...inWorkers },
]
