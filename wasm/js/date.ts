// Dates as numbers of days since 1970-01-01, and as text.

import { TrackstatsError, shown } from './error.js'

/** 0001-01-01 and 9999-12-31. */
export const FIRST_DAY = -719_162
export const LAST_DAY = 2_932_896

/** The texts of the days from 1970 to 2059, each made when it is first asked for. */
const TEXTS: (string | undefined)[] = new Array<undefined>(32_768)

const MONTH_DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Texts that were parsed, each in a place that its day, its month and its year's last digit give. */
const PARSED: (string | undefined)[] = new Array<undefined>(8 << 9).fill(undefined)
const PARSED_DAYS = new Int32Array(PARSED.length)

/** The day of a text `YYYY-MM-DD`; NaN if it is none. */
export function parseDay(text: string): number {
  // Programs mostly ask for the same dates again. What is no date has a place too, and is not found there.
  const day = (text.charCodeAt(8) & 3) * 10 + (text.charCodeAt(9) & 15)
  const month = (text.charCodeAt(5) & 1) * 10 + (text.charCodeAt(6) & 15)
  const place = (((text.charCodeAt(3) & 7) << 9) + (month << 5) + day) & ((8 << 9) - 1)
  if (PARSED[place] === text) return PARSED_DAYS[place]!
  return parse(text, place)
}

function parse(text: string, place: number): number {
  const day = text.length === 10 ? readDay(text) : Number.NaN
  if (day !== day) return day
  PARSED[place] = text
  PARSED_DAYS[place] = day
  return day
}

/** The day that the first ten characters of a text name. */
export function readDay(text: string): number {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN
  // One by one and in integers, which is faster than to look the text up in a map.
  const y = text.charCodeAt(0) - 48
  const e = text.charCodeAt(1) - 48
  const a = text.charCodeAt(2) - 48
  const r = text.charCodeAt(3) - 48
  const m = text.charCodeAt(5) - 48
  const o = text.charCodeAt(6) - 48
  const d = text.charCodeAt(8) - 48
  const t = text.charCodeAt(9) - 48
  // What is below 0 has its upper bits set, what is above 9 with 6 more. What is not there is 0 there.
  const low = y | e | a | r | m | o | d | t
  const high = (y + 6) | (e + 6) | (a + 6) | (r + 6) | (m + 6) | (o + 6) | (d + 6) | (t + 6)
  if (((low | high) & ~15) !== 0 || !(text.length >= 10)) return Number.NaN
  const year = y * 1000 + e * 100 + a * 10 + r
  const month = m * 10 + o
  const day = d * 10 + t
  if (year < 1 || month < 1 || month > 12 || day < 1) return Number.NaN
  if (day > 28) {
    const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
    if (day > MONTH_DAYS[month]! + (leap ? 1 : 0)) return Number.NaN
  }
  return dayOf(year, month, day)
}

/** The number that stands in a text, NaN if there is something else. */
export function digits(text: string, from: number, until: number): number {
  let number = 0
  for (let at = from; at < until; at++) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

// Both directions follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin
// in March, so that the leap day is the last.

function dayOf(year: number, month: number, day: number): number {
  // No year is negative, so that cutting off is rounding down.
  const years = month <= 2 ? year - 1 : year
  const leapDays = (years >> 2) - ((years / 100) | 0) + ((years / 400) | 0)
  const dayOfYear = (((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) | 0) + day - 1
  return years * 365 + leapDays + dayOfYear - 719_468
}

/** The days from 1970 to 2059, made when they are first asked for. */
let following: Int32Array | undefined

/** Days that follow each other. */
export function daysFrom(first: number, length: number): Int32Array {
  if (first >= 0 && first + length <= TEXTS.length) {
    following ??= Int32Array.from(TEXTS, (_, day) => day)
    return following.slice(first, first + length)
  }
  return Int32Array.from({ length }, (_, at) => first + at)
}

/** A day as `YYYY-MM-DD`. */
export function dayText(day: number): string {
  const known = TEXTS[day]
  if (known !== undefined) return known
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`
  if (day >= 0 && day < TEXTS.length) TEXTS[day] = text
  return text
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0')
}

/** A `Temporal.PlainDate`, by what it says of itself: not every host has the class yet. */
export interface PlainDateLike {
  readonly [Symbol.toStringTag]: 'Temporal.PlainDate'
  toString(options?: { calendarName?: 'never' }): string
}

/** A date: `YYYY-MM-DD`, a `Temporal.PlainDate`, or a `Date`, which is dated in the store's zone. */
export type DateInput = string | Date | PlainDateLike

export function noDate(given: unknown): TrackstatsError {
  return new TrackstatsError('invalid_date', `${shown(given)} is no date: write it as YYYY-MM-DD`)
}

/** What a value says it is, such as `Temporal.PlainDate`. */
export function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}

/** The text of a `Temporal` date, with or without a time. */
export function textOfPlain(given: object): string | undefined {
  const { toString } = given as PlainDateLike
  if (typeof toString !== 'function') return undefined
  const text: unknown = toString.call(given, { calendarName: 'never' })
  return typeof text === 'string' ? text : undefined
}

/** The day of a date that is none of a zone: a text or a `Temporal.PlainDate`. */
export function plainDay(given: unknown): number {
  const text =
    typeof given === 'object' && given !== null && tagOf(given) === 'Temporal.PlainDate'
      ? textOfPlain(given)
      : given
  const day = typeof text === 'string' ? parseDay(text) : Number.NaN
  if (day !== day) throw noDate(given)
  return day
}
