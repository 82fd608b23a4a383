// What is looked at. It is in the address of the page, so that it can be shared and gone back to.

import { isDate } from './day.js'

export const PERIODS = ['day', 'week', 'days_28', 'month', 'lifetime']
const RANGES = ['30', '90', '365', 'all']
const WINDOWS = ['7', '28', '90', '365']
const AGGREGATES = ['sum', 'mean', 'minimum', 'maximum']
const BUCKETS = ['week', 'month', 'quarter', 'year']
const FILLS = ['zero', 'null', 'previous']
export const TOPS = ['5', '10', '20']

/** What is looked at where nothing is said; the metric depends on what is stored. */
const usual = {
  store: 'page',
  metric: '',
  period: 'day',
  range: '90',
  window: '',
  by: 'sum',
  bucket: '',
  fill: '',
  before: '',
  split: '',
  top: '5',
}

const allowed = {
  period: PERIODS,
  window: WINDOWS,
  by: AGGREGATES,
  bucket: BUCKETS,
  fill: FILLS,
  before: ['1'],
  top: TOPS,
}

/** A range: a number of days, all, or two dates. */
function isRange(text) {
  if (RANGES.includes(text)) return true
  const [from, to, ...more] = text.split('..')
  return more.length === 0 && isDate(from ?? '') && isDate(to ?? '') && from <= to
}

/** Reads a view from what follows the question mark; what makes no sense is as usual. */
function viewOf(search) {
  const given = new URLSearchParams(search)
  const view = { ...usual }
  const at = []
  for (const [key, value] of given) {
    if (key.startsWith('at.') && key.length > 3) at.push([key.slice(3), value])
    else if (key === 'range' ? isRange(value) : allowed[key]?.includes(value)) view[key] = value
    else if (['metric', 'split'].includes(key)) view[key] = value
    else if (key === 'store' && /^[\w-]{1,60}$/.test(value)) view[key] = value
  }
  // Entries make properties of any name, `__proto__` too.
  return { ...view, at: Object.fromEntries(at) }
}

/** What stands in the address for a view. */
function searchOf(view) {
  const said = new URLSearchParams()
  for (const [key, value] of Object.entries(usual)) {
    if (view[key] !== value) said.set(key, view[key])
  }
  for (const [name, value] of Object.entries(view.at)) said.set(`at.${name}`, value)
  const text = said.toString()
  return text === '' ? location.pathname : `?${text}`
}

const followers = []
let fit = (view) => view
let present = viewOf(location.search)

/** Has views made to fit what is stored: an address may ask for anything. */
export function fitBy(given) {
  fit = given
  present = fit(present)
}

export function view() {
  return present
}

/** Calls with the view now and whenever it changes. */
export function follow(run) {
  followers.push(run)
}

export function tellAll() {
  for (const run of followers) run(present)
}

/** Goes to another view. Another metric begins without what was chosen of the one before. */
export function go(change, { replace = false } = {}) {
  const isOther = change.metric !== undefined && change.metric !== present.metric
  present = fit({ ...present, ...(isOther ? { at: {}, split: '' } : {}), ...change })
  history[replace ? 'replaceState' : 'pushState'](null, '', searchOf(present))
  tellAll()
}

/** The address of a view that differs so from the present one, for a link. */
export function addressOf(change) {
  return searchOf({ ...present, at: {}, split: '', ...change })
}

addEventListener('popstate', () => {
  const before = present
  present = fit(viewOf(location.search))
  // Another store is another page.
  if (present.store !== before.store) location.reload()
  else tellAll()
})
