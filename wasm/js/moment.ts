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
 * When an event happened: a `Date`, milliseconds since 1970, a text as ISO 8601 or PostgreSQL writes it,
 * or a `Temporal` object. A text without an offset is a date already, whatever its time; a leap second,
 * `23:59:60`, is the last second of its day. Null and undefined mean that it is not known.
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

/** The forms of ISO 8601 and PostgreSQL, of which a date alone and a time without an offset are dates; else NaN. */
function dayOfText(text: string, zone: Zone): number {
  let at = 10
  let day = readDay(text)
  if (day !== day) {
    day = readDay(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`)
    at = 8
  }
  if (text.length === at || day !== day) return day
  const separator = text[at]
  if (separator !== 'T' && separator !== 't' && separator !== ' ') return Number.NaN
  const time = new Parts(text, at + 1, 60)
  at = time.at
  if (text[at] === '.' || text[at] === ',') {
    const start = ++at
    while (digits(text, at, at + 1) >= 0) at++
    if (at === start) return Number.NaN
    // Further digits are less than a second of any unit.
    const end = Math.min(at, start + 9)
    time.seconds += Math.floor((digits(text, start, end) * time.unit) / 10 ** (end - start))
  }
  if (time.seconds !== time.seconds) return Number.NaN
  if (at === text.length) return day
  return zone.dayOf((day * 86_400 + time.seconds - offset(text, at)) * 1000)
}

/** Hours, and where they are there, minutes and seconds: all with a colon before the next, or none. */
class Parts {
  seconds: number
  /** How many seconds one of the last part is. */
  unit = 3600
  at: number

  constructor(text: string, at: number, mostSeconds: number) {
    this.seconds = clock(digits(text, at, (at += 2)), 23) * 3600
    const colon = text[at] === ':' ? 1 : 0
    for (const most of [59, mostSeconds]) {
      if (colon === 1 ? text[at] !== ':' : !(digits(text, at, at + 1) >= 0)) break
      this.unit /= 60
      // A leap second is taken as the one before it.
      const number = clock(digits(text, at + colon, (at += 2 + colon)), most)
      this.seconds += Math.min(number, 59) * this.unit
    }
    this.at = at
  }
}

function clock(number: number, most: number): number {
  return number <= most ? number : Number.NaN
}

function offset(text: string, at: number): number {
  if (text[at] === ' ') at++
  const sign = text[at++]
  if ((sign === 'Z' || sign === 'z') && text.length === at) return 0
  // The second is the minus sign of Unicode, which ISO 8601 prefers.
  const isBehind = sign === '-' || sign === '\u2212'
  if (sign !== '+' && !isBehind) return Number.NaN
  const { seconds, at: end } = new Parts(text, at, 59)
  if (end !== text.length) return Number.NaN
  return isBehind ? -seconds : seconds
}
