// Import and export, through a module of its own that is fetched when it is first needed.

import { optionsOf } from './check.js'
import type { Context } from './context.js'
import { TrackstatsError, guarded, shown } from './error.js'
import { type ImportSource, piecesOf } from './intake.js'
import { loadExchange } from './module.js'
import { Pace, type Work, workOf } from './pace.js'
import { among } from './names.js'
import { EXPORT, IMPORT } from './options.js'
import { type Filter, filterOf } from './statistics.js'

export type { ImportSource } from './intake.js'

/** So many bytes are read between two looks at the clock. */
const STEP = 64 * 1024

/** How a file is read. */
export interface ImportOptions extends Work {
  /** JSON Lines, CSV, or what `manage.py dumpdata trackstats` of django-trackstats writes. */
  readonly format: 'jsonl' | 'csv' | 'django'
  /** Takes all but the bad lines; otherwise a bad line refuses the file. */
  readonly skipBadLines?: boolean | undefined
  /**
   * How many bytes may be held of what waits for something further down in the file, such as statistics of
   * a dump that come before their metrics; 64 MiB without it. A file that needs more is refused.
   */
  readonly memoryLimit?: number | undefined
  /** Takes dates of another time zone as they are. */
  readonly anyTimeZone?: boolean | undefined
  /** For a dump of django: which model a number stands for, as [number, app, model]. */
  readonly contentTypes?: readonly (readonly [number, string, string])[] | undefined
  /** For a dump of django: which dimension objects become, as [app, model, dimension]. */
  readonly objectTypes?: readonly (readonly [string, string, string])[] | undefined
}

/** What an import did. */
export interface ImportReport {
  /** The statistics that were read, and what became of them. */
  readonly read: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  /** What a dump holds that is not for a store of statistics. */
  readonly ignored: number
  /** The bad lines, of which the first hundred are listed. */
  readonly skipped: number
  readonly badLines: readonly {
    readonly line: number
    readonly code: string
    readonly message: string
  }[]
  /**
   * What statistics are split by although their metric does not declare it, because it did once or because a name
   * is misspelt: the first hundred, if there are any. They were taken.
   */
  readonly undeclared?: readonly { readonly metric: string; readonly dimension: string }[]
}

/** What is written, and how. */
export interface ExportOptions<Name extends string = string> extends Filter<Name>, Work {
  /** JSON Lines, which lose nothing; CSV for other programs. */
  readonly format: 'jsonl' | 'csv'
  /**
   * In CSV, makes names and values of dimensions harmless that a spreadsheet would run as formulas, by an
   * apostrophe before them, which an import takes away again.
   */
  readonly forSpreadsheets?: boolean | undefined
}

