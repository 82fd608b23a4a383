// SQL: a copy of the store in a module of its own, kept level by changes.

import type { Context } from './context.js'
import { plainDay, tagOf } from './date.js'
import { optionsOf } from './check.js'
import { plain } from './plain.js'
import { TrackstatsError, ours, shown } from './error.js'
import { loadSql, type SqlModule } from './module.js'
import { SQL } from './options.js'
import { Pace, workOf } from './pace.js'
import type { Limits, SqlOptions, SqlRow, SqlRows, SqlValue } from './sql-tag.js'

type Replica = InstanceType<SqlModule['Replica']>
type Answer = ReturnType<Replica['run']>

/** The copy of the store, and what it lives in. */
interface Copy {
  readonly replica: Replica
  readonly memory: WebAssembly.Memory
  /** The bytes of the memory when the copy was made. */
  readonly size: number
}

/** How many commits a copy of the store may be behind. */
const MANY = 1000
/** By how many bytes the memory may grow before it is given back; it never shrinks. */
const GROWTH = 128 * 2 ** 20
/** How many cells are handed over at once. */
const CELLS = 8192
/** A memory of which so many bytes are used has no room left. */
const FULL = 1.5 * 2 ** 30
/** A property like any other. */
const OWN = { enumerable: true, writable: true, configurable: true }

