// In which encoding a file is, and its text in pieces.

/** The encodings that a person can choose. */
export const ENCODINGS = [
  ['utf-8', 'UTF-8'],
  ['windows-1252', 'Windows-1252, Western Europe'],
  ['windows-1250', 'Windows-1250, Central Europe'],
  ['windows-1251', 'Windows-1251, Cyrillic'],
  ['windows-1253', 'Windows-1253, Greek'],
  ['windows-1254', 'Windows-1254, Turkish'],
  ['iso-8859-15', 'ISO 8859-15, Western Europe'],
  ['shift_jis', 'Shift JIS, Japanese'],
  ['gb18030', 'GB 18030, Chinese'],
  ['big5', 'Big5, Chinese'],
  ['euc-kr', 'EUC-KR, Korean'],
  ['utf-16le', 'UTF-16, little-endian'],
  ['utf-16be', 'UTF-16, big-endian'],
]

/** A text is handed on in pieces of about so many characters. */
const PIECE = 1 << 20

/** The text of a file in pieces, with the bytes that were read so far. */
export async function* textOf(file, encoding) {
  const decoder = new TextDecoder(encoding)
  const stream = file.stream().getReader()
  let [read, text] = [0, '']
  for (;;) {
    const { done, value } = await stream.read()
    if (done) break
    read += value.length
    text += decoder.decode(value, { stream: true })
    if (text.length < PIECE) continue
    yield { text, read }
    text = ''
  }
  yield { text: text + decoder.decode(), read }
}

/** The encoding that the first bytes tell; undefined if they do not. */
function markedIn(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Latin letters have a byte of nothing each, on one side or on the other.
  const pairs = bytes.subarray(0, bytes.length & ~1)
  const zeros = [0, 0]
  pairs.forEach((byte, at) => (zeros[at & 1] += byte === 0 ? 1 : 0))
  if (zeros[1] > pairs.length / 4 && zeros[0] === 0) return 'utf-16le'
  if (zeros[0] > pairs.length / 4 && zeros[1] === 0) return 'utf-16be'
  return undefined
}

/**
 * The encoding of a file, by all of it: what is no UTF-8 is taken for Windows-1252, unless it has many letters of
 * UTF-8, of which some were damaged.
 */
export async function encodingOf(file) {
  const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer())
  const marked = markedIn(head)
  if (marked !== undefined) return { encoding: marked, damaged: 0 }
  let [letters, damaged] = [0, 0]
  for await (const { text } of textOf(file, 'utf-8')) {
    for (const run of text.match(/[\u0080-\uffff]+/g) ?? []) {
      letters += run.length
      for (const sign of run) if (sign === '\ufffd') damaged += 1
    }
  }
  if (damaged > 0 && damaged >= (letters - damaged) / 10) {
    return { encoding: 'windows-1252', damaged: 0 }
  }
  return { encoding: 'utf-8', damaged }
}
