// `#source` of the package as it is: the bytes are inside the JavaScript, so that they load wherever
// the JavaScript does.

import * as bytes from '#generated/core-bytes'

import { compile } from '../compile.js'
import { decode } from '../decode.js'
import type { ExchangeSource, JournalSource, SqlSource } from './source.js'

export function compileCore(): Promise<WebAssembly.Module> {
  return compile(decode(bytes))
}

export async function compileLater(): Promise<WebAssembly.Module> {
  return compile(decode(await import('../later.js')))
}

export async function importSql(): Promise<SqlSource> {
  const { bytes, glue } = await import('../sql.js')
  return { glue, compile: () => compile(decode(bytes)) }
}

export async function importExchange(): Promise<ExchangeSource> {
  const { bytes, glue } = await import('../exchange.js')
  return { glue, compile: () => compile(decode(bytes)) }
}

export async function importJournal(): Promise<JournalSource> {
  const { bytes, glue } = await import('../journal.js')
  return { glue, compile: () => compile(decode(bytes)) }
}
