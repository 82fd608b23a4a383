import type * as exchange from '#generated/exchange'
import type * as journal from '#generated/journal'
import type * as sql from '#generated/sql'

/** A module that is fetched when it is first needed, not yet compiled. */
export interface Source<Glue> {
  readonly glue: Glue
  compile(): Promise<WebAssembly.Module>
}

/** The module for SQL. */
export type SqlSource = Source<typeof sql.glue>

/** The module for files. */
export type ExchangeSource = Source<typeof exchange.glue>

/** The module for the file of a store. */
export type JournalSource = Source<typeof journal.glue>
