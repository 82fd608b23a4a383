// `#source` under the condition `workerd`: that runtime forbids compiling bytes and gives a module
// that a file with the ending `.wasm` is imported as.

import module from '#core.wasm'

import type { ExchangeSource, JournalSource, SqlSource } from './source.js'

export async function compileCore(): Promise<WebAssembly.Module> {
  return module
}

export async function compileLater(): Promise<WebAssembly.Module> {
  return (await import('../later-workerd.js')).default
}

export async function importSql(): Promise<SqlSource> {
  const { module, glue } = await import('../sql-workerd.js')
  return { glue, compile: async () => module }
}

export async function importExchange(): Promise<ExchangeSource> {
  const { module, glue } = await import('../exchange-workerd.js')
  return { glue, compile: async () => module }
}

export async function importJournal(): Promise<JournalSource> {
  const { module, glue } = await import('../journal-workerd.js')
  return { glue, compile: async () => module }
}
