// A checksum of what is stored where nothing else watches over it.

/** FNV-1a of 32 bits, over words of four bytes and then the bytes that are left. */
export function sumOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let sum = 0x811c9dc5
  let at = 0
  for (; at + 4 <= bytes.length; at += 4) sum = mixed(sum, view.getUint32(at, true))
  for (; at < bytes.length; at++) sum = mixed(sum, view.getUint8(at))
  return sum >>> 0
}

function mixed(sum: number, next: number): number {
  const product = Math.imul(sum ^ next, 0x01000193)
  // The high bits of a word would never reach the low ones of the sum.
  return product ^ (product >>> 15)
}
