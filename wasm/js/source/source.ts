import type * as sql from '#generated/sql'

/** The module for SQL, not yet compiled. */
export interface SqlSource {
  readonly glue: typeof sql.glue
  compile(): Promise<WebAssembly.Module>
}
