// The calendar cases: instants in many zones, gathered by spans of the calendar.

import { startOfDay, startOfHour, open } from 'trackstats'

import { same } from './state.js'

export function nameOf({ tz, unit, week_start: start }, number) {
  return `calendar_buckets[${number}] ${tz} ${unit} ${start ?? ''}`.trimEnd()
}

export async function checkCase(one) {
  const found = one.unit === 'hour' ? byHour(one) : await byBucket(one)
  same('buckets', found, one.buckets)
}

/** Tracks the events by day and reads the buckets of the four series. */
async function byBucket({ tz, unit, week_start: weekStart, events }) {
  const store = await open('memory:', { timeZone: tz })
  try {
    const trackers = {
      count: {},
      sum: { sum: 'amount' },
      min: { minimum: 'amount' },
      max: { maximum: 'amount' },
    }
    for (const [name, options] of Object.entries(trackers)) {
      store.register({ name: `t.${name}` })
      await store.track(`t.${name}`, 'day', events, { time: 'at', ...options })
    }
    const shape = (aggregate) => ({
      bucket: { span: unit, aggregate, ...(weekStart && { weekStart }) },
    })
    const series = (name, aggregate) => store.series(`t.${name}`, 'day', shape(aggregate))
    const [counts, sums] = [series('count', 'sum'), series('sum', 'sum')]
    const [least, most] = [series('min', 'minimum'), series('max', 'maximum')]
    return counts.toArray().map(({ date, value }, at) => ({
      start: date,
      start_utc: written(startOfDay(date, tz)),
      count: value,
      sum: sums.at(at).value,
      min: least.at(at).value,
      max: most.at(at).value,
    }))
  } finally {
    await store.close()
  }
}

function byHour({ tz, events }) {
  const hours = new Map()
  for (const { at, amount } of events) {
    const start = startOfHour(new Date(at), tz).getTime()
    if (!hours.has(start)) hours.set(start, [])
    hours.get(start).push(amount)
  }
  return [...hours]
    .sort(([left], [right]) => left - right)
    .map(([start, amounts]) => ({
      start: shownHour(start, tz),
      start_utc: written(new Date(start)),
      count: amounts.length,
      sum: amounts.reduce((sum, amount) => sum + amount, 0),
      min: Math.min(...amounts),
      max: Math.max(...amounts),
    }))
}

/** The date and the hour that the clocks of a zone show, without the minutes. */
function shownHour(instant, timeZone) {
  const options = { dateStyle: 'short', timeStyle: 'short', timeZone }
  // Swedish writes both as ISO 8601 does.
  const text = new Intl.DateTimeFormat('sv-SE', options).format(instant)
  return `${text.slice(0, 10)}T${text.slice(11, 13)}:00`
}

const written = (instant) => instant?.toISOString().replace('.000Z', 'Z') ?? null
