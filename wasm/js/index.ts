// What `trackstats` exports.

import { loadCore, loadSql } from './module.js'

export { TrackstatsError } from './error.js'

/** The number of days from 1970 to the day of that moment, in seconds since 1970. */
export async function today(now: number): Promise<number> {
  const { Engine } = await loadCore()
  return new Engine(now).today()
}

/** The number of rows that each statement answers, all on one copy of an empty store. */
export async function counts(...statements: readonly string[]): Promise<number[]> {
  const instantiate = await loadSql()
  const replica = new (instantiate().Replica)(0)
  return statements.map((statement) => replica.run(statement))
}
