// Where the modules are, as the caller of `trackstats/slim` says.

import { knownOf } from './check.js'
import type { ModuleSource } from './compile.js'
import { MODULES } from './options.js'

/** A module: an address, a response, bytes, a compiled module, or a function that gives one. */
export type Given =
  ModuleSource | Promise<ModuleSource> | (() => ModuleSource | Promise<ModuleSource>)

/**
 * Where `core.wasm`, `sql.wasm`, `exchange.wasm` and `journal.wasm` are. Without the last three, those
 * inside `sql.js`, `exchange.js` and `journal.js` are imported.
 */
export interface Modules {
  readonly core: Given
  readonly sql?: Given
  readonly exchange?: Given
  readonly journal?: Given
}

/** @internal */
export let modules: Modules | undefined

/** Says where the modules are. What is loaded already stays. */
export function configure(given: Modules): void {
  modules = knownOf(given, MODULES, 'modules')
}
