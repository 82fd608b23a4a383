// What the code for a view depends on.

import { dimensionsOf } from '../dimension.js'
import { oneMore } from '../increment.js'
import { partsOf, questionOf } from '../question.js'

/** The question of the view, and what else is asked beside it. */
export function subject(store, now) {
  const question = questionOf(store, now)
  const info = store.metrics.find(({ name }) => name === now.metric)
  const names = dimensionsOf(store, info).map(({ name }) => name)
  const split = names.includes(now.split) ? now.split : names[0]
  const whole = questionOf(store, { ...now, at: {} })
  const period = whole.isComputed ? 'day' : whole.period
  const more = oneMore(store, now, info)
  const parts = partsOf(whole, period)
  return {
    question,
    split,
    parts,
    period,
    top: Number(now.top),
    store: now.store,
    zone: store.timeZone,
    more,
  }
}
