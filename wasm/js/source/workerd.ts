// `#source` under the condition `workerd`: that runtime forbids compiling bytes and gives a module
// that a file with the ending `.wasm` is imported as.

import module from '#core.wasm'

import type { SqlSource } from './source.js'

export async function compileCore(): Promise<WebAssembly.Module> {
  return module
}

export async function importSql(): Promise<SqlSource> {
  const { module, glue } = await import('../sql-workerd.js')
  return { glue, compile: async () => module }
}
