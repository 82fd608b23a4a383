// What a store takes is bounded by what it holds: not by what was deleted, and not by how often a batch changed it.

import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { test } from 'node:test'

import { bytesOfMemories } from '../durable/memories.js'
import { open } from 'trackstats'

import { placeFor } from '../durable/place.js'

const NOON = Date.UTC(2026, 0, 1, 12)
const DAY = 86_400_000
const [PATHS, KEPT, DAYS] = [1_000, 7, 45]

/** A store that meets other paths each day and keeps a week of them. */
async function site(address) {
  let today = 0
  const now = () => NOON + today * DAY
  const store = await open(address, { now })
  store.register({ name: 'site.views', by: ['path'] })
  return {
    store,
    bytes: bytesOfMemories,
    async pass(until) {
      for (; today < until; today++) {
        for (let path = 0; path < PATHS; path++) {
          const by = { path: `/${today}/a-page-with-a-long-name/${path}` }
          store.dynamic.increment('site.views', path, { by })
        }
        store.retainDays({}, KEPT)
        await store.flush()
      }
    },
  }
}

test('new paths each day, of which a week is kept, take no more after many weeks than after two', async () => {
  const { store, bytes, pass } = await site('memory:')
  await pass(2 * KEPT)
  const [held, size, written] = [store.size, bytes(), store.snapshot().length]
  await pass(DAYS)
  assert.equal(store.size, held)
  assert.ok(bytes() <= 1.5 * size, `${bytes()} bytes of memory after ${size}`)
  const snapshot = store.snapshot()
  assert.ok(snapshot.length <= 1.1 * written, `${snapshot.length} bytes after ${written}`)
  assert.equal(store.breakdown('site.views', 'day').parts.length, held)
  // As much as one that never held more.
  const fresh = await open('memory:', { snapshot })
  assert.deepEqual(fresh.snapshot(), snapshot)
  await fresh.close()
  await store.close()
})

test('the file of such a store does not grow either', async (context) => {
  const path = placeFor(context)
  const { store, bytes, pass } = await site(`file:${path}`)
  await pass(3 * KEPT)
  const [size, file] = [bytes(), statSync(path).size]
  await pass(DAYS)
  assert.ok(bytes() <= 1.5 * size, `${bytes()} bytes of memory after ${size}`)
  assert.ok(statSync(path).size <= 2 * file, `${statSync(path).size} bytes after ${file}`)
  await store.close()
})

test('what undoes a batch takes as much as what it changed, however often', async () => {
  const { store, bytes } = await site('memory:')
  const at = Array.from({ length: 50 }, (_, path) => store.metric('site.views').at({ path }))
  const change = (times) => {
    for (let time = 0; time < times; time++) at[time % 50].increment(1, '2026-01-01')
  }
  change(50)
  const before = store.snapshot()
  let [few, many] = []
  assert.throws(
    () =>
      store.batch(() => {
        change(200_000)
        few = bytes()
        store.batch(() => change(200_000))
        change(1_600_000)
        many = bytes()
        assert.equal(at[0].value('day', '2026-01-01'), 40_001)
        throw new Error('given up')
      }),
    /given up/,
  )
  assert.ok(many <= 2 * few, `${many} bytes after ${few}`)
  assert.ok(many - few < 10_000_000, `${many} bytes after ${few}`)
  assert.deepEqual(store.snapshot(), before)
  store.batch(() => change(100_000))
  assert.equal(at[0].value('day', '2026-01-01'), 2_001)
  await store.close()
})

test('a batch that records and deletes again and again is undone whole', async () => {
  const { store, bytes } = await site('memory:')
  const views = store.metric('site.views')
  const days = Int32Array.from({ length: 1_000 }, (_, day) => 20_000 + day)
  const values = new Float64Array(1_000).fill(3)
  views.at({ path: 0 }).recordAll('day', values, days)
  const before = store.snapshot()
  const sizes = []
  assert.throws(
    () =>
      store.batch(() => {
        for (let round = 0; round < 600; round++) {
          values.fill(round)
          views.at({ path: round % 3 }).recordAll('day', values, days)
          if (round % 4 === 0) store.delete({ by: { path: round % 3 } })
          if (round % 200 === 199) sizes.push(bytes())
        }
        throw new Error('given up')
      }),
    /given up/,
  )
  assert.ok(sizes[2] <= 1.5 * sizes[0], `${sizes}`)
  assert.deepEqual(store.snapshot(), before)
  await store.close()
})
