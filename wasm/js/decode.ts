// Reads the text that `build/encode.js` writes back into bytes.

import { type Streams, weave } from './weave.js'

const FIRST = 32
/** `"`, `<` and `\`: printable, and not used. */
const UNUSED: readonly number[] = [34, 60, 92]
const ALPHABET = 92
const PREFIXES = 2

/** A wasm module as text. */
export interface Encoded extends Streams {
  readonly text: string
  /** The bytes that are one character, in hexadecimal. */
  readonly single: string
}

/** The module that the text stands for. */
export function decode(encoded: Encoded): Uint8Array<ArrayBuffer> {
  const { text, single } = encoded
  const positions = new Uint8Array(128)
  for (let code = FIRST, at = 0; at < ALPHABET; code++) {
    if (!UNUSED.includes(code)) positions[code] = at++
  }
  // By position: first the single characters, then what follows the one prefix and the other.
  const singles = ALPHABET - PREFIXES
  const values = new Uint8Array(singles + PREFIXES * ALPHABET)
  const rest = new Set(new Uint8Array(256).keys())
  for (let at = 0; at < singles; at++) {
    const byte = Number.parseInt(single.slice(2 * at, 2 * at + 2), 16)
    values[at] = byte
    rest.delete(byte)
  }
  values.set([...rest], singles)

  const bytes = new Uint8Array(text.length)
  for (let at = 0, from = 0; from < text.length; at++) {
    let position = positions[text.charCodeAt(from++)] ?? 0
    if (position >= singles) {
      const prefix = position - singles
      position = singles + prefix * ALPHABET + (positions[text.charCodeAt(from++)] ?? 0)
    }
    bytes[at] = values[position] ?? 0
  }
  return weave(bytes, encoded)
}
