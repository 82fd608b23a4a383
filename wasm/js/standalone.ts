// `trackstats/standalone`: the package with its modules imported at once and not when they are first needed,
// for a script that cannot be split, such as a worker in the form that Vite 7 writes.

import * as later from './later.js'
import * as sql from './sql.js'
import * as exchange from './exchange.js'
import * as journal from './journal.js'
import * as storage from './storage.js'
import * as files from './files.js'
import * as zones from './zones.js'
import * as work from './work.js'

export * from './index.js'

// What is imported and never used a bundler leaves out, and splits off again where it is imported later.
const modules = [later, sql, exchange, journal, storage, files, zones, work]
Object.defineProperty(globalThis, Symbol.for('trackstats.standalone'), {
  value: modules,
  configurable: true,
})
