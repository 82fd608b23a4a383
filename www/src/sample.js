// The sample shop: some four hundred days that look like a shop, the same in every tab.

import { plus } from './day.js'

const DAYS = 420

export const countries = { NL: 9, DE: 7, BE: 4, FR: 3, ES: 2, PL: 1 }
export const products = { Bicycle: 640, Helmet: 85.5, Lamp: 32.25, Lock: 48, Bell: 12.75 }
export const sources = { Search: 60, Direct: 42, Newsletter: 18, Social: 12 }

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Whether nobody counted visits on that day, and whether it is known that the counter was broken. */
const isUncounted = (ago) => ago > 30 && ago < 37
const isBroken = (ago) => ago > 57 && ago < 61

/** Records the shop, unless there is one. Two tabs that do so at once record the same. */
export function recordSample(store) {
  if (store.latest('shop.orders', 'day') !== undefined) return
  const random = randomFrom(2026)
  const dates = Array.from({ length: DAYS }, (_, at) => plus(store.today, at - DAYS + 1))
  /** How busy a day is: growing, quieter in the weekend, better before the end of a year. */
  const busy = dates.map((date, at) => {
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
    const weekend = weekday === 0 ? 0.55 : weekday === 6 ? 0.75 : 1
    const season = date.slice(5, 7) === '12' ? 1.3 : 1
    return weekend * season * (0.7 + (0.6 * at) / DAYS) * (at === DAYS - 1 ? 0.4 : 1)
  })
  const spread = (parts, amount) =>
    Object.entries(parts).map(([name, weight]) => ({
      name,
      values: busy.map((level) => amount(weight * level * (0.7 + 0.6 * random()))),
    }))
  store.batch(() => {
    const orders = recordParts(
      store,
      'shop.orders',
      'country',
      dates,
      spread(countries, Math.round),
    )
    const sold = (price) => Math.round(price * 3 * 100) / 100
    recordParts(store, 'shop.revenue', 'product', dates, spread(products, sold))
    const visits = spread(sources, Math.round)
    const isKept = (_, at) => !isUncounted(DAYS - 1 - at)
    const known = visits.map(({ name, values }) => ({
      name,
      values: values.map((value, at) => (isBroken(DAYS - 1 - at) ? null : value)).filter(isKept),
    }))
    recordParts(store, 'shop.visits', 'source', dates.filter(isKept), known)
    let customers = 1200
    const lifetime = orders.map((count) => (customers += Math.round(count * 0.3)))
    store.metric('shop.customers').recordAll('lifetime', lifetime, dates)
  })
}

/** Records parts, and their sum as the total, which it returns. */
function recordParts(store, name, dimension, dates, parts) {
  const metric = store.metric(name)
  const total = dates.map((_, at) =>
    parts.reduce((sum, { values }) => (values[at] === null ? null : sum + values[at]), 0),
  )
  for (const { name: value, values } of parts) {
    metric.at({ [dimension]: value }).recordAll('day', values, dates)
  }
  metric.recordAll('day', total, dates)
  return total
}
