// Values on their way into the engine. A call into the module costs about as much as recording does, so
// that many values go together: when there are enough of them, or when anything else is asked of the
// engine. Everything that could be refused was checked before.

import { type Engine, placeOf } from './engine.js'

/** How many values wait at most. */
const ROOM = 1024

/** So many go one by one, which needs no request. */
const FEW = 4

/** The values that wait, in the order in which they were recorded. */
export class Pending {
  length = 0
  readonly #engine: Engine
  readonly #handles: Uint32Array = new Uint32Array(ROOM)
  /** The day, the period and whether the metric holds floats, as one number. */
  readonly #places: Int32Array = new Int32Array(ROOM)
  /** NaN is null. */
  readonly #values: Float64Array = new Float64Array(ROOM)

  constructor(engine: Engine) {
    this.#engine = engine
  }

  put(handle: number, period: number, isFloat: boolean, day: number, value: number): void {
    const at = this.length
    this.#handles[at] = handle
    this.#places[at] = placeOf(day, period, isFloat)
    this.#values[at] = value
    this.length = at + 1
    if (at === ROOM - 1) this.drain()
  }

  /** Puts into the engine what waits. */
  drain(): void {
    const { length } = this
    this.length = 0
    if (length <= FEW) {
      for (let at = 0; at < length; at++) {
        this.#engine.record(this.#handles[at]!, this.#places[at]!, this.#values[at]!)
      }
      return
    }
    const handles = this.#handles.subarray(0, length)
    const places = this.#places.subarray(0, length)
    const values = this.#values.subarray(0, length)
    this.#engine.recordEach(handles, places, values)
  }
}
