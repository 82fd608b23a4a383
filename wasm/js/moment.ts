// When an event happened.

import { digits, parseDay, plainDay, readDay, tagOf, textOfPlain } from './date.js'
import { timeOf } from './check.js'
import { TrackstatsError, shown } from './error.js'
import type { Zone } from './zone.js'

/** A `Temporal` instant, or a date and time in a zone. */
export interface InstantLike {
  readonly [Symbol.toStringTag]: 'Temporal.Instant' | 'Temporal.ZonedDateTime'
  readonly epochMilliseconds: number
}

/** A `Temporal` date, with or without a time. */
export interface PlainLike {
  readonly [Symbol.toStringTag]: 'Temporal.PlainDate' | 'Temporal.PlainDateTime'
  toString(options?: { calendarName?: 'never' }): string
}

/**
 * When an event happened: a `Date`, milliseconds since 1970, a text in ISO 8601, or a `Temporal`
 * object. A text without an offset is a date already, whatever its time. Null and undefined mean
 * that it is not known.
 */
export type TimeInput = Date | number | string | InstantLike | PlainLike | null | undefined

/** The column entry of an event without a time. */
export const UNDATED = -2_147_483_648

/** The day of an event in a zone, or `UNDATED`. */
export function dayOfEvent(given: unknown, zone: Zone): number {
  if (typeof given === 'number') return checked(zone.dayOf(given), given)
  if (given === null || given === undefined) return UNDATED
  if (given instanceof Date) return checked(zone.dayOf(timeOf(given)), given)
  if (typeof given === 'string') return checked(dayOfText(given, zone), given)
  if (typeof given === 'object') {
    const tag = tagOf(given)
    if (tag === 'Temporal.Instant' || tag === 'Temporal.ZonedDateTime') {
      const { epochMilliseconds } = given as InstantLike
      const isNumber = typeof epochMilliseconds === 'number'
      return checked(isNumber ? zone.dayOf(epochMilliseconds) : Number.NaN, given)
    }
    if (tag === 'Temporal.PlainDate') return plainDay(given)
    if (tag === 'Temporal.PlainDateTime') {
      const day = readDay(textOfPlain(given) ?? '')
      return checked(day, given)
    }
    // A `Date` of another realm, such as a frame.
    if (tag === 'Date') return checked(zone.dayOf(timeOf(given)), given)
  }
  throw noTime(given)
}

/** The day of a date that a caller passed, which a `Date` becomes in the zone. */
export function dayOfDate(given: unknown, zone: Zone): number {
  if (typeof given === 'string') {
    const day = parseDay(given)
    if (day === day) return day
  }
  if (
    given instanceof Date ||
    (typeof given === 'object' && given !== null && tagOf(given) === 'Date')
  ) {
    const day = zone.dayOf(timeOf(given))
    if (day === day) return day
  }
  return plainDay(given)
}

function checked(day: number, given: unknown): number {
  if (day === day) return day
  throw noTime(given)
}

/** The error for what is no time. */
export function noTime(given: unknown): TrackstatsError {
  return new TrackstatsError(
    'invalid_date',
    `${shown(given)} is no time: give a Date, milliseconds since 1970, YYYY-MM-DD, ` +
      'or YYYY-MM-DDTHH:MM:SS with Z or an offset',
  )
}

/** RFC 3339, with a date alone and a time without an offset accepted too; NaN for anything else. */
function dayOfText(text: string, zone: Zone): number {
  const day = readDay(text)
  if (text.length === 10 || day !== day) return day
  const separator = text[10]
  if (separator !== 'T' && separator !== 't' && separator !== ' ') return Number.NaN
  let seconds = clock(digits(text, 11, 13), 23) * 3600
  if (text[13] !== ':') return Number.NaN
  seconds += clock(digits(text, 14, 16), 59) * 60
  let at = 16
  if (text[at] === ':') {
    // A leap second is taken as the one before it.
    seconds += Math.min(clock(digits(text, 17, 19), 60), 59)
    at = 19
    if (text[at] === '.') {
      const start = ++at
      while (digits(text, at, at + 1) >= 0) at++
      if (at === start) return Number.NaN
    }
  }
  if (seconds !== seconds) return Number.NaN
  if (at === text.length) return day
  return zone.dayOf((day * 86_400 + seconds - offset(text, at)) * 1000)
}

function clock(number: number, most: number): number {
  return number <= most ? number : Number.NaN
}

function offset(text: string, at: number): number {
  const sign = text[at]
  if ((sign === 'Z' || sign === 'z') && text.length === at + 1) return 0
  if ((sign !== '+' && sign !== '-') || text.length !== at + 6 || text[at + 3] !== ':') {
    return Number.NaN
  }
  const hours = clock(digits(text, at + 1, at + 3), 23)
  const minutes = clock(digits(text, at + 4, at + 6), 59)
  const seconds = hours * 3600 + minutes * 60
  return sign === '-' ? -seconds : seconds
}
