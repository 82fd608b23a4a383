// Where dates and hours begin, as instants.

import type { DateInput } from './date.js'
import { timeOf } from './check.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfDate } from './moment.js'
import { type Zone, zoneOf } from './zone.js'

const HOUR = 3600
const DAY = 86_400
/** No clock has changed twice within so many seconds. */
const STEP = 900

/** The zone of the last call: asking the host for one takes longer than all else here. */
let known: { readonly name: string; readonly zone: Zone } | undefined

function knownZone(name: string): Zone {
  if (known === undefined || known.name !== name) known = { name, zone: zoneOf(name) }
  return known.zone
}

/**
 * The first instant of a date in a time zone, mostly midnight; undefined where the clocks passed over
 * the whole date. The start of a bucket is a date too.
 *
 * ```ts
 * startOfDay('2026-03-29', 'Europe/Amsterdam') // 2026-03-28T23:00:00.000Z
 * ```
 *
 * Throws `invalid_date` and `unknown_zone`.
 */
export function startOfDay(date: DateInput, timeZone: string): Date | undefined {
  const zone = knownZone(timeZone)
  const midnight = dayOfDate(date, zone) * DAY
  // Clocks are less than a day off, so that the date is within a day of the same date in UTC.
  for (let from = midnight - DAY; from < midnight + 2 * DAY; from += STEP) {
    const until = from + STEP
    const change = changeOf(zone, from, until)
    for (const [start, end] of [
      [from, change],
      [change, until],
    ] as const) {
      const ahead = offsetAt(zone, start)
      const first = Math.max(start, midnight - ahead)
      if (start < end && first < end && first < midnight + DAY - ahead)
        return new Date(first * 1000)
    }
  }
  return undefined
}

/**
 * The instant at which the hour on the clocks of a time zone began. Where clocks are set back, an hour
 * that is shown twice is two hours, unless the clocks were set back inside it.
 *
 * ```ts
 * startOfHour(new Date('2026-11-23T10:20:00Z'), 'Asia/Kolkata') // 2026-11-23T09:30:00.000Z
 * ```
 *
 * Throws `invalid_date` for what is no time, and `unknown_zone`.
 */
export function startOfHour(instant: Date | number, timeZone: string): Date {
  const zone = knownZone(timeZone)
  const given: unknown = instant
  const milliseconds = typeof given === 'number' ? given : timeOf(given)
  const day = zone.dayOf(milliseconds)
  if (day !== day) {
    throw new TrackstatsError(
      'invalid_date',
      `${shown(given)} is no time: give a Date, or milliseconds since 1970`,
    )
  }
  let inside = Math.floor(milliseconds / 1000)
  for (;;) {
    const ahead = offsetAt(zone, inside)
    const hour = Math.floor((inside + ahead) / HOUR)
    const start = hour * HOUR - ahead
    const change = lastChange(zone, start, inside)
    if (change === undefined) return new Date(start * 1000)
    // Before the change the clocks showed something else, or the same hour already.
    const before = change - 1
    if (Math.floor((before + offsetAt(zone, before)) / HOUR) !== hour)
      return new Date(change * 1000)
    inside = before
  }
}

function offsetAt(zone: Zone, seconds: number): number {
  return zone.offsetAt(seconds * 1000)
}

/** The second at which the offset changes between two that are a step apart; the later if it does not. */
function changeOf(zone: Zone, from: number, until: number): number {
  const before = offsetAt(zone, from)
  if (before === offsetAt(zone, until)) return until
  let low = from
  let high = until
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(zone, middle) === before) low = middle
    else high = middle
  }
  return high
}

/** The last second after one, up to another, at which the offset is not what it was a second before. */
function lastChange(zone: Zone, start: number, end: number): number | undefined {
  let until = end
  while (until > start) {
    const from = Math.max(until - STEP, start)
    if (offsetAt(zone, from) !== offsetAt(zone, until)) return changeOf(zone, from, until)
    until = from
  }
  return undefined
}
