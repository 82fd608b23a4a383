// Reading data of which nothing was ever recorded as a total, but by parts: a total of it is refused.

import { Series } from 'trackstats'

/** What a call reads, or something else where there are parts only. */
export function held(read, otherwise) {
  try {
    return read()
  } catch (error) {
    if (error?.code !== 'unknown_dimension') throw error
    return otherwise
  }
}

/** A series without points. */
export function nothing() {
  const [days, nulls] = [new Int32Array(0), new Int32Array(0)]
  return Series.from({ length: 0, days, values: new Float64Array(0), nulls })
}
