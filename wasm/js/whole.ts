// `trackstats/whole`: the package with its modules imported at once and not when they are first needed,
// for a script that cannot be split, such as a worker in the form that Vite 7 writes.

import './later.js'
import './sql.js'
import './exchange.js'
import './journal.js'
import './storage.js'

export * from './index.js'
