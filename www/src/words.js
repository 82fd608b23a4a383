// Saying in words what a chart shows.

import { dayOf, lengthOf, longDay, monthYear, plus, shortDay, year } from './day.js'
import { bucketEnd, read } from './question.js'

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const parts = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })
const short = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 })

/** A value as people read it; a null is known to be missing. */
export function number(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return 'missing'
  return Number.isInteger(value) ? whole.format(value) : parts.format(value)
}

export function shortNumber(value) {
  return Math.abs(value) >= 10_000 ? short.format(value) : parts.format(value)
}

/** How a value differs from one before: `8 % more than `. */
function difference(now, then) {
  if (now === then) return 'as many as '
  if (then === 0) return `${number(Math.abs(now))} ${now > 0 ? 'more' : 'less'} than `
  const change = Math.abs((now - then) / then) * 100
  const percent = change >= 10 ? whole.format(change) : parts.format(Math.round(change * 10) / 10)
  return `${percent} % ${now > then ? 'more' : 'less'} than `
}

const periods = {
  day: 'by day',
  week: 'rolling week',
  days_28: 'rolling 28 days',
  month: 'rolling month',
  lifetime: 'so far',
}
export const periodTitles = {
  day: 'Day',
  week: 'Week',
  days_28: '28 days',
  month: 'Month',
  lifetime: 'Lifetime',
}
const befores = { week: 'the week', days_28: 'the 28 days', month: 'the month' }
const aggregates = { sum: 'sum', mean: 'mean', minimum: 'lowest', maximum: 'highest' }

/** The name of a bucket by its first day. */
function bucketName(day, span) {
  if (span === 'year') return year(day)
  if (span === 'month') return monthYear(day)
  if (span === 'quarter') {
    return `quarter ${Math.floor(new Date(day * 86_400_000).getUTCMonth() / 3) + 1} of ${year(day)}`
  }
  return `the week of ${shortDay(day)}`
}

/** What a point is about: a day, or a bucket. */
export function pointName(day, span) {
  return span ? bucketName(day, span) : longDay(day)
}

/** The name of the metric on screen, with the part that is chosen of it. */
export function titleOf(info, view) {
  const title = info?.title || view.metric.slice(view.metric.indexOf('.') + 1)
  return [title, ...Object.values(view.at)].join(', ')
}

/** What a question's range is called. */
function rangeName({ from, to }, view, today) {
  const isNamed = ['30', '90', '365'].includes(view.range)
  if (isNamed) return `${view.range} days${to === today ? '' : ` until ${shortDay(dayOf(to))}`}`
  return `${shortDay(dayOf(from))} to ${shortDay(dayOf(to))}`
}

/** The message of the chart, in one sentence. */
export function message(store, view, question, { days, values }, info) {
  const title = titleOf(info, view)
  const name = rangeName(question.range, view, store.today)
  const last = lastKnown(values)
  if (last < 0) return `${title}: nothing recorded in ${name}.`
  if (question.options.bucket) return inBuckets(title, view, question, { days, values }, last)
  if (question.kind === 'day') return overRange(store, title, question, name)
  const kind = view.window ? `${aggregates[view.by]} of ${view.window} days` : periods[view.period]
  const back =
    question.kind === 'lifetime' ? lengthOf(question.range.from, question.range.to) : question.days
  const word = view.window ? `${view.window} days` : (befores[view.period] ?? `${back} days`)
  const earlier = valueAt(store, question, days[last] - back)
  const text = `${title}, ${kind}: ${number(values[last])}`
  if (earlier === undefined || Number.isNaN(earlier))
    return `${text}, as of ${shortDay(days[last])}.`
  return `${text}, ${difference(values[last], earlier)}${word} before.`
}

function lastKnown(values) {
  let last = values.length - 1
  while (last >= 0 && Number.isNaN(values[last])) last -= 1
  return last
}

function valueAt(store, question, day) {
  const date = plus('1970-01-01', day)
  const range = { from: date, to: date }
  const { bucket: _, ...options } = question.options
  const { days, values } = read(store, { ...question, options: { ...options, ...range } })
  return days[0] === day ? values[0] : undefined
}

function overRange(store, title, question, name) {
  const { metric, by, period, range } = question
  const { current, before } = store.compare(metric, period, { ...range, by })
  const text = `${title}, ${name}: ${number(current.sum)}`
  const length = lengthOf(range.from, range.to)
  if (before.count === 0) return `${text}, and nothing before.`
  return `${text}, ${difference(current.sum, before.sum)}the ${length} days before.`
}

function inBuckets(title, view, question, { days, values }, last) {
  const span = view.bucket
  const text = `${title} by ${span}: ${number(values[last])} in ${bucketName(days[last], span)}`
  const isComplete = bucketEnd(plus('1970-01-01', days[last]), span) <= question.range.to
  if (last === 0) return `${text}${isComplete ? '' : ' so far'}.`
  const earlier = bucketName(days[last - 1], span)
  if (!isComplete) return `${text} so far, after ${number(values[last - 1])} in ${earlier}.`
  return `${text}, ${difference(values[last], values[last - 1])}in ${earlier}.`
}
