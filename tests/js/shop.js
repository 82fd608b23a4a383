// The store that most tests open, and what they check often.

import assert from 'node:assert/strict'

import { TrackstatsError, defineStats, open } from 'trackstats'

export const stats = defineStats({
  shop: {
    title: 'Shop',
    metrics: {
      orders: 'Orders sold',
      revenue: { title: 'Revenue, in euro', kind: 'float' },
      sales: { title: 'Items sold', by: ['country', 'province'] },
      visits: { by: 'page' },
    },
  },
})

/** Monday 2026-11-23, noon in UTC. */
export const NOW = Date.UTC(2026, 10, 23, 12)

/** A store of the shop, where today is 2026-11-23. */
export function opened(options = {}) {
  return open('memory:', { stats, now: () => NOW, ...options })
}

export const utrecht = { country: 'NL', province: 'Utrecht' }
export const namur = { country: 'BE', province: 'Namur' }

/** Checks that a call throws an error of the package with that code, and with a text that says so much. */
export function refuses(code, call, text = /./) {
  assert.throws(call, (error) => isRefusal(error, code, text))
}

/** The same for a promise, or for a function that gives one. */
export function rejects(code, promise, text = /./) {
  return assert.rejects(promise, (error) => isRefusal(error, code, text))
}

function isRefusal(error, code, text) {
  assert.ok(error instanceof TrackstatsError, String(error?.stack))
  assert.equal(error.name, 'TrackstatsError')
  assert.equal(error.code, code, error.message)
  assert.match(error.message, text)
  // As all messages of ours.
  assert.doesNotMatch(error.message, /\.$/)
  return true
}

/** The points of a series as `[date, value]`. */
export const points = (series) => series.toArray().map(({ date, value }) => [date, value])
