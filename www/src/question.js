// What is asked of the store for a view: the one place that turns the switches into options.

import { LAST, dayOf, lengthOf, plus } from './day.js'
import { held, nothing } from './held.js'

/** Of what was recorded within so many days, all is until today. */
const LATELY = 7

/** The days of a period that can be computed of single days. */
const LENGTHS = { week: 7, days_28: 28, month: 30 }

/** Where a range ends: today, or at the newest value if nothing was recorded for so long. */
function endOf(store, latest, days) {
  const { today } = store
  if (latest === undefined) return today
  if (latest > today) return latest
  return days !== undefined && latest < plus(today, -days) ? latest : today
}

/** The dates that a view is about. */
function rangeOf(store, view, period, by) {
  const two = view.range.split('..')
  if (two.length === 2) return { from: two[0], to: two[1] }
  const latest = held(() => store.latest(view.metric, period, { by }))?.date
  if (view.range === 'all') {
    const first = held(() => store.series(view.metric, period, { by }))?.at(0)?.date ?? store.today
    return { from: first, to: endOf(store, latest, LATELY) }
  }
  const days = Number(view.range)
  const to = endOf(store, latest, days)
  return { from: plus(to, 1 - days), to }
}

/** A question: the metric, the period that is stored, and the options of the series. */
export function questionOf(store, view) {
  const { metric, at: by } = view
  const isStored = (period) => held(() => store.latest(metric, period, { by })) !== undefined
  // A period that nobody recorded is computed of days, where there are any.
  const isComputed = view.period !== 'day' && !isStored(view.period) && isStored('day')
  const period = isComputed ? 'day' : view.period
  const range = rangeOf(store, view, period, by)
  const options = { ...range }
  if (view.fill) options.fill = view.fill
  let kind = period === 'day' ? 'day' : 'window'
  let days = LENGTHS[view.period]
  if (isComputed && view.period === 'lifetime') {
    options.cumulative = true
  } else if (isComputed) {
    options.rolling = days
  } else if (view.window) {
    options.rolling = { days: Number(view.window), aggregate: view.by }
    kind = 'window'
    days = Number(view.window)
  }
  if (view.period === 'lifetime' && !view.window) kind = 'lifetime'
  else if (isComputed) kind = 'window'
  if (view.bucket) {
    options.bucket = { span: view.bucket, aggregate: kind === 'day' ? 'sum' : 'last' }
  }
  return { metric, by, period, isComputed, kind, days, range, options }
}

/** The same question about the range before. */
export function before(question) {
  const { from, to } = question.range
  const days = lengthOf(from, to)
  const range = { from: plus(from, -days), to: plus(from, -1) }
  return { ...question, range, options: { ...question.options, ...range } }
}

/** Reads the series of a question. */
export function read(store, { metric, by, period, options }) {
  const series = held(() => store.series(metric, period, optionsOf({ by, options })))
  return cut(series ?? nothing(), options)
}

/** What the series is asked with. A sum so far counts from the first day on, not from the range. */
export function optionsOf({ by, options }) {
  const { from, ...rest } = options
  const asked = options.cumulative ? rest : options
  return Object.keys(by).length > 0 ? { ...asked, by } : asked
}

/** The days and values of a series from the first date of the range on. */
export function cut(series, { from, bucket, cumulative }) {
  const { days, values } = series
  if (!cumulative) return { days, values }
  // The bucket that the range begins in begins before it.
  const length = { week: 6, month: 30, quarter: 91, year: 365 }[bucket?.span] ?? 0
  const first = dayOf(from) - length
  let at = 0
  while (at < days.length && days[at] < first) at += 1
  return { days: days.subarray(at), values: values.subarray(at) }
}

/** The dates over which parts are summed, or the one on which they are read. */
export function partsOf(question, period) {
  const { range, kind, days, isComputed } = question
  if (!isComputed && period !== 'day') return { from: range.from, to: range.to, aggregate: 'last' }
  if (kind === 'lifetime') return { to: range.to }
  if (kind === 'window' && days !== undefined) {
    return { from: plus(range.to, 1 - days), to: range.to }
  }
  return { from: range.from, to: range.to }
}

/** The last day that a bucket can be complete on. */
export function bucketEnd(first, span) {
  const [year, month] = first.split('-').map(Number)
  const text = (year, month) =>
    year > 9999
      ? LAST
      : plus(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`, -1)
  if (span === 'week') return plus(first, 6)
  const months = { month: 1, quarter: 3, year: 12 }[span]
  const next = month - 1 + months
  return text(year + Math.floor(next / 12), (next % 12) + 1)
}
