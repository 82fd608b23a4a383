// The day of a text, in one of the forms that times have, on the calendar of the store's zone.

const DAY = 86_400_000
const HOUR = 3_600_000
const MINUTE = 60_000

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?'
const WEEKDAY = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\\.?,?\\s+)?'

/** How the date stands in each form. What is behind it is read in one way for all of them. */
const DATES = {
  iso: /^(?<year>\d{4})-(?<month>\d{1,2})-(?<date>\d{1,2})(?!\d)/,
  ymd: /^(?<year>\d{4})[/.](?<month>\d{1,2})[/.](?<date>\d{1,2})(?!\d)/,
  dmy: /^(?<date>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{4})(?!\d)/,
  mdy: /^(?<month>\d{1,2})[/.-](?<date>\d{1,2})[/.-](?<year>\d{4})(?!\d)/,
  packed: /^(?<year>(?:19|20)\d\d)(?<month>\d\d)(?<date>\d\d)(?!\d)/,
  named: new RegExp(
    `^${WEEKDAY}(?:(?<date>\\d{1,2})[\\s/-]+(?<name>${MONTH})[\\s/,-]+(?<year>\\d{4})|` +
      `(?<name2>${MONTH})\\s+(?<date2>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year2>\\d{4}))(?!\\d)`,
    'i',
  ),
}

/** Numbers that are instants. */
const INSTANTS = {
  seconds: { pattern: /^\d{9,10}(\.\d+)?$/, unit: 1000 },
  milliseconds: { pattern: /^\d{12,13}$/, unit: 1 },
}

/** The forms of time, as they are tried. */
export const FORMS = [...Object.keys(DATES), ...Object.keys(INSTANTS)]

/** What may stand behind a date: a time, whether it is of the morning, an offset, the name of its zone. */
const BEHIND =
  /^(?:(?:[T:]|,?\s+)?(?<hour>\d{1,2})(?::?(?<minute>\d\d)(?::?(?<second>\d\d)(?<fraction>[.,]\d+)?)?)?\s*(?<half>[ap]\.?m\.?)?\s*(?<offset>Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d){0,2}|UTC|GMT)?(?<zone>\[[\w/+-]+\])?)?$/i

/**
 * What a text says in a form: year, month and date, and the clock, if there is one, with its offset in
 * milliseconds, if that is said; undefined if anything in it is not understood.
 */
export function partsOf(text, form) {
  const found = DATES[form]?.exec(text)
  if (!found) return undefined
  const { groups } = found
  const name = groups.name ?? groups.name2
  const parts = {
    year: Number(groups.year ?? groups.year2),
    month: name ? MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1 : Number(groups.month),
    date: Number(groups.date ?? groups.date2),
  }
  const behind = BEHIND.exec(text.slice(found[0].length))
  if (!behind) return undefined
  const clock = clockOf(behind.groups)
  return clock && { ...parts, ...clock }
}

function clockOf({ hour, minute, second, fraction, half, offset, zone }) {
  if (hour === undefined) return {}
  // An hour alone is a time only where something says so.
  if (minute === undefined && half === undefined && offset === undefined) return undefined
  let hours = Number(hour)
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined
    hours = (hours % 12) + (/^p/i.test(half) ? 12 : 0)
  }
  const [minutes, seconds] = [Number(minute ?? 0), Number(second ?? 0)]
  const isEnd = hours === 24 && minutes === 0 && seconds === 0 && !Number(fraction?.slice(1))
  if ((hours > 23 && !isEnd) || minutes > 59 || seconds > 60) return undefined
  // A leap second is taken as the second before it.
  const clock = hours * HOUR + minutes * MINUTE + Math.min(seconds, 59) * 1000
  if (offset === undefined) return zone === undefined ? { clock } : undefined
  const ahead = offsetOf(offset)
  return ahead === undefined ? undefined : { clock, ahead }
}

/** Milliseconds that an offset is ahead of UTC. */
function offsetOf(offset) {
  const [, sign, hours, minutes = '0', seconds = '0'] =
    /([+-])(\d{1,2}):?(\d\d)?:?(\d\d)?$/.exec(offset) ?? []
  if (sign === undefined) return 0
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const size = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000
  return sign === '-' ? -size : size
}

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

/** Whether a text is a time in that form. */
export function isTime(text, form) {
  if (INSTANTS[form]) return INSTANTS[form].pattern.test(text)
  const parts = partsOf(text, form)
  // Day and month may be the other way round, which more than one text tells.
  return parts !== undefined && (form !== 'packed' || !Number.isNaN(dayOf(...dateOf(parts))))
}

const dateOf = ({ year, month, date }) => [year, month, date]

/** Returns what reads the day of a text in that form; NaN for what is none. */
export function reader(form, zone) {
  const dated = dating(zone)
  const instants = INSTANTS[form]
  const read = (text) => {
    if (instants) return instants.pattern.test(text) ? dated(Number(text) * instants.unit) : NaN
    const parts = partsOf(text, form)
    if (parts === undefined) return NaN
    const day = dayOf(...dateOf(parts))
    const { clock = 0, ahead } = parts
    // Without an offset it is a time on the clocks of the zone.
    return ahead === undefined ? day + Math.floor(clock / DAY) : dated(day * DAY + clock - ahead)
  }
  const known = new Map()
  return (text) => {
    // Files repeat themselves.
    let day = known.get(text)
    if (day === undefined) {
      day = read(text)
      if (known.size > 50_000) known.clear()
      known.set(text, day)
    }
    return day
  }
}
