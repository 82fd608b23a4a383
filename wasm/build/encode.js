// Writes bytes as ASCII text that a compressor sees through.
//
// The 90 most frequent bytes are one character each, the others two, of which the first is one of two
// prefixes. Every byte keeps its own characters, so that what repeats in the bytes repeats in the
// text, which base64 destroys. No character has to be escaped in a string, a template or a page.
// `js/decode.ts` is the other half.

/** What may be written: printable ASCII without the quotation mark, the backslash and `<`. */
const alphabet = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).filter(
  (character) => !'"\\<'.includes(character),
)
const prefixes = alphabet.slice(-2)
const singles = alphabet.slice(0, -2)

/**
 * The text, and the bytes that are written as one character, in the order of the alphabet and in
 * hexadecimal.
 *
 * @param {readonly number[]} bytes
 * @returns {{ text: string, single: string }}
 */
export function encode(bytes) {
  const count = new Array(256).fill(0)
  for (const byte of bytes) count[byte] += 1
  const all = Array.from(count.keys())
  // Ties by the byte itself: the same module gives the same text on every machine.
  const frequent = all.toSorted((a, b) => count[b] - count[a] || a - b).slice(0, singles.length)
  const single = new Set(frequent)
  // A byte that is a character of the alphabet stands for itself, so that texts stay texts: that
  // saves a compressor another hundredth.
  const code = (byte) => String.fromCharCode(byte)
  const itself = (byte) => single.has(byte) && singles.includes(code(byte))
  const others = all.filter((byte) => single.has(byte) && !itself(byte))
  const order = singles.map((character) =>
    itself(character.charCodeAt(0)) ? character.charCodeAt(0) : others.shift(),
  )
  const characters = new Array(256)
  order.forEach((byte, at) => (characters[byte] = singles[at]))
  all
    .filter((byte) => !single.has(byte))
    .forEach((byte, at) => {
      const prefix = prefixes[Math.floor(at / alphabet.length)]
      characters[byte] = prefix + alphabet[at % alphabet.length]
    })
  const text = Array.from(bytes, (byte) => characters[byte]).join('')
  return { text, single: Buffer.from(order).toString('hex') }
}
