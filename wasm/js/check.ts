// What a caller passes, checked: without types anything can come.

import { TrackstatsError, shown } from './error.js'
import { meant } from './nearest.js'
import type { Table } from './options.js'

/** Options: an object whose keys are all in the table, or none. */
export function optionsOf<T>(given: T, keys: Table): T {
  return given === undefined ? given : knownOf(given, keys, 'options')
}

/**
 * An object whose keys are all in the table. What is inherited counts, since it is read as well; symbols
 * do not, with which libraries mark objects of others.
 */
export function knownOf<T>(given: T, keys: Table, what: string): NonNullable<T> {
  if (!isRecord(given)) throw noObject(given, what)
  let count = 0
  for (const key in given) {
    count++
    checkKey(given, key, keys, what)
  }
  if (count === 0) {
    // Hidden keys are read too.
    for (const key of Object.getOwnPropertyNames(given)) checkKey(given, key, keys, what)
    plainOf(given, what)
  }
  return given
}

function checkKey(given: object, key: string, keys: Table, what: string): void {
  const mark = keys[key]
  if (mark === 1) return
  if (mark !== 2) return refuse(given, key, keys, what)
  const value: unknown = (given as Record<string, unknown>)[key]
  if (typeof value === 'boolean' || value === undefined) return
  // What stands in a text, such as a variable of the environment, would be taken for its contrary.
  throw new TrackstatsError(
    'invalid_value',
    `${shown(value)} is no value of the option '${key}': give true or false`,
  )
}

/**
 * Whether an object has so many keys, those that were read of it, and no others: on the way of every
 * record, counting is several times as fast as looking at each key. If it says no, `optionsOf` says why.
 */
export function isAll(given: unknown, count: number): boolean {
  if (typeof given !== 'object' || count === 0) return false
  let left = count
  for (const _ in given) left--
  return left === 0
}

/** How many of one are said, to be added up for `isAll`. */
export function said(one: unknown): number {
  return one === undefined ? 0 : 1
}

/** A copy of what an object of options says, each key of it read once. */
export function copyOf<T>(given: T, keys: Table, what: string): NonNullable<T> {
  const from: object = knownOf(given, keys, what)
  const own: Record<string, unknown> = {}
  for (const key in keys) if (key in from) own[key] = from[key as keyof typeof from]
  return own as NonNullable<T>
}

function refuse(given: object, key: string, keys: Table, what: string): void {
  // What a program gives to all of its objects is nothing that it says to us.
  if (!Object.hasOwn(given, key) && Object.hasOwn(Object.prototype, key)) return
  const known = Object.keys(keys)
  throw new TrackstatsError(
    'unknown_option',
    `${shown(key)} is not a key of ${what}: ${meant(key, known)}known are ${known.join(', ')}`,
  )
}

/** An object with names of its own. */
export function recordOf<T>(given: T, what: string): NonNullable<T> {
  if (!isRecord(given)) throw noObject(given, what)
  for (const _ in given) return given
  return plainOf(given, what)
}

/** Not an array: it has methods that have the names of options. */
function isRecord<T>(given: T): given is NonNullable<T> {
  if (typeof given !== 'object' || given === null) return false
  return !Array.isArray(given) && !ArrayBuffer.isView(given)
}

/** An empty object: a `Map`, a `Set` or a `Date` has no keys either, and says something else. */
export function plainOf<T extends object>(given: T, what: string): T {
  const prototype: unknown = Object.getPrototypeOf(given)
  // Each realm has an `Object.prototype` of its own.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return given
  throw noObject(given, what)
}

function noObject(given: unknown, what: string): TrackstatsError {
  return new TrackstatsError('invalid_value', `${shown(given)} is no object of ${what}`)
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

/** An array, or a typed array whose buffer is there. */
export function columnOf<T>(given: T, what: string): T {
  if (Array.isArray(given)) return given
  if (ArrayBuffer.isView(given) && !(given instanceof DataView)) return attached(given, what)
  throw new TrackstatsError('invalid_value', `${shown(given)} is no array of ${what}`)
}

/** A typed array of one class. */
export function arrayOf(
  type: typeof Int32Array | typeof Float64Array | typeof BigInt64Array,
  given: unknown,
  what: string,
): void {
  if (given instanceof type) attached(given, what)
  else throw new TrackstatsError('invalid_value', `${shown(given)} is no ${type.name} of ${what}`)
}

/** Bytes that are there: those of a buffer that was transferred are somewhere else. */
export function attached<T extends ArrayBufferView | ArrayBufferLike>(given: T, what: string): T {
  try {
    // Not every host has `detached` yet.
    new Uint8Array(ArrayBuffer.isView(given) ? given.buffer : given)
  } catch {
    throw new TrackstatsError(
      'invalid_value',
      `the buffer of ${what} is detached: it was transferred`,
    )
  }
  return given
}

/** Bytes that somebody gave as an array of bytes or as a buffer, also of another realm; none if it is neither. */
export function bytesIn(given: unknown, what: string): Uint8Array | undefined {
  const tag: string = Object.prototype.toString.call(given)
  if (tag === '[object Uint8Array]' && ArrayBuffer.isView(given)) {
    attached(given, what)
    return new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
  }
  if (tag !== '[object ArrayBuffer]') return undefined
  return new Uint8Array(attached(given as ArrayBuffer, what))
}

/** The time of a `Date`, also of one of another realm; NaN if it is none. */
export function timeOf(given: unknown): number {
  try {
    return Date.prototype.getTime.call(given)
  } catch {
    return Number.NaN
  }
}

/** Vue leaves alone what says so: a proxy of an object with private fields is of no use. */
export function unwrapped(type: { readonly prototype: object }): void {
  Object.defineProperty(type.prototype, '__v_skip', { value: true })
}

/** A method was called on something else than an object of its class. */
export function strayCall(name: string): TrackstatsError {
  return new TrackstatsError(
    'invalid_value',
    `a method of a ${name} was called on something else: call it as ${name}.method()`,
  )
}
