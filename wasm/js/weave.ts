// Puts a module together from the streams that `build/streams.js` sorts it into.

const [
  REST,
  OPS,
  HEADS,
  TYPES,
  GLOBALS,
  LOCALS,
  CALLS,
  BRANCHES,
  OFFSETS,
  INTEGERS,
  LONGS,
  OTHERS,
] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const

/** By opcode, the stream of the one number that follows; 0 for none, and what `weave` looks at. */
const AFTER: Uint8Array = new Uint8Array(256)
  .fill(TYPES, 0x02, 0x05)
  .fill(BRANCHES, 0x0c, 0x0e)
  .fill(CALLS, 0x10, 0x11)
  .fill(LOCALS, 0x20, 0x23)
  .fill(GLOBALS, 0x23, 0x25)
  .fill(OTHERS, 0x25, 0x27)
  .fill(OTHERS, 0x3f, 0x41)
  .fill(INTEGERS, 0x41, 0x42)
  .fill(LONGS, 0x42, 0x43)
  .fill(OTHERS, 0xd0, 0xd3)

/** How the streams of a module lie one after the other. */
export interface Streams {
  /** The lengths of the streams. */
  readonly lengths: readonly number[]
  /** How much of the first stream comes before the bodies of functions. */
  readonly code: number
  readonly functions: number
  /** How long the module is. */
  readonly length: number
}

/** The module. All in one loop over variables that nothing else sees, so that it is compiled soon. */
export function weave(
  from: Uint8Array,
  { lengths, code, functions, length }: Streams,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  bytes.set(from.subarray(0, code))
  /** Where each stream is read next. */
  const next = new Uint32Array(OTHERS + 2)
  lengths.forEach((size, stream) => (next[stream + 1] = next[stream]! + size))
  let to = code
  let size = code
  let ops = next[OPS]!
  let depth = 0
  for (let left = functions; left > 0;) {
    let stream: number = HEADS
    /** How many numbers follow, and how many bytes as they are. */
    let numbers = 1
    let plain = 0
    if (depth === 0) {
      size = to
      to += 3
      depth = 1
      numbers += 2 * from[next[HEADS]!]!
    } else {
      const op = from[ops++]!
      bytes[to++] = op
      stream = AFTER[op]!
      if (stream === TYPES) depth++
      else if (op === 0x0b) depth--
      else if (op >= 0x28 && op <= 0x3e) {
        // The alignment, which is 0 everywhere.
        to++
        stream = OFFSETS
      } else if (op === 0x0e) {
        const at = next[BRANCHES]!
        stream = BRANCHES
        numbers += 1 + (from[at]! & 127) + (from[at]! > 127 ? from[at + 1]! << 7 : 0)
      } else if (op === 0x11) {
        stream = OTHERS
        numbers = 2
      } else if (op === 0x43 || op === 0x44) {
        stream = OTHERS
        numbers = 0
        plain = op === 0x43 ? 4 : 8
      } else if (op === 0xfc) {
        const which = from[ops++]!
        bytes[to++] = which
        if (which >= 8) stream = OTHERS
        if (which === 8 || which === 10 || which === 12 || which === 14) numbers = 2
      }
    }
    if (stream > 0) {
      let at = next[stream]!
      for (; numbers > 0; numbers--) {
        while (from[at]! > 127) bytes[to++] = from[at++]!
        bytes[to++] = from[at++]!
      }
      for (; plain > 0; plain--) bytes[to++] = from[at++]!
      next[stream] = at
    }
    if (depth === 0) {
      const body = to - size - 3
      bytes[size] = (body & 127) | 128
      bytes[size + 1] = ((body >> 7) & 127) | 128
      bytes[size + 2] = body >> 14
      left--
    }
  }
  bytes.set(from.subarray(code, lengths[REST]), to)
  return bytes
}
