// Time zones, from the host's `Intl`.

import { FIRST_DAY, LAST_DAY } from './date.js'
import { TrackstatsError, shown } from './error.js'

const DAY = 86_400_000

/** Dates instants. What the zone shows is asked for once a day and remembered. */
export interface Zone {
  readonly name: string
  /** Whether it has one name only: UTC and offsets. */
  readonly isFixed: boolean
  /** The day of an instant in milliseconds since 1970; NaN if no calendar has it. */
  dayOf(milliseconds: number): number
  /** From when until when, around an instant, all instants have its day. */
  aroundOf(milliseconds: number): readonly [from: number, until: number]
  /** Seconds that the zone is ahead of UTC. */
  offsetAt(milliseconds: number): number
}

/** The zone of a name, or of an offset such as `+02:00`. It is called as `as` says, if that is given. */
export function zoneOf(name: string, as: string = name): Zone {
  if (as === 'UTC') return new FixedZone(as, 0)
  const fixed = typeof name === 'string' && /^([+-])([01]\d|2[0-3])(?::?([0-5]\d))?$/.exec(name)
  if (fixed) {
    const [, sign, hours, minutes = '00'] = fixed
    const seconds = Number(hours) * 3600 + Number(minutes) * 60
    if (seconds === 0) return new FixedZone('UTC', 0)
    return new FixedZone(`${sign}${hours}:${minutes}`, sign === '-' ? -seconds : seconds)
  }
  let format: Intl.DateTimeFormat
  try {
    if (typeof name !== 'string') throw new RangeError()
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  } catch (cause) {
    throw new TrackstatsError(
      'unknown_zone',
      `${shown(name)} is no time zone: use a name of the IANA database, such as 'Europe/Amsterdam'`,
      { cause },
    )
  }
  return new HostZone(as, format)
}

function calendarDay(milliseconds: number): number {
  const day = Math.floor(milliseconds / DAY)
  return day >= FIRST_DAY && day <= LAST_DAY ? day : Number.NaN
}

class FixedZone implements Zone {
  readonly name: string
  readonly isFixed = true
  readonly #offset: number

  constructor(name: string, offset: number) {
    this.name = name
    this.#offset = offset
  }

  dayOf(milliseconds: number): number {
    return calendarDay(milliseconds + this.#offset * 1000)
  }

  aroundOf(milliseconds: number): readonly [from: number, until: number] {
    const offset = this.#offset * 1000
    const from = Math.floor((milliseconds + offset) / DAY) * DAY - offset
    return [from, from + DAY]
  }

  offsetAt(): number {
    return this.#offset
  }
}

/** The offset before a moment and from it on. A moment of -Infinity leaves the one after. */
interface Change {
  readonly at: number
  readonly before: number
  readonly after: number
}

class HostZone implements Zone {
  readonly name: string
  readonly isFixed = false
  readonly #format: Intl.DateTimeFormat
  /** By the day in UTC. Clocks have never changed twice within one. */
  readonly #changes: Map<number, Change> = new Map()
  // The stretch in which the last instant lay.
  #from = 0
  #until = 0
  #offset = 0

  constructor(name: string, format: Intl.DateTimeFormat) {
    this.name = name
    this.#format = format
  }

  dayOf(milliseconds: number): number {
    if (!(milliseconds >= this.#from && milliseconds < this.#until)) this.#move(milliseconds)
    return calendarDay(milliseconds + this.#offset)
  }

  aroundOf(milliseconds: number): readonly [from: number, until: number] {
    const offset = this.offsetAt(milliseconds) * 1000
    const from = Math.floor((milliseconds + offset) / DAY) * DAY - offset
    return [Math.max(from, this.#from), Math.min(from + DAY, this.#until)]
  }

  offsetAt(milliseconds: number): number {
    if (!(milliseconds >= this.#from && milliseconds < this.#until)) this.#move(milliseconds)
    return this.#offset / 1000
  }

  #move(milliseconds: number): void {
    const day = Math.floor(milliseconds / DAY)
    // A day on either side, because the local date of an instant may be another than that in UTC.
    if (!(day >= FIRST_DAY - 1 && day <= LAST_DAY + 1)) {
      this.#from = Number.NEGATIVE_INFINITY
      this.#until = Number.NEGATIVE_INFINITY
      this.#offset = 0
      return
    }
    let change = this.#changes.get(day)
    if (change === undefined) {
      change = this.#look(day * DAY)
      this.#changes.set(day, change)
    }
    const isAfter = milliseconds >= change.at
    this.#from = isAfter ? Math.max(day * DAY, change.at) : day * DAY
    this.#until = isAfter ? (day + 1) * DAY : change.at
    this.#offset = isAfter ? change.after : change.before
  }

  /** What the clocks do in the day that begins at that moment. */
  #look(start: number): Change {
    const before = this.#ask(start)
    const after = this.#ask(start + DAY)
    if (before === after) return { at: Number.NEGATIVE_INFINITY, before, after }
    let low = start / 1000
    let high = low + DAY / 1000
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (this.#ask(middle * 1000) === before) low = middle
      else high = middle
    }
    return { at: high * 1000, before, after }
  }

  #ask(milliseconds: number): number {
    const text = this.#format.format(milliseconds)
    const found = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(text)
    if (found === null) return 0
    const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0)
    return (found[1] === '-' ? -seconds : seconds) * 1000
  }
}
