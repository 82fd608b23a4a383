// What a caller passes, checked: without types anything can come.

import { TrackstatsError, shown } from './error.js'

/** Options: an object, or none. */
export function optionsOf<T>(given: T): T {
  if (given === undefined) return given
  if (isRecord(given)) return given
  throw new TrackstatsError('invalid_value', `${shown(given)} is no object of options`)
}

/** An object with names of its own. */
export function recordOf<T>(given: T, what: string): NonNullable<T> {
  if (isRecord(given)) return given
  throw new TrackstatsError('invalid_value', `${shown(given)} is no object of ${what}`)
}

/** Not an array: it has methods that have the names of options. */
function isRecord<T>(given: T): given is NonNullable<T> {
  if (typeof given !== 'object' || given === null) return false
  return !Array.isArray(given) && !ArrayBuffer.isView(given)
}

/** A function. */
export function functionOf<T>(given: T, what: string): T {
  if (typeof given === 'function') return given
  throw new TrackstatsError('invalid_value', `${shown(given)} is no function ${what}`)
}

/** A text. */
export function textOf(given: unknown, what: string): string {
  if (typeof given === 'string') return given
  throw new TrackstatsError('invalid_value', `${shown(given)} is no text for ${what}`)
}

/** An array, or a typed array. */
export function columnOf<T>(given: T, what: string): T {
  if (Array.isArray(given) || (ArrayBuffer.isView(given) && !(given instanceof DataView)))
    return given
  throw new TrackstatsError('invalid_value', `${shown(given)} is no array of ${what}`)
}

/** The time of a `Date`, also of one of another realm; NaN if it is none. */
export function timeOf(given: unknown): number {
  try {
    return Date.prototype.getTime.call(given)
  } catch {
    return Number.NaN
  }
}

/** A method was called on something else than an object of its class. */
export function strayCall(name: string): TrackstatsError {
  return new TrackstatsError(
    'invalid_value',
    `a method of a ${name} was called on something else: call it as ${name}.method()`,
  )
}
