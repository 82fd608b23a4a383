// What the engine read last, in the memory of its module.

import type { Engine } from './engine.js'
import { Series } from './series.js'

const NONE: Int32Array = new Int32Array(0)

/** Looks at the answers of one engine. The views are made anew when the memory has grown. */
export class Answer {
  readonly #memory: WebAssembly.Memory
  readonly #at: number
  #head: Uint32Array
  #days: Int32Array
  #floats: Float64Array
  #integers: BigInt64Array

  constructor(memory: WebAssembly.Memory, engine: Engine) {
    this.#memory = memory
    this.#at = engine.answerAt()
    const { buffer } = memory
    this.#head = new Uint32Array(buffer, this.#at, 8)
    this.#days = new Int32Array(buffer)
    this.#floats = new Float64Array(buffer)
    this.#integers = new BigInt64Array(buffer)
  }

  #look(): Uint32Array {
    // A view of memory that has grown is empty.
    if (this.#head.length === 0) {
      const { buffer } = this.#memory
      this.#head = new Uint32Array(buffer, this.#at, 8)
      this.#days = new Int32Array(buffer)
      this.#floats = new Float64Array(buffer)
      this.#integers = new BigInt64Array(buffer)
    }
    return this.#head
  }

  /** Copies the points that were read. */
  series<V extends number | bigint>(): Series<V> {
    const head = this.#look()
    const length = head[0]!
    const first = head[1]! | 0
    const days = head[2]! >>> 2
    const values = head[3]! >>> 3
    const nulls = head[6]! >>> 2
    return new Series<V>(
      first,
      days === 0 ? undefined : this.#days.slice(days, days + length),
      head[4] === 0
        ? this.#floats.slice(values, values + length)
        : this.#integers.slice(values, values + length),
      head[5] === 0 ? NONE : this.#days.slice(nulls, nulls + head[5]!),
    )
  }

  /** How many points were read, or values added up. */
  get length(): number {
    return this.#look()[0]!
  }

  /** The first day that was read. */
  get firstDay(): number {
    return this.#look()[1]! | 0
  }

  /** The last day that was read. */
  get lastDay(): number {
    const head = this.#look()
    const days = head[2]! >>> 2
    return days === 0 ? (head[1]! | 0) + head[0]! - 1 : this.#days[days + head[0]! - 1]!
  }

  /** The first value that was read. */
  firstValue(): number | bigint | null {
    const head = this.#look()
    if (head[5]! > 0 && this.#days[head[6]! >>> 2] === (head[1]! | 0)) return null
    const at = head[3]! >>> 3
    return head[4] === 0 ? this.#floats[at]! : this.#integers[at]!
  }

  /** How many nulls there were beside the values that were added up. */
  get nulls(): number {
    return this.#look()[1]!
  }
}
