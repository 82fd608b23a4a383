// The two wasm modules. The core is instantiated once. The module for SQL is instantiated anew
// whenever it is asked for, because an instance that trapped or overflowed its stack is of no use.
//
// Where the bytes come from is `#source`, one file for each form of the package.

import type * as bound from '#bound/core'
import type * as boundSql from '#bound/sql'
import { glue } from '#generated/core'
import { compileCore, importSql } from '#source'

import { TrackstatsError } from './error.js'
import { instantiate } from './instantiate.js'

export interface CoreModule {
  readonly Engine: typeof bound.Engine
  readonly memory: WebAssembly.Memory
}

export interface SqlModule {
  readonly Replica: typeof boundSql.Replica
  readonly memory: WebAssembly.Memory
}

let core: Promise<CoreModule> | undefined
let sql: Promise<() => SqlModule> | undefined

/** The core, loaded by the first call. A call that fails leaves the next one to try again. */
export function loadCore(): Promise<CoreModule> {
  core ??= startCore().catch((cause: unknown) => {
    core = undefined
    throw cause
  })
  return core
}

/**
 * What instantiates the module for SQL, which the first call fetches and compiles. Each call of the
 * function that it resolves to gives an instance of its own. A call that fails leaves the next one
 * to try again.
 */
export function loadSql(): Promise<() => SqlModule> {
  sql ??= startSql().catch((cause: unknown) => {
    sql = undefined
    throw cause
  })
  return sql
}

async function startCore(): Promise<CoreModule> {
  const module = await compileCore()
  const own = glue()
  return { Engine: own.Engine, memory: instantiate(module, 'core', own) }
}

async function startSql(): Promise<() => SqlModule> {
  const source = await importSql().catch((cause: unknown) => {
    if (cause instanceof TrackstatsError) throw cause
    throw new TrackstatsError('io', `the module for SQL cannot be fetched: ${String(cause)}`, {
      cause,
    })
  })
  const module = await source.compile()
  return () => {
    const own = source.glue()
    return { Replica: own.Replica, memory: instantiate(module, 'sql', own) }
  }
}
