// Questions for the module and its answers as bytes. `wire.rs` reads and writes the same.

import { TrackstatsError } from './error.js'

const utf8 = new TextEncoder()
const text = new TextDecoder()

/** What is not given. */
type None = null | undefined

/** The bytes from which on a column is not copied before it goes to the module. */
const LARGE = 4096

/** A question, written from its front. */
export class Request {
  #bytes: Uint8Array = new Uint8Array(512)
  #view: DataView = new DataView(this.#bytes.buffer)
  #length = 0
  /** What comes before: large columns are copied once, to where they are read. */
  readonly #before: Uint8Array[] = []
  #lengthBefore = 0

  /** How many bytes were written. */
  get length(): number {
    return this.#lengthBefore + this.#length
  }

  /** Copies what was written. */
  copyTo(bytes: Uint8Array): void {
    let at = 0
    for (const part of this.#before) {
      bytes.set(part, at)
      at += part.length
    }
    bytes.set(this.#bytes.subarray(0, this.#length), at)
  }

  /** A number; NaN is one that is not given. */
  number(value: number | None): this {
    this.#room(8)
    this.#view.setFloat64(this.#length, value ?? Number.NaN, true)
    this.#length += 8
    return this
  }

  flag(value: boolean | None): this {
    return this.number(value === true ? 1 : 0)
  }

  text(value: string | None): this {
    if (value === null || value === undefined) return this.number(undefined)
    // The module holds UTF-8, which has no place for half a character.
    if (/\p{Surrogate}/u.test(value)) {
      throw new TrackstatsError(
        'invalid_value',
        'a text holds half a surrogate pair, which is no character',
      )
    }
    // A character of UTF-16 takes at most three bytes.
    this.#room(8 + 3 * value.length)
    const { written } = utf8.encodeInto(value, this.#bytes.subarray(this.#length + 8))
    this.number(written)
    this.#length += written
    return this
  }

  list<T>(items: readonly T[] | None, write: (item: T) => void): this {
    this.number(items?.length)
    items?.forEach(write)
    return this
  }

  texts(items: readonly string[] | None): this {
    return this.list(items, (item) => this.text(item))
  }

  /** Names and values in turn. */
  pairs(items: readonly (readonly [string, string])[] | None): this {
    return this.texts(items?.flat())
  }

  column(items: Uint8Array | Int32Array | Uint32Array | Float64Array | BigInt64Array): this {
    this.number(items.byteLength)
    return this.raw(new Uint8Array(items.buffer, items.byteOffset, items.byteLength))
  }

  raw(bytes: Uint8Array): this {
    if (bytes.length >= LARGE) {
      this.#before.push(this.#bytes.slice(0, this.#length), bytes)
      this.#lengthBefore += this.#length + bytes.length
      this.#length = 0
      return this
    }
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
    return this
  }

  #room(more: number): void {
    const length = this.#length + more
    if (length <= this.#bytes.length) return
    const bytes = new Uint8Array(Math.max(length, 2 * this.#bytes.length))
    bytes.set(this.#bytes)
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer)
  }
}

/** An answer, read from its front, where it lies in the memory of the module. */
export class Reply {
  readonly bytes: Uint8Array
  #view: DataView | undefined
  #at = 0

  constructor(memory: WebAssembly.Memory, at: number, length: number) {
    this.bytes = new Uint8Array(memory.buffer, at, length)
  }

  /** Whether nothing is left to read. */
  get isRead(): boolean {
    return this.#at >= this.bytes.length
  }

  number(): number {
    this.#at += 8
    return this.#bits().getFloat64(this.#at - 8, true)
  }

  text(): string {
    const length = this.number()
    this.#at += length
    return text.decode(this.bytes.subarray(this.#at - length, this.#at))
  }

  list<T>(read: () => T): T[] {
    return Array.from({ length: this.number() }, read)
  }

  texts(): string[] {
    return this.list(() => this.text())
  }

  pairs(): [string, string][] {
    return Array.from({ length: this.number() / 2 }, () => [this.text(), this.text()])
  }

  value(): number | bigint | null {
    const kind = this.number()
    if (kind === 0) return null
    if (kind === 1) return this.number()
    this.#at += 8
    return this.#bits().getBigInt64(this.#at - 8, true)
  }

  #bits(): DataView {
    const { buffer, byteOffset, length } = this.bytes
    return (this.#view ??= new DataView(buffer, byteOffset, length))
  }
}
