// SQL: a copy of the store in a module of its own, kept level by changes.

import type { Context } from './context.js'
import { plainDay, tagOf, type PlainDateLike } from './date.js'
import { optionsOf } from './check.js'
import { plain } from './plain.js'
import { TrackstatsError, ours, shown } from './error.js'
import { loadSql, type SqlModule } from './module.js'
import { SQL_LIMITS } from './options.js'

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

/** The most rows that a statement may read and return. */
export interface SqlLimits {
  readonly read?: number | undefined
  readonly returned?: number | undefined
}

type Replica = InstanceType<SqlModule['Replica']>

interface EngineAnswer {
  readonly columns: readonly string[]
  readonly cells: readonly SqlValue[]
  readonly affected: number
}

/** How many commits a copy of the store may be behind. */
const MANY = 1000

/** @internal Runs the SQL of one store. */
export class Sql {
  readonly #context: Context
  readonly #limits: Required<{ [K in keyof SqlLimits]: number }>
  #replica: Replica | undefined
  /** The changes of the store that the copy has not made yet. */
  #changes: Uint8Array[] = []
  readonly #read = (changes: Uint8Array): void => {
    if (this.#replica === undefined) return
    this.#changes.push(changes)
    // No bytes: the store is another one. Too many: making the copy anew is less work.
    if (changes.length === 0 || this.#changes.length > MANY) this.#forget()
  }

  constructor(context: Context, limits: SqlLimits | undefined) {
    this.#context = context
    context.readers.add(this.#read)
    optionsOf(limits, SQL_LIMITS)
    this.#limits = {
      read: limitOf(limits?.read, 100_000_000),
      returned: limitOf(limits?.returned, 1_000_000),
    }
  }

  /** Runs statements. Parameters stand in the text as `$1`, `$2` and so on. */
  async run(text: string, parameters: readonly unknown[]): Promise<SqlRows> {
    if (typeof text !== 'string') {
      throw new TrackstatsError('sql_syntax', `${shown(text)} is no text of SQL`)
    }
    const params = parameters.map((parameter, at) => this.#parameter(parameter, at))
    // A closed store says so before anything is fetched.
    this.#context.engine.len()
    const [instantiate, later] = await Promise.all([loadSql(), this.#context.later()])
    this.#context.engine.later = later
    // From here on everything is done at once, so that no record comes in between.
    const replica = this.#level(instantiate)
    replica.setToday(this.#context.today())
    let answer: EngineAnswer
    try {
      answer = replica.run(text, params) as EngineAnswer
    } catch (thrown) {
      const error = ours(thrown)
      if (!(error instanceof TrackstatsError)) {
        // The module trapped or ran out of stack: nothing in it can be relied on.
        this.#forget()
        throw broken(error)
      }
      // Of several statements, those before the one that failed have done their work.
      this.#takeOver(replica)
      throw error
    }
    this.#takeOver(replica)
    return rowsOf(answer, this.#context.bigint)
  }

  /** Throws the copy away; the next statement makes another. */
  #forget(): void {
    this.#replica = undefined
    this.#changes = []
  }

  /** The copy, as the store is now. */
  #level(instantiate: () => SqlModule): Replica {
    const { engine, zone, bigint } = this.#context
    this.#context.takeChanges()
    if (this.#replica !== undefined) {
      try {
        for (const changes of this.#changes.splice(0)) this.#replica.apply(changes)
        return this.#replica
      } catch {
        // A copy that cannot follow is made anew.
        this.#forget()
      }
    }
    engine.keepChanges()
    try {
      const replica = new (instantiate().Replica)(zone.name, bigint, engine.snapshot())
      replica.setLimits(this.#limits.read, this.#limits.returned)
      this.#replica = replica
      return replica
    } catch (thrown) {
      const error = ours(thrown)
      throw error instanceof TrackstatsError ? error : broken(error)
    }
  }

  #takeOver(replica: Replica): void {
    const changes = replica.takeChanges()
    if (changes.length > 0) this.#context.takeOver(changes, this.#read)
  }

  #parameter(value: unknown, at: number): unknown {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'bigint':
        if (BigInt.asIntN(64, value) === value) return value
        break
      case 'number':
        if (Number.isFinite(value)) return value
        break
      case 'object':
        if (value === null) return null
        if (tagOf(value) === 'Date') return { day: this.#context.day(value) }
        if (tagOf(value) === 'Temporal.PlainDate') return { day: plainDay(value) }
        break
      default:
    }
    throw new TrackstatsError(
      'invalid_value',
      `the parameter $${at + 1} is ${shown(value)}: give a text, a finite number, ` +
        'a bigint of 64 bits, a boolean, a date or null',
    )
  }
}

function limitOf(given: unknown, otherwise: number): number {
  if (given === undefined) return otherwise
  if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 0) return given
  throw new TrackstatsError('invalid_value', `${shown(given)} is no number of rows`)
}

function broken(cause: unknown): TrackstatsError {
  const isDeep = cause instanceof RangeError || /memory access|stack/i.test(String(cause))
  return isDeep
    ? new TrackstatsError('sql_limit', 'the statement needs a deeper stack than there is', {
        cause,
      })
    : new TrackstatsError('sql_failed', 'the statement made the SQL engine fail', { cause })
}

const WRITABLE = { writable: true, enumerable: true, configurable: true }

function rowsOf({ columns, cells, affected }: EngineAnswer, isExact: boolean): SqlRows {
  const rows: SqlRow[] = []
  const width = columns.length
  for (let start = 0; start < cells.length; start += width) {
    const row: Record<string, SqlValue> = {}
    for (let at = 0; at < width; at++) {
      const [name, value] = [columns[at]!, cells[start + at]!]
      // Set as any other, it would be the prototype.
      if (name === '__proto__') Object.defineProperty(row, name, { ...WRITABLE, value })
      else row[name] = value
    }
    rows.push(isExact ? plain(row) : row)
  }
  // Not enumerated, so that the answer prints and compares as the plain array it is.
  Object.defineProperties(rows, { columns: { value: columns }, affected: { value: affected } })
  return rows as unknown as SqlRows
}

/** What `store.sql` is: a tag for a template, or a function of a text and parameters. */
export interface SqlTag {
  <R = SqlRow>(
    text: TemplateStringsArray,
    ...parameters: readonly SqlParameter[]
  ): Promise<SqlRows<R>>
  <R = SqlRow>(text: string, parameters?: readonly SqlParameter[]): Promise<SqlRows<R>>
}

/** @internal Makes the tag of a store. */
export function tagFor(sql: Sql): SqlTag {
  const tag = async (
    text: TemplateStringsArray | string,
    ...rest: readonly unknown[]
  ): Promise<SqlRows> => {
    if (typeof text === 'string') {
      const parameters = rest[0] ?? []
      if (!Array.isArray(parameters)) {
        throw new TrackstatsError('invalid_value', `${shown(parameters)} is no array of parameters`)
      }
      return sql.run(text, Array.from(parameters))
    }
    const pieces: readonly unknown[] = Array.isArray(text) ? Array.from(text) : []
    const isTemplate = pieces.length === rest.length + 1
    if (!isTemplate || !pieces.every((piece) => typeof piece === 'string')) {
      throw new TrackstatsError('sql_syntax', `${shown(text)} is no text of SQL`)
    }
    // What stands in the template is bound, never pasted.
    const joined = (pieces as readonly string[]).reduce((all, piece, at) => `${all}$${at}${piece}`)
    return sql.run(joined, rest)
  }
  return tag as SqlTag
}
