// All places.

import { bundlers } from './bundlers.js'
import { modules } from './module.js'
import { pages } from './pages.js'
import { runtimes } from './runtimes.js'
import { storages } from './storage.js'

/**
 * A place: its name, whether `cargo xtask test` tries it too, the browser it needs, and a function
 * that resolves to what the scenario answers there, once for each way it is run.
 */
export const places = [...runtimes, ...pages, ...bundlers, ...modules, ...storages]
