// Dates by hand: days since 1970 and texts, each worked out once.

const DAY = 86_400_000
const days = new Map()
const texts = []

/** The day of a text `YYYY-MM-DD`. */
export function dayOf(text) {
  let day = days.get(text)
  if (day === undefined) {
    day = Date.parse(text) / DAY
    days.set(text, day)
  }
  return day
}

/** A day, which is not before 1970, as `YYYY-MM-DD`. */
export function textOf(day) {
  return (texts[day] ??= new Date(day * DAY).toISOString().slice(0, 10))
}
