// Stores that a browser keeps.

import { few, rounds } from './tabs.js'

export const storages = [
  {
    name: 'tabs that share a store, Chromium',
    browser: 'chromium',
    fast: true,
    answer: rounds(few),
    expected: 'exact totals',
  },
  {
    name: 'tabs that share a store, Firefox',
    browser: 'firefox',
    answer: rounds(few),
    expected: 'exact totals',
  },
]
