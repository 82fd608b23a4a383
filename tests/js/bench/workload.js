// What is recorded, asked and counted: the same for all contenders, and the same in every run.

import { dayOf, textOf } from './dates.js'

export const FIRST = dayOf('2023-01-01')
const DAY = 86_400_000

/** The name of a metric, by its number from 0. */
export const metricName = (metric) => `measured.measure_${metric}`

/** The date that is so many days after the first one. */
export const date = (day) => textOf(FIRST + day)

/** Numbers that look random: mulberry32. Answers one below an end. */
function random(seed) {
  let state = seed
  return (end) => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * end)
  }
}

/**
 * One row for each metric, object and day, in date order. Metrics count from 0, objects from 1.
 *
 * The values of one metric on one date are all different, so that a largest part is never one of
 * several.
 */
export function rows({ metrics, objects, days }, seed) {
  const below = random(seed)
  const names = Array.from({ length: metrics }, (_, metric) => metricName(metric))
  const rows = []
  for (let day = 0; day < days; day++) {
    for (let metric = 0; metric < metrics; metric++) {
      for (let object = 1; object <= objects; object++) {
        const value = below(1_000_000) * objects + object
        rows.push({ metric, name: names[metric], object, date: date(day), value })
      }
    }
  }
  return rows
}

/** Parts of random series, from `shortest` to `longest` days long. */
export function spans({ metrics, objects, days }, count, shortest, longest, seed) {
  const below = random(seed)
  return Array.from({ length: count }, () => {
    const length = shortest + below(longest - shortest + 1)
    const first = below(days - length + 1)
    const metric = below(metrics)
    return {
      metric,
      name: metricName(metric),
      object: 1 + below(objects),
      from: date(first),
      to: date(first + length - 1),
    }
  })
}

/** Random dates among those that have rows. */
export function dates({ days }, count, seed) {
  const below = random(seed)
  return Array.from({ length: count }, () => date(below(days)))
}

/** Events in the order of their times, at least one on each day, as columns and as objects. */
export function events({ objects, days }, count, seed) {
  const below = random(seed)
  const at = new Float64Array(count)
  for (let place = 0; place < count; place++) {
    at[place] = FIRST * DAY + (place < days ? place * DAY : below(days * DAY))
  }
  at.sort()
  const users = new Int32Array(count)
  for (let place = 0; place < count; place++) users[place] = 1 + below(objects)
  const list = Array.from(at, (time, place) => ({ at: time, user: users[place] }))
  return { at, users, list }
}
