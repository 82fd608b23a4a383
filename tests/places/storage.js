// Stores that a browser keeps.

import { failedOften } from './faulty.js'
import { inTabs } from './indexed.js'
import { killedOften } from './kills.js'
import { inWorkers } from './private.js'
import { overQuota } from './quota.js'
import { few, rounds } from './tabs.js'

const tabs = { answer: rounds(few), expected: 'exact totals' }
const chromium = { browser: 'chromium', fast: true }
const firefox = { browser: 'firefox' }

export const storages = [
  { name: 'tabs that share a store, Chromium', ...chromium, ...tabs },
  { name: 'tabs that share a store, Firefox', ...firefox, ...tabs },
  { name: 'a store in IndexedDB, Chromium', ...chromium, ...inTabs },
  { name: 'a store in IndexedDB, Firefox', ...firefox, ...inTabs },
  { name: 'a database whose operations fail, Chromium', ...chromium, ...failedOften },
  { name: 'a database whose operations fail, Firefox', ...firefox, ...failedOften },
  { name: 'a browser that is killed, Chromium', ...chromium, ...killedOften },
  { name: 'stores over quota, Chromium', ...chromium, ...overQuota },
  { name: 'a store in the private file system, Chromium', ...chromium, ...inWorkers },
  { name: 'a store in the private file system, Firefox', ...firefox, ...inWorkers },
]
