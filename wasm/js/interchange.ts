// Import and export, through a module of its own that is fetched when it is first needed.

import { optionsOf } from './check.js'
import type { Context } from './context.js'
import { TrackstatsError, guarded, ours, shown } from './error.js'
import { loadExchange, loadLater } from './module.js'
import { Pace, type Work, stopped, workOf } from './pace.js'
import { among } from './names.js'
import { EXPORT, IMPORT } from './options.js'
import { type Filter, filterOf } from './statistics.js'

/** What an import can read. */
export type ImportSource =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | Blob
  | Response
  | ReadableStream<Uint8Array | string>
  | Iterable<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>

/** How a file is read. */
export interface ImportOptions extends Work {
  /** JSON Lines, CSV, or what `manage.py dumpdata trackstats` of django-trackstats writes. */
  readonly format: 'jsonl' | 'csv' | 'django'
  /** Takes all but the bad lines; otherwise a bad line refuses the file. */
  readonly skipBadLines?: boolean | undefined
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
}

/** What is written, and how. */
export interface ExportOptions<Name extends string = string> extends Filter<Name>, Work {
  /** JSON Lines, which lose nothing; CSV for other programs. */
  readonly format: 'jsonl' | 'csv'
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
  context.engine.len()
  const bytes = await bytesOf(source, work)
  const [{ Exchange }, later] = await Promise.all([loadExchange(), loadLater()])
  context.engine.later = later
  const exchange = guarded(() => new Exchange(context.zone.name, context.engine.snapshot()))
  try {
    const report = watched(work, bytes.length, (told) =>
      exchange.import(
        format,
        bytes,
        {
          skipBadLines: options.skipBadLines === true,
          anyTimeZone: options.anyTimeZone === true,
          contentTypes,
          objectTypes,
        },
        told,
      ),
    )
    const changes = guarded(() => exchange.takeChanges())
    if (changes.length > 0) context.takeOver(changes)
    return report as ImportReport
  } finally {
    exchange.free()
  }
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

/** @internal Writes what a filter chooses as the bytes of a file. */
export async function exportFrom(context: Context, options: ExportOptions): Promise<Uint8Array> {
  if (optionsOf<unknown>(options, EXPORT) === undefined) {
    throw new TrackstatsError('invalid_value', "an export needs a format: { format: 'jsonl' }")
  }
  const format: string = among(['jsonl', 'csv'], options.format, 'format')
  const filter = filterOf(context, options, EXPORT)
  const work = workOf(options)
  new Pace(work, null).check()
  const { Exchange } = await loadExchange()
  const exchange = guarded(() => new Exchange(context.zone.name, context.engine.snapshot()))
  try {
    return watched(work, null, (told) => exchange.export(format, filter, told)) as Uint8Array
  } finally {
    exchange.free()
  }
}

/** Runs one call that tells how far it has come, and ends it when it is asked to stop. */
function watched(
  work: Work,
  total: number | null,
  call: (told: ((bytes: number) => boolean) | undefined) => unknown,
): unknown {
  const { signal, onProgress } = work
  const check = (): void => {
    if (signal?.aborted === true) throw stopped(signal)
  }
  check()
  let failure: { readonly thrown: unknown } | undefined
  const told = (bytes: number): boolean => {
    try {
      onProgress?.({ done: bytes, total })
      check()
      return false
    } catch (thrown) {
      // Thrown on below: it must not pass through the module.
      failure = { thrown }
      return true
    }
  }
  try {
    const isTold = signal !== undefined || onProgress !== undefined
    const answer = call(isTold ? told : undefined)
    if (failure !== undefined) throw failure.thrown
    return answer
  } catch (thrown) {
    throw failure === undefined ? ours(thrown) : failure.thrown
  }
}

/** All bytes of a source. */
async function bytesOf(source: ImportSource, work: Work): Promise<Uint8Array> {
  if (typeof source === 'string') return new TextEncoder().encode(source)
  if (source instanceof ArrayBuffer) return new Uint8Array(source)
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  }
  if (typeof Blob !== 'undefined' && source instanceof Blob) {
    return new Uint8Array(await read(source))
  }
  if (typeof Response !== 'undefined' && source instanceof Response) {
    if (!source.ok) {
      throw new TrackstatsError('io', `the server answered ${source.status} ${source.statusText}`)
    }
    return new Uint8Array(await read(source))
  }
  const pieces: Uint8Array[] = []
  const encoder = new TextEncoder()
  const pace = new Pace(work, null)
  let length = 0
  for await (const piece of piecesOf(source)) {
    const bytes = typeof piece === 'string' ? encoder.encode(piece) : piece
    if (!(bytes instanceof Uint8Array)) {
      throw new TrackstatsError('invalid_value', `${shown(piece)} is no piece of a file`)
    }
    pieces.push(bytes)
    length += bytes.length
    pace.check()
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** What the host cannot read, such as a body that was read already, or a connection that was lost. */
async function read(source: Blob | Response): Promise<ArrayBuffer> {
  try {
    return await source.arrayBuffer()
  } catch (cause) {
    throw new TrackstatsError('io', `the source cannot be read: ${String(cause)}`, { cause })
  }
}

type Pieces = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>

function piecesOf(source: unknown): Pieces {
  if (typeof source === 'object' && source !== null) {
    if (Symbol.asyncIterator in source || Symbol.iterator in source) return source as Pieces
    // Streams of browsers that cannot be iterated yet.
    if (typeof (source as ReadableStream).getReader === 'function') {
      return readStream(source as ReadableStream<Uint8Array | string>)
    }
  }
  throw new TrackstatsError(
    'invalid_value',
    `${shown(source)} cannot be read: give a text, bytes, a Blob, a Response, a stream or an iterable`,
  )
}

async function* readStream(
  stream: ReadableStream<Uint8Array | string>,
): AsyncGenerator<Uint8Array | string> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.releaseLock()
  }
}
