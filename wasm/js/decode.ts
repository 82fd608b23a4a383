// Reads the text that `build/encode.js` writes back into bytes.

import { type Streams, weave } from './weave.js'

const FIRST = 32
/** `"`, `<` and `\`: printable, and not used. */
const UNUSED: readonly number[] = [34, 60, 92]
const ALPHABET = 92
const PREFIXES = 2
const SINGLES: number = ALPHABET - PREFIXES

/** A wasm module as text. */
export interface Encoded extends Streams {
  /** The streams, of which some share an alphabet. */
  readonly texts: readonly {
    readonly text: string
    /** The bytes that are one character, in hexadecimal. */
    readonly single: string
  }[]
}

/** The module that the texts stand for. */
export function decode(encoded: Encoded): Uint8Array<ArrayBuffer> {
  const positions = new Uint8Array(128)
  for (let code = FIRST, at = 0; at < ALPHABET; code++) {
    if (!UNUSED.includes(code)) positions[code] = at++
  }
  const bytes = new Uint8Array(encoded.lengths.reduce((sum, length) => sum + length))
  let at = 0
  for (const { text, single } of encoded.texts) {
    const values = valuesOf(single)
    for (let from = 0; from < text.length;) {
      let position = positions[text.charCodeAt(from++)]!
      if (position >= SINGLES) {
        const prefix = position - SINGLES
        position = SINGLES + prefix * ALPHABET + positions[text.charCodeAt(from++)]!
      }
      bytes[at++] = values[position]!
    }
  }
  return weave(bytes, encoded)
}

/** The bytes by position: first the single characters, then what follows the one prefix and the other. */
function valuesOf(single: string): Uint8Array {
  const values = new Uint8Array(SINGLES + PREFIXES * ALPHABET)
  const rest = new Set(new Uint8Array(256).keys())
  for (let at = 0; at < SINGLES; at++) {
    const byte = Number.parseInt(single.slice(2 * at, 2 * at + 2), 16)
    values[at] = byte
    rest.delete(byte)
  }
  values.set([...rest], SINGLES)
  return values
}
