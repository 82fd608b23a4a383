// What `store.sql` is. What runs it is `replica.ts`, which is fetched by the first call.

import { optionsOf } from './check.js'
import type { Context } from './context.js'
import type { PlainDateLike } from './date.js'
import { TrackstatsError, shown } from './error.js'
import { SQL_LIMITS } from './options.js'
import type { Sql } from './replica.js'
import { kept, working } from './working.js'

/** What a parameter of a statement can be. A `Date` is dated in the zone of the store. */
export type SqlParameter = string | number | bigint | boolean | null | Date | PlainDateLike

/** A value in the answer to a statement. Dates are texts. */
export type SqlValue = string | number | bigint | boolean | null

/** A row by column; of several columns with the same name, the last. */
export interface SqlRow {
  readonly [column: string]: SqlValue
}

/** The answer to the last statement: an array of rows that knows its columns. */
export interface SqlRows<R = SqlRow> extends ReadonlyArray<R> {
  readonly columns: readonly string[]
  /** The number of statistics, domains or metrics that an INSERT, UPDATE or DELETE changed. */
  readonly affected: number
}

/** How much a statement may do. */
export interface SqlLimits {
  /** The most rows that it may read: of tables, and of pairs in a join. */
  readonly read?: number | undefined
  /** The most rows that it may return or change. */
  readonly returned?: number | undefined
  /** The most bytes that it may hold, by an estimate: what it sorts, groups and returns. */
  readonly held?: number | undefined
  /** The milliseconds that a text may take. */
  readonly time?: number | undefined
}

/** Options of a call of `sql`. */
export interface SqlOptions {
  /**
   * Stops the call, which rejects with `aborted`: before the statements run, and while their rows are
   * handed over. In between no event can reach the thread, and the limit `time` ends them.
   */
  readonly signal?: AbortSignal | undefined
}

/** What `store.sql` is: a tag for a template, or a function of a text and parameters. */
export interface SqlTag {
  <R = SqlRow>(
    text: TemplateStringsArray,
    ...parameters: readonly SqlParameter[]
  ): Promise<SqlRows<R>>
  <R = SqlRow>(
    text: string,
    parameters?: readonly SqlParameter[],
    options?: SqlOptions,
  ): Promise<SqlRows<R>>
}

/** @internal The limits of a store, all of them. */
export type Limits = Required<{ readonly [K in keyof SqlLimits]: number }>

/** @internal Makes the tag of a store. */
export function tagFor(context: Context, given: SqlLimits | undefined): SqlTag {
  optionsOf(given, SQL_LIMITS)
  const limits: Limits = {
    read: limitOf(given?.read, 100_000_000),
    returned: limitOf(given?.returned, 1_000_000),
    held: limitOf(given?.held, 2 ** 29, 'bytes'),
    time: limitOf(given?.time, 5_000, 'milliseconds'),
  }
  let sql: Sql | undefined
  const tag = async (...call: readonly unknown[]): Promise<SqlRows> => {
    const own = call.map(kept)
    // A closed store says so before anything is fetched.
    context.engine.len()
    return working((work) => {
      sql ??= new work.Sql(context, limits)
      return sql.tagged(own)
    })
  }
  return tag as SqlTag
}

function limitOf(given: unknown, otherwise: number, of = 'rows'): number {
  if (given === undefined) return otherwise
  if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 0) return given
  throw new TrackstatsError('invalid_value', `${shown(given)} is no number of ${of}`)
}
