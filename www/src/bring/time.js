// The day of a text, in one of the forms that times have, on the calendar of the store's zone.

import { FORMS } from './guess.js'

const DAY = 86_400_000
const HOUR = 3_600_000

/** The day of year, month and date; NaN if there is no such day. */
function dayOf(year, month, date) {
  if (year < 1 || year > 9999) return NaN
  const time = new Date(0).setUTCFullYear(year, month - 1, date)
  const made = new Date(time)
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === date
    ? Math.floor(time / DAY)
    : NaN
}

/** Dates instants in a zone. Within a quarter of an hour there is one date: no zone changes inside it. */
function dating(zone) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    calendar: 'gregory',
    numberingSystem: 'latn',
  })
  const known = new Map()
  return (instant) => {
    if (!Number.isFinite(instant) || Math.abs(instant) > 8.64e15) return NaN
    const quarter = Math.floor(instant / (HOUR / 4))
    let day = known.get(quarter)
    if (day === undefined) {
      const parts = Object.fromEntries(
        format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
      )
      day = dayOf(parts.year, parts.month, parts.day)
      if (known.size > 100_000) known.clear()
      known.set(quarter, day)
    }
    return day
  }
}

/** Returns what reads the day of a text in that form; NaN for what is none. */
export function reader(form, zone) {
  const dated = dating(zone)
  const pattern = FORMS[form]
  const numbers = (text) => text.split(/\D+/, 3).map(Number)
  const readers = {
    iso: (text) => {
      const [year, month, date] = numbers(text)
      // Without an offset it is a time on the clocks of the zone.
      const offset = /(Z|UTC|[+-]\d{2}:?\d{2})$/i.exec(text.slice(10))?.[0]
      if (offset === undefined) return dayOf(year, month, date)
      if (Number.isNaN(dayOf(year, month, date))) return NaN
      const clock = text
        .slice(0, text.length - offset.length)
        .trim()
        .replace(' ', 'T')
        .replace(',', '.')
      const [hours, minutes] = offset.slice(1).match(/\d\d/g) ?? [0, 0]
      const shift = offset[0] === '-' ? -1 : offset[0] === '+' ? 1 : 0
      const instant = Date.parse(`${padded(clock)}Z`)
      return dated(instant - shift * (Number(hours) * HOUR + Number(minutes) * (HOUR / 60)))
    },
    ymd: (text) => dayOf(...numbers(text)),
    dmy: (text) => dayOf(...numbers(text).reverse()),
    mdy: (text) => {
      const [month, date, year] = numbers(text)
      return dayOf(year, month, date)
    },
    packed: (text) =>
      dayOf(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))),
    seconds: (text) => dated(Number(text) * 1000),
    milliseconds: (text) => dated(Number(text)),
  }
  const read = readers[form]
  const known = new Map()
  return (text) => {
    // Files repeat themselves.
    let day = known.get(text)
    if (day === undefined) {
      day = pattern.test(text) ? read(text) : NaN
      if (known.size > 50_000) known.clear()
      known.set(text, day)
    }
    return day
  }
}

/** `2026-1-5T9:00` as `2026-01-05T09:00`, which is what is parsed everywhere. */
function padded(text) {
  return text.replace(/(^|[-T:])(\d)(?=$|[-T:.])/g, '$10$2')
}
