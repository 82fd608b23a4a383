// What an import can read, in pieces.

import { bytesIn } from './check.js'
import { TrackstatsError, shown } from './error.js'
import { watched } from './watched.js'

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

/** A piece of a file, and how much of the whole it is. */
interface Piece {
  readonly bytes: Uint8Array
  readonly size: number
}

type Given = Uint8Array | string
type Pieces = AsyncIterable<Given> | Iterable<Given>

/** So many characters of a text are encoded at once. */
const CHARACTERS = 64 * 1024

/** @internal The pieces of a source and their size together, null where it is not known. */
export function piecesOf(
  source: ImportSource,
  signal: AbortSignal | undefined,
): { readonly pieces: AsyncIterable<Piece>; readonly total: number | null } {
  if (typeof source === 'string') {
    return { pieces: encoded(slicesOf(source), undefined), total: source.length }
  }
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    const bytes = bytesOf(source)
    return { pieces: encoded([bytes], undefined), total: bytes.length }
  }
  if (typeof Blob !== 'undefined' && source instanceof Blob) {
    return { pieces: encoded(bodyOf(source), signal), total: source.size }
  }
  if (typeof Response !== 'undefined' && source instanceof Response) {
    if (!source.ok) {
      throw new TrackstatsError('io', `the server answered ${source.status} ${source.statusText}`)
    }
    return { pieces: encoded(bodyOf(source), signal), total: null }
  }
  return { pieces: encoded(iterableOf(source), signal), total: null }
}

function bytesOf(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  try {
    if (source instanceof ArrayBuffer) return new Uint8Array(source)
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  } catch (cause) {
    throw new TrackstatsError('invalid_value', `the bytes were given away: ${String(cause)}`, {
      cause,
    })
  }
}

function* slicesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHARACTERS) yield text.slice(at, at + CHARACTERS)
}

/** Texts as bytes. A pair of surrogates may be cut between two of them. */
async function* encoded(given: Pieces, signal: AbortSignal | undefined): AsyncGenerator<Piece> {
  const encoder = new TextEncoder()
  let half = ''
  for await (const piece of watched(given, signal)) {
    if (typeof piece === 'string') {
      const text = half + piece
      half = isHighSurrogate(text.charCodeAt(text.length - 1)) ? text.slice(-1) : ''
      const whole = half === '' ? text : text.slice(0, -1)
      yield { bytes: encoder.encode(whole), size: piece.length }
      continue
    }
    const bytes = bytesIn(piece, 'what is imported')
    if (bytes === undefined) {
      throw new TrackstatsError('invalid_value', `${shown(piece)} is no piece of a file`)
    }
    if (half !== '') yield { bytes: encoder.encode(half), size: 0 }
    half = ''
    yield { bytes, size: bytes.length }
  }
  if (half !== '') yield { bytes: encoder.encode(half), size: 0 }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00
}

/** What the host cannot read, such as a body that was read already, or a connection that was lost. */
function bodyOf(source: Blob | Response): AsyncIterable<Uint8Array> {
  const isUsed = 'bodyUsed' in source && source.bodyUsed
  const stream = 'body' in source ? source.body : source.stream?.()
  return stream && !isUsed ? readStream(stream, unreadable) : wholeOf(source)
}

async function* wholeOf(source: Blob | Response): AsyncGenerator<Uint8Array> {
  try {
    yield new Uint8Array(await source.arrayBuffer())
  } catch (cause) {
    throw unreadable(cause)
  }
}

function unreadable(cause: unknown): unknown {
  return new TrackstatsError('io', `the source cannot be read: ${String(cause)}`, { cause })
}

function iterableOf(source: unknown): Pieces {
  if (typeof source === 'object' && source !== null) {
    // Streams of some browsers cannot be iterated.
    if (typeof (source as ReadableStream).getReader === 'function') {
      const stream = source as ReadableStream<Given>
      if (stream.locked) {
        throw new TrackstatsError('invalid_state', 'the stream is being read by somebody else')
      }
      return readStream(stream)
    }
    if (Symbol.asyncIterator in source || Symbol.iterator in source) return source as Pieces
  }
  throw new TrackstatsError(
    'invalid_value',
    `${shown(source)} cannot be read: give a text, bytes, a Blob, a Response, a stream or an iterable`,
  )
}

/** The pieces of a stream. No generator: one that waits for a piece could not be told to end. */
function readStream<T>(
  stream: ReadableStream<T>,
  fault: (cause: unknown) => unknown = (cause) => cause,
): AsyncIterable<T> {
  const guarded = <R>(work: () => R): R => {
    try {
      return work()
    } catch (cause) {
      throw fault(cause)
    }
  }
  return {
    [Symbol.asyncIterator]: (): AsyncIterator<T> => {
      const reader = guarded(() => stream.getReader())
      return {
        next: async () => {
          const { done, value } = await reader.read().catch((cause: unknown) => {
            throw fault(cause)
          })
          if (!done) return { done, value }
          reader.releaseLock()
          return { done: true, value: undefined }
        },
        return: async () => {
          // Who gives up early does not want the rest.
          void reader.cancel().catch(() => undefined)
          reader.releaseLock()
          return { done: true, value: undefined }
        },
      }
    },
  }
}
