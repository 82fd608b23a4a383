// Where an axis of days is marked, and how.

import { dayMonth, dayOf, monthName, textOf, year } from './day.js'

/** Distances between marks: in days, or in months. */
const STEPS = [1, 2, 7, 14]
  .map((days) => ({ days, length: days }))
  .concat(
    [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].map((months) => ({
      months,
      length: months * 30.4,
    })),
  )

/** The pixels that a mark takes. */
const WIDTH = 72

/** The days to mark from one to another, where so many pixels are. */
export function marks(from, to, pixels) {
  const most = Math.max(1, Math.floor(pixels / WIDTH))
  const step = STEPS.find(({ length }) => (to - from) / length <= most) ?? STEPS.at(-1)
  const days = []
  if (step.days) {
    // Weeks begin on Monday: 1970-01-05 was one.
    for (let day = Math.ceil((from - 4) / step.days) * step.days + 4; day <= to; day += step.days) {
      days.push(day)
    }
    return days
  }
  let [years, months] = textOf(Math.max(from, dayOf('0001-01-01')))
    .split('-')
    .map(Number)
  months = Math.ceil((years * 12 + months - 1) / step.months) * step.months
  for (;;) {
    years = Math.floor(months / 12)
    if (years > 9999) return days
    const day = dayOf(
      `${String(years).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`,
    )
    if (day > to) return days
    if (day >= from) days.push(day)
    months += step.months
  }
}

/** The text under each mark. */
export function names(days) {
  const isByMonth = days.every((day) => textOf(day).endsWith('-01'))
  return days.map((day) => {
    const text = textOf(day)
    if (isByMonth && text.slice(5, 7) === '01') return year(day)
    return isByMonth ? monthName(day) : dayMonth(day)
  })
}