/** @internal Runs the SQL of one store. */
export class Sql {
  readonly #context: Context
  readonly #limits: Limits
  #copy: Copy | undefined
  #making: Promise<void> | undefined
  /** Tells the copies apart: one that is being made may be out of date before it is there. */
  #number = 0
  /** The changes of the store that the copy has not made yet. */
  #changes: Uint8Array[] = []
  readonly #read = (changes: Uint8Array): void => {
    if (this.#copy === undefined && this.#making === undefined) return
    this.#changes.push(changes)
    // No bytes: the store is another one. Too many: making the copy anew is less work.
    if (changes.length === 0 || this.#changes.length > MANY) this.#forget()
  }

  constructor(context: Context, limits: Limits) {
    this.#context = context
    context.readers.add(this.#read)
    this.#limits = limits
  }

  /** What a tag was called with: a template with what stands in it, or a text with parameters and options. */
  async tagged([text, ...rest]: readonly unknown[]): Promise<SqlRows> {
    if (typeof text === 'string') {
      const parameters = rest[0] ?? []
      if (!Array.isArray(parameters)) {
        throw new TrackstatsError('invalid_value', `${shown(parameters)} is no array of parameters`)
      }
      return this.run(text, Array.from(parameters), rest[1] as SqlOptions | undefined)
    }
    const pieces: readonly unknown[] = Array.isArray(text) ? Array.from(text) : []
    const isTemplate = pieces.length === rest.length + 1
    if (!isTemplate || !pieces.every((piece) => typeof piece === 'string')) {
      throw new TrackstatsError('sql_syntax', `${shown(text)} is no text of SQL`)
    }
    // What stands in the template is bound, never pasted.
    const joined = (pieces as readonly string[]).reduce((all, piece, at) => `${all}$${at}${piece}`)
    return this.run(joined, rest)
  }

  /** Runs statements. Parameters stand in the text as `$1`, `$2` and so on. */
  async run(text: string, parameters: readonly unknown[], options?: SqlOptions): Promise<SqlRows> {
    if (typeof text !== 'string') {
      throw new TrackstatsError('sql_syntax', `${shown(text)} is no text of SQL`)
    }
    const params = parameters.map((parameter, at) => this.#parameter(parameter, at))
    const pace = new Pace(workOf(optionsOf(options, SQL) ?? {}), null)
    // A closed store says so before anything is fetched.
    this.#context.engine.len()
    const [instantiate, later] = await Promise.all([loadSql(), this.#context.later()])
    this.#context.engine.later = later
    pace.check()
    while (!this.#level()) {
      this.#making ??= this.#make(instantiate).finally(() => (this.#making = undefined))
      await this.#making
      pace.check()
    }
    // From here on everything is done at once, so that no record comes in between.
    const answer = this.#answer(this.#copy!, text, params)
    try {
      const rows = await rowsOf(answer, pace, this.#context.bigint)
      answer.free()
      return rows
    } catch (thrown) {
      throw this.#failed(thrown)
    }
  }

  #answer(copy: Copy, text: string, params: unknown[]): Answer {
    const { replica, memory, size } = copy
    replica.setToday(this.#context.today())
    try {
      return replica.run(text, params)
    } catch (thrown) {
      throw this.#failed(thrown, memory)
    } finally {
      // Of several statements, those before the one that failed have done their work.
      if (this.#copy === copy) this.#takeOver(replica)
      // What was a large answer would stay for good.
      if (memory.buffer.byteLength > size + GROWTH) this.#forget()
    }
  }

  /** The error of ours; of another the module trapped or ran out of stack: nothing in it can be relied on. */
  #failed(thrown: unknown, memory?: WebAssembly.Memory): unknown {
    const error = ours(thrown)
    if (error instanceof TrackstatsError) return error
    this.#forget()
    return broken(error, memory)
  }

  /** Throws the copy away; the next statement makes another. */
  #forget(): void {
    this.#number++
    this.#copy = undefined
    this.#changes = []
  }

  /** Brings the copy to what the store is now, and says whether there is one. */
  #level(): boolean {
    this.#context.drainChanges()
    if (this.#copy === undefined) return false
    try {
      for (const changes of this.#changes.splice(0)) this.#copy.replica.apply(changes)
      return true
    } catch {
      // A copy that cannot follow is made anew.
      this.#forget()
      return false
    }
  }

  /** Makes a copy, with turns for the host in between. */
  async #make(instantiate: () => SqlModule): Promise<void> {
    const { engine, zone, bigint } = this.#context
    const pace = new Pace({}, null)
    const number = ++this.#number
    this.#changes = []
    engine.captureChanges()
    const snapshot = engine.snapshot()
    await pace.pass(0)
    let memory: WebAssembly.Memory | undefined
    try {
      const own = instantiate()
      memory = own.memory
      await pace.pass(0)
      const replica = new own.Replica(zone.name, bigint, snapshot)
      const { read, returned, held, time } = this.#limits
      replica.setLimits(read, returned, held, time)
      await pace.pass(0)
      if (number === this.#number) {
        this.#copy = { replica, memory: own.memory, size: own.memory.buffer.byteLength }
      }
    } catch (thrown) {
      throw this.#failed(thrown, memory)
    }
  }

  #takeOver(replica: Replica): void {
    const changes = replica.drainChanges()
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

function broken(cause: unknown, memory: WebAssembly.Memory | undefined): TrackstatsError {
  if (memory !== undefined && memory.buffer.byteLength > FULL) {
    return new TrackstatsError('sql_limit', 'the statement needs more memory than the module has', {
      cause,
    })
  }
  const isDeep = cause instanceof RangeError || /memory access|stack/i.test(String(cause))
  return isDeep
    ? new TrackstatsError('sql_limit', 'the statement needs a deeper stack than there is', {
        cause,
      })
    : new TrackstatsError('sql_failed', 'the statement made the SQL engine fail', { cause })
}

/** Hands the rows over, with turns for the host. */
async function rowsOf(answer: Answer, pace: Pace, isExact: boolean): Promise<SqlRows> {
  const { columns, length, affected } = answer
  const rows: SqlRow[] = []
  const step = Math.ceil(CELLS / (columns.length || 1))
  // Assigned, a column of that name would be the prototype.
  const isPlain = !columns.includes('__proto__')
  for (let from = 0; from < length; from += step) {
    const cells = answer.cells(from, step) as readonly SqlValue[]
    for (let at = 0; at < cells.length;) {
      const row: Record<string, SqlValue> = {}
      for (const column of columns) {
        const value = cells[at++]!
        if (isPlain) row[column] = value
        else Object.defineProperty(row, column, { value, ...OWN })
      }
      rows.push(isExact ? plain(row) : row)
    }
    await pace.pass(from)
  }
  // Not enumerated, so that the answer prints and compares as the plain array it is.
  Object.defineProperties(rows, { columns: { value: columns }, affected: { value: affected } })
  return rows as unknown as SqlRows
}
