// Sorts the bytes of a module by what they mean, for a compressor: what comes next among opcodes, or among
// the numbers of locals, is easier to foresee than what comes next among both.
//
// The bodies of the functions become streams; all else stays as it is, around them. That a function
// ends is seen by its blocks, so that its size is not written: in the module that comes back it takes
// three bytes. `js/weave.ts` is the other half.

/** The streams of immediates; before them comes what is not code, and opcodes. */
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
] = Array.from({ length: 12 }, (_, at) => at)

const CODE = 10

/**
 * The bytes by stream, where the code is in the first of them, how many functions there are, and how
 * long the module is.
 *
 * @param {Uint8Array} bytes
 */
export function split(bytes) {
  const streams = Array.from({ length: OTHERS + 1 }, () => [])
  let at = 8
  const take = (stream, count) => {
    streams[stream].push(...bytes.subarray(at, at + count))
    at += count
  }
  const number = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
  }
  const copy = (stream) => {
    const from = at
    const value = number()
    streams[stream].push(...bytes.subarray(from, at))
    return value
  }

  while (bytes[at] !== CODE) {
    at += 1
    const size = number()
    at += size
  }
  const before = at
  at += 1
  const end = number() + at
  const first = at
  const functions = number()
  const head = bytes.subarray(first, at)
  let length = head.length
  for (let left = functions; left > 0; left--) {
    const size = number()
    const until = at + size
    length += 3 + size
    const groups = copy(HEADS)
    if (groups > 127) throw new Error('a function has more groups of locals than one byte tells')
    // The number of locals and their type, which is less than 128 and so a number as well.
    for (let more = 2 * groups; more > 0; more--) copy(HEADS)
    while (at < until) instruction()
    if (at !== until) throw new Error('an instruction reaches beyond its function')
  }
  const code = [...bytes.subarray(0, before), CODE, ...leb(length), ...head]
  streams[REST] = [...code, ...bytes.subarray(end)]
  return {
    streams,
    code: code.length,
    functions,
    length: streams[REST].length + length - head.length,
  }

  function instruction() {
    const op = bytes[at]
    take(OPS, 1)
    if (op >= 0x02 && op <= 0x04) copy(TYPES)
    else if (op === 0x0c || op === 0x0d) copy(BRANCHES)
    else if (op === 0x0e) for (let more = copy(BRANCHES); more >= 0; more--) copy(BRANCHES)
    else if (op === 0x10) copy(CALLS)
    else if (op === 0x11) {
      copy(OTHERS)
      copy(OTHERS)
    } else if (op >= 0x20 && op <= 0x22) copy(LOCALS)
    else if (op === 0x23 || op === 0x24) copy(GLOBALS)
    else if (op === 0x25 || op === 0x26) copy(OTHERS)
    else if (op >= 0x28 && op <= 0x3e) {
      // What an access says of its alignment changes nothing, and `--dealign` made it 0 everywhere.
      if (bytes[at++] !== 0) throw new Error('the module was not optimized with --dealign')
      copy(OFFSETS)
    } else if (op === 0x3f || op === 0x40) copy(OTHERS)
    else if (op === 0x41) copy(INTEGERS)
    else if (op === 0x42) copy(LONGS)
    else if (op === 0x43) take(OTHERS, 4)
    else if (op === 0x44) take(OTHERS, 8)
    else if (op === 0xd0 || op === 0xd2) copy(OTHERS)
    else if (op === 0xfc) {
      const which = copy(OPS)
      for (let more = [8, 10, 12, 14].includes(which) ? 2 : which < 8 ? 0 : 1; more > 0; more--) {
        copy(OTHERS)
      }
    } else if (op > 0xc4 || op === 0x1c || (op >= 0x06 && op < 0x0b) || (op > 0x11 && op < 0x1a)) {
      throw new Error(`the module has an instruction that is not known here: ${op}`)
    }
  }
}

function leb(value) {
  const bytes = []
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128)
  bytes.push(value)
  return bytes
}
