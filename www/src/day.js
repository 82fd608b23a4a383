// Days as numbers, counted from 1970-01-01, and as texts.

const MILLISECONDS = 86_400_000

const FIRST = '0001-01-01'
export const LAST = '9999-12-31'

export function dayOf(text) {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / MILLISECONDS)
}

export function textOf(day) {
  return new Date(day * MILLISECONDS).toISOString().slice(0, 10)
}

/** So many days later, not before the first date that there is nor after the last. */
export function plus(text, days) {
  const day = dayOf(text) + days
  if (day < dayOf(FIRST)) return FIRST
  return day > dayOf(LAST) ? LAST : textOf(day)
}

/** How many days there are from one date to another, both included. */
export function lengthOf(from, to) {
  return dayOf(to) - dayOf(from) + 1
}

export function isDate(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text) && text >= FIRST && textOf(dayOf(text) || 0) === text
}

const format = (options) => {
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options })
  return (day) => made.format(day * MILLISECONDS)
}

/** `Wed 25 November 2026` */
export const longDay = format({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' })
/** `25 Nov 2026` */
export const shortDay = format({ day: 'numeric', month: 'short', year: 'numeric' })
export const dayMonth = format({ day: 'numeric', month: 'short' })
export const monthName = format({ month: 'short' })
export const monthYear = format({ month: 'long', year: 'numeric' })
export const year = format({ year: 'numeric' })