/** @internal Reads a file into the store: all of it, or nothing if it rejects. */
export async function importInto(
  context: Context,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportReport> {
  if (optionsOf<unknown>(options, IMPORT) === undefined) {
    throw new TrackstatsError('invalid_value', "an import needs a format: { format: 'jsonl' }")
  }
  const format: string = among(['jsonl', 'csv', 'django'], options.format, 'format')
  const work = workOf(options)
  const contentTypes = listOf(options.contentTypes, 'contentTypes', ['number', 'string', 'string'])
  const objectTypes = listOf(options.objectTypes, 'objectTypes', ['string', 'string', 'string'])
  const memoryLimit = limitOf(options.memoryLimit)
  const { pieces, total } = piecesOf(source, work.signal)
  context.engine.len()
  const pace = new Pace(work, total)
  const [instantiate, later] = await Promise.all([loadExchange(), context.later()])
  context.engine.later = later
  pace.check()
  // A closed store says so.
  const snapshot = context.engine.snapshot()
  const exchange = guarded(
    () => new (instantiate().Exchange)(context.zone.name, context.bigint, snapshot),
  )
  try {
    guarded(() =>
      exchange.import(format, {
        skipBadLines: options.skipBadLines === true,
        anyTimeZone: options.anyTimeZone === true,
        memoryLimit,
        contentTypes,
        objectTypes,
      }),
    )
    let done = 0
    for await (const { bytes, size } of pieces) {
      for (let at = 0; at < bytes.length; at += STEP) {
        const step = bytes.subarray(at, at + STEP)
        guarded(() => exchange.read(step, false))
        await pace.pass(done + Math.floor((size * (at + step.length)) / bytes.length))
      }
      done += size
    }
    guarded(() => exchange.read(new Uint8Array(0), true))
    await pace.pass(done)
    const report = guarded(() => exchange.report())
    const changes = guarded(() => exchange.drainChanges())
    if (changes.length > 0) takeOver(context, changes)
    return report as ImportReport
  } finally {
    exchange.free()
  }
}

/** Makes the changes of an import, which was read into a copy: meanwhile the store may have gone another way. */
function takeOver(context: Context, changes: Uint8Array): void {
  try {
    context.takeOver(changes)
  } catch (cause) {
    if (!(cause instanceof TrackstatsError && cause.code === 'corrupt')) throw cause
    const text = 'a metric was registered in another way while the file was read: import it anew'
    throw new TrackstatsError('conflict', text, { cause })
  }
}

/** A number of bytes, if one is given. */
function limitOf(given: number | undefined): number | undefined {
  if (given === undefined || (typeof given === 'number' && given >= 0)) return given
  throw new TrackstatsError(
    'invalid_value',
    `${shown(given)} is no number of bytes for memoryLimit`,
  )
}

/** Entries of an option, each an array of values of these types. */
function listOf<T>(given: T | undefined, option: string, types: readonly string[]): T | [] {
  if (given === undefined) return []
  const isEntry = (one: unknown): boolean =>
    Array.isArray(one) &&
    one.length === types.length &&
    types.every((type, at) => isOf(one[at], type))
  if (Array.isArray(given) && Array.from(given).every(isEntry)) return given
  throw new TrackstatsError(
    'invalid_value',
    `${shown(given)} is no value of the option '${option}': give arrays of ${types.join(', ')}`,
  )
}

function isOf(value: unknown, type: string): boolean {
  return typeof value === type && (typeof value !== 'number' || Number.isSafeInteger(value))
}

/** Writes what a filter chooses as the pieces of a file. */
async function exportFrom(context: Context, options: ExportOptions): Promise<Uint8Array[]> {
  if (optionsOf<unknown>(options, EXPORT) === undefined) {
    throw new TrackstatsError('invalid_value', "an export needs a format: { format: 'jsonl' }")
  }
  const format: string = among(['jsonl', 'csv'], options.format, 'format')
  const isForSpreadsheets = options.forSpreadsheets === true
  if (isForSpreadsheets && format !== 'csv') {
    throw new TrackstatsError('invalid_value', `the option 'forSpreadsheets' is for the format csv`)
  }
  const filter = filterOf(context, options, EXPORT)
  const pace = new Pace(workOf(options), null)
  const instantiate = await loadExchange()
  pace.check()
  const snapshot = context.engine.snapshot()
  const exchange = guarded(
    () => new (instantiate().Exchange)(context.zone.name, context.bigint, snapshot),
  )
  try {
    guarded(() => exchange.export(format, filter, isForSpreadsheets))
    const pieces: Uint8Array[] = []
    let done = 0
    for (;;) {
      const piece = guarded(() => exchange.write())
      if (piece === undefined) return pieces
      if (piece.length > 0) pieces.push(piece)
      done += piece.length
      await pace.pass(done)
    }
  } finally {
    exchange.free()
  }
}

/** @internal What a filter chooses, as the text of a file. */
export async function exportText(context: Context, options: ExportOptions): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for (const piece of await exportFrom(context, options)) {
    text += decoder.decode(piece, { stream: true })
  }
  return text + decoder.decode()
}

/** @internal What a filter chooses, as the bytes of a file. */
export async function exportBytes(context: Context, options: ExportOptions): Promise<Uint8Array> {
  const pieces = await exportFrom(context, options)
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
