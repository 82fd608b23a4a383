// Odd arguments at every method: each call answers, throws an error of ours, or throws on what the caller's
// own code threw; and the store works afterwards.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'

import { TrackstatsError, open } from 'trackstats'

import { CALLS, NOW, stats } from './odd/calls.js'
import { chosen, seeded } from './odd/random.js'
import { isOwn, odd, spoiled } from './odd/values.js'

/** Calls of each method. */
const COUNT = Number(process.env.TRACKSTATS_ODD ?? 10_000)

/** After so many calls, another store: what odd calls put in makes it slow. */
const FRESH = 1000

async function fresh(bigint) {
  const store = await open('memory:', { stats, bigint, now: () => NOW })
  store.record('shop.orders', 'day', 1, { date: '2026-11-20' })
  store.record('shop.sales', 'day', 2, { by: { country: 'NL', province: 'Utrecht' } })
  return { store, series: store.series('shop.orders', 'day') }
}

/** What a call did that none may do; undefined for what it may throw. */
function faultOf(thrown) {
  if (isOwn(thrown)) return undefined
  const isOurs = thrown instanceof TrackstatsError
  if (isOurs && /^[a-z_]+$/.test(thrown.code) && thrown.message !== '') return undefined
  const where = thrown instanceof Error ? thrown.stack : ''
  return thrown instanceof Error ? where : shown(thrown)
}

function shown(value) {
  try {
    return inspect(value, { depth: 3, showProxy: true }).slice(0, 600)
  } catch {
    return 'what cannot be shown'
  }
}

/** Makes a call, and adds what it may not do to the faults, with the arguments of the first. */
async function attempt(faults, args, call) {
  try {
    await call()
  } catch (thrown) {
    const fault = faultOf(thrown)
    if (fault === undefined) return
    const [text] = fault.split('\n')
    if (!faults.has(text)) faults.set(text, `${fault}\n${shown(args)}`)
  }
}

async function works({ store }, bigint) {
  store.record('shop.orders', 'day', 5, { date: '2026-01-02' })
  store.increment('shop.orders', 2, { date: '2026-01-02' })
  assert.equal(store.value('shop.orders', 'day', { date: '2026-01-02' }), bigint ? 7n : 7)
  const rows = await store.sql`SELECT value FROM statistic_by_date WHERE date = ${'2026-01-02'}`
  assert.ok(rows.length > 0)
}

for (const [number, { name, good, self, call }] of CALLS.entries()) {
  test(`${name} takes or refuses whatever it is given (${number})`, async () => {
    const random = seeded(number + 1)
    const faults = new Map()
    for (let done = 0; done < COUNT;) {
      const bigint = random() < 0.3
      const place = await fresh(bigint)
      const until = Math.min(done + FRESH, COUNT)
      for (; done < until; done++) {
        const args =
          random() < 0.6
            ? spoiled(random, good)
            : Array.from({ length: Math.floor(random() * (good.length + 2)) }, () => odd(random))
        await attempt(faults, args, () => call(self(place), args))
      }
      await works(place, bigint)
      await place.store.close()
    }
    assert.deepEqual([...faults.values()], [])
  })
}

test('a method that is called on something else says so', async () => {
  const { store, series } = await fresh(false)
  const metric = store.metric('shop.orders')
  const random = seeded(99)
  const faults = new Map()
  const { getPrototypeOf } = Object
  const ofStore = [getPrototypeOf(store), getPrototypeOf(getPrototypeOf(store))]
  const classes = [
    ...ofStore.map((prototype) => [store, prototype]),
    [series, getPrototypeOf(series)],
    [metric, getPrototypeOf(metric)],
  ]
  assert.ok('record' in ofStore[0] && Object.hasOwn(ofStore[1], 'series'))
  for (const [one, prototype] of classes) {
    for (const key of Reflect.ownKeys(prototype)) {
      if (key === 'constructor') continue
      const { value, get } = Object.getOwnPropertyDescriptor(prototype, key)
      const called = get ?? value
      if (typeof called !== 'function') continue
      for (let done = 0; done < 200; done++) {
        const wrong = chosen(random, [
          undefined,
          null,
          prototype,
          store,
          series,
          metric,
          odd(random),
        ])
        const args = [odd(random), odd(random)]
        if (wrong === one) continue
        await attempt(faults, [key, wrong], () => Reflect.apply(called, wrong, args))
      }
    }
  }
  await store.close()
  assert.deepEqual([...faults.values()], [])
})
