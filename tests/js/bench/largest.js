// The largest parts by hand, and what the others add up to.

export class Largest {
  #limit
  /** In descending order. */
  #parts = []
  #other = 0
  #count = 0

  constructor(limit) {
    this.#limit = limit
  }

  add(object, value) {
    const parts = this.#parts
    this.#other += value
    this.#count++
    if (parts.length === this.#limit && value <= parts[parts.length - 1].value) return
    let at = parts.length
    while (at > 0 && parts[at - 1].value < value) at--
    parts.splice(at, 0, { object, value })
    if (parts.length > this.#limit) parts.pop()
  }

  answer() {
    let other = this.#other
    for (const part of this.#parts) other -= part.value
    return { parts: this.#parts, other, otherCount: this.#count - this.#parts.length }
  }
}
