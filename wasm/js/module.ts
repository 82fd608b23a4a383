// The wasm modules. Each is compiled once. The core has an instance for each store; the others are instantiated
// anew whenever they are asked for, because memory never shrinks, and an instance that trapped or overflowed its
// stack is of no use.
//
// Where the bytes come from is `#source`, one file for each form of the package.

import type * as boundExchange from '#bound/exchange'
import type * as boundJournal from '#bound/journal'
import type * as boundSql from '#bound/sql'
import { compileCore, compileLater, importExchange, importJournal, importSql } from '#source'

import type { Core, Later } from './engine.js'
import { TrackstatsError } from './error.js'
import { type Instance, instanceOf } from './instances.js'
import { instantiate, tie } from './instantiate.js'

export interface SqlModule {
  readonly Replica: typeof boundSql.Replica
  /** What the module works in. */
  readonly memory: WebAssembly.Memory
}

export interface ExchangeModule {
  readonly Exchange: typeof boundExchange.Exchange
}

export interface JournalModule {
  readonly Journal: typeof boundJournal.Journal
  /** What the module works in. */
  readonly memory: WebAssembly.Memory
}

const compiledCore = once(compileCore)
const compiledLater = once(() => fetched('snapshots and trackers', compileLater()))

/** An instance of the core for one store. A call that fails leaves the next one to try again. */
export async function loadCore(): Promise<Instance> {
  const module = await compiledCore()
  return instanceOf(
    // Its functions take and give numbers only: there is no table of objects to fill.
    () =>
      seeded(
        instantiate<Core>(module, 'core', { __wbindgen_init_externref_table: () => undefined }),
      ),
    extended,
  )
}

/**
 * The part of the core that reads snapshots and changes and runs trackers, which the first call fetches. It was split off from
 * the core and works in its memory, so that it imports what the instance of the core exports.
 */
async function extended(core: Core): Promise<Later> {
  const imports = core as unknown as WebAssembly.ModuleImports
  const module = await compiledLater()
  return new WebAssembly.Instance(module, { '': imports }).exports as unknown as Later
}

/**
 * What instantiates the module for SQL, which the first call fetches and compiles. Each call of the
 * function that it resolves to gives an instance of its own.
 */
export const loadSql: () => Promise<() => SqlModule> = once(async () => {
  const source = await fetched('SQL', importSql())
  const module = await source.compile()
  return () => {
    const own = source.glue()
    const memory = tie(module, 'sql', own)
    return { Replica: seeded(own).Replica, memory }
  }
})

/** What instantiates the module for files, which the first call fetches and compiles. */
export const loadExchange: () => Promise<() => ExchangeModule> = once(async () => {
  const source = await fetched('files', importExchange())
  const module = await source.compile()
  return () => {
    const own = source.glue()
    tie(module, 'exchange', own)
    return seeded(own)
  }
})

/** The module that plans what is done to the file of a store: an instance for each store. */
export async function loadJournal(): Promise<JournalModule> {
  const { source, module } = await compiledJournal()
  const own = source.glue()
  return { Journal: own.Journal, memory: tie(module, 'journal', own) }
}

const compiledJournal = once(async () => {
  const source = await fetched('journals', importJournal())
  return { source, module: await source.compile() }
})

/** What keeps stores elsewhere than in memory. */
export const loadStorage: () => Promise<typeof import('./storage.js')> = once(() =>
  fetched('storage', import('./storage.js')),
)

/** What keeps a store in a file. */
export const loadFiles: () => Promise<typeof import('./files.js')> = once(() =>
  fetched('storage in files', import('./files.js')),
)

/** The names of time zones. */
export const loadZones: () => Promise<typeof import('./zones.js')> = once(() =>
  fetched('time zones', import('./zones.js')),
)

/** Gives a module a random number, so that nobody can choose texts whose hashes collide in it. */
function seeded<M extends { seed(high: number, low: number): void }>(module: M): M {
  const [high, low] = globalThis.crypto?.getRandomValues(new Uint32Array(2)) ?? []
  module.seed(high ?? Math.random() * 2 ** 32, low ?? Math.random() * 2 ** 32)
  return module
}

/** Does something at the first call, and at the next one again if it failed. */
export function once<T>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined
  return () => {
    started ??= start().catch((cause: unknown) => {
      started = undefined
      throw cause
    })
    return started
  }
}

/** What was fetched; a failure says what it was. */
export async function fetched<T>(what: string, source: Promise<T>): Promise<T> {
  try {
    return await source
  } catch (cause) {
    if (cause instanceof TrackstatsError) throw cause
    throw new TrackstatsError('io', `the module for ${what} cannot be fetched: ${String(cause)}`, {
      cause,
    })
  }
}
