// `#source` of `trackstats/slim`: the caller says where the modules are.

import { type ModuleSource, compile } from '../compile.js'
import { decode } from '../decode.js'
import { TrackstatsError } from '../error.js'
import { type Given, modules } from '../given.js'
import type { ExchangeSource, JournalSource, SqlSource } from './source.js'

export async function compileCore(): Promise<WebAssembly.Module> {
  if (modules === undefined) {
    throw new TrackstatsError(
      'io',
      'it is not said where core.wasm is: call `configure({ core })` first',
    )
  }
  return compile(await read(modules.core))
}

/** It fits one core only, and is small: nobody has to say where it is. */
export async function compileLater(): Promise<WebAssembly.Module> {
  return compile(decode(await import('../later.js')))
}

export async function importSql(): Promise<SqlSource> {
  const given = modules?.sql
  if (given === undefined) {
    const { bytes, glue } = await import('../sql.js')
    return { glue, compile: () => compile(decode(bytes)) }
  }
  const { glue } = await import('../sql-given.js')
  return { glue, compile: async () => compile(await read(given)) }
}

export async function importExchange(): Promise<ExchangeSource> {
  const given = modules?.exchange
  if (given === undefined) {
    const { bytes, glue } = await import('../exchange.js')
    return { glue, compile: () => compile(decode(bytes)) }
  }
  const { glue } = await import('../exchange-given.js')
  return { glue, compile: async () => compile(await read(given)) }
}

export async function importJournal(): Promise<JournalSource> {
  const given = modules?.journal
  if (given === undefined) {
    const { bytes, glue } = await import('../journal.js')
    return { glue, compile: () => compile(decode(bytes)) }
  }
  const { glue } = await import('../journal-given.js')
  return { glue, compile: async () => compile(await read(given)) }
}

function read(given: Given): ModuleSource | Promise<ModuleSource> {
  return typeof given === 'function' ? given() : given
}
