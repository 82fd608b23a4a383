// Which of several splits an answer reads, and what is said where only parts were recorded.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { open } from 'trackstats'

import { NOW, points, refuses } from '../shop.js'

const SALES = 'shop.sales'

/** A store of one metric that may be split by anything, with records of `[by, date, value]`. */
async function recorded(records, options) {
  const store = await open('memory:', { now: () => NOW, ...options })
  store.register({ name: SALES })
  for (const [by, date, value] of records) store.record(SALES, 'day', value, { by, date })
  return store.dynamic
}

const parts = ({ parts }) => parts.map(({ by, value }) => [Object.values(by).join(' '), value])

test('a breakdown reads the split that holds something in the range, and says which', async () => {
  const country = { country: 'NL' }
  const both = { country: 'NL', province: 'Utrecht' }
  for (const [first, second] of [
    [country, both],
    [both, country],
  ]) {
    const store = await recorded([
      [first, '2026-11-22', 5],
      [second, '2026-11-23', 7],
    ])
    const on = (on) => store.breakdown(SALES, 'day', { by: 'country', on })
    assert.deepEqual(parts(on('2026-11-22')), [['NL', 5]])
    assert.deepEqual(on('2026-11-22').splitBy, Object.keys(first))
    assert.deepEqual(parts(on('2026-11-23')), [['NL', 7]])
    assert.deepEqual(on('2026-11-23').splitBy, Object.keys(second))
    const neither = { parts: [], other: null, otherCount: 0, splitBy: ['country'] }
    assert.deepEqual(on('2026-11-21'), neither)
    const all = store.breakdown(SALES, 'day', { by: 'country' })
    assert.deepEqual(all.splitBy, ['country'])
    const only = store.breakdown(SALES, 'day', { by: 'province', where: country })
    assert.deepEqual(only.splitBy, ['country', 'province'])
  }
})

test('of equal splits the first by name is read, in whatever order they came', async () => {
  const city = { city: 'Utrecht', country: 'NL' }
  const shop = { country: 'NL', shop: '1' }
  const date = '2026-11-23'
  for (const order of [
    [city, shop],
    [shop, city],
  ]) {
    const store = await recorded(order.map((by) => [by, date, 1]))
    const restored = await open('memory:', { snapshot: store.snapshot() })
    for (const one of [store, restored.dynamic]) {
      const { splitBy } = one.breakdown(SALES, 'day', { by: 'country' })
      assert.deepEqual(splitBy, ['city', 'country'])
    }
  }
  // Fewer dimensions come before an earlier name.
  const store = await recorded([
    [{ area: 'x', ...city }, date, 1],
    [shop, date, 1],
  ])
  assert.deepEqual(store.breakdown(SALES, 'day', { by: 'country' }).splitBy, ['country', 'shop'])
})

test('what has parts only is not read as nothing', async () => {
  const store = await recorded([
    [{ route: '/', status: 200, country: 'NL' }, '2026-11-22', 1],
    [{ route: '/', status: 200 }, '2026-11-23', 4],
  ])
  const date = '2026-11-23'
  const range = { from: '2026-11-01', to: '2026-11-30' }
  for (const by of [undefined, {}, { status: 200 }, { status: '404' }]) {
    const handle = by === undefined ? store.metric(SALES) : store.metric(SALES).at(by)
    const reads = {
      value: () => store.value(SALES, 'day', { by, date }),
      series: () => store.series(SALES, 'day', { by }),
      filled: () => store.series(SALES, 'day', { by, fill: 0 }),
      rolling: () => store.series(SALES, 'day', { by, rolling: 7 }),
      'several series': () => store.series([SALES], 'day', { by }),
      'several filled': () => store.series([SALES], 'day', { by, fill: 0 }),
      latest: () => store.latest(SALES, 'day', { by }),
      total: () => store.total(SALES, 'day', { by }),
      compare: () => store.compare(SALES, 'day', { by, ...range }),
      live: () => store.live({ metric: SALES, period: 'day', by }).getSnapshot(),
      subscribe: () => store.subscribe({ metric: SALES, period: 'day', by }, () => undefined),
      'a handle gets': () => handle.value('day', date),
      'a handle reads a series': () => handle.series('day'),
      'a handle reuses one': () => handle.series('day', { reuse: true }),
      'a handle fills one': () => handle.series('day', { fill: null }),
      'a handle reads the latest': () => handle.latest('day'),
      'a handle reads a total': () => handle.total('day', range),
      'a handle compares': () => handle.compare('day', range),
    }
    for (const [name, read] of Object.entries(reads)) {
      try {
        refuses('unknown_dimension', read, /by 'route' and 'status', and never .*breakdown/)
      } catch (cause) {
        throw new Error(`${name} by ${JSON.stringify(by)}`, { cause })
      }
    }
    // Another period has neither parts nor a total.
    assert.equal(store.series(SALES, 'week', { by }).length, 0)
    assert.equal(handle.total('week').count, 0)
  }
  refuses(
    'unknown_dimension',
    () => store.series(SALES, 'day', { by: { status: 200 } }),
    /never by 'status' alone/,
  )
  refuses('unknown_dimension', () => store.series(SALES, 'day'), /never as a total/)
  // Nor is it, once the answer was read where there was nothing to read.
  const { length } = store.series(SALES, 'month')
  store.record(SALES, 'month', 1, { by: { route: '/', status: 200 }, date })
  assert.equal(length, 0)
  refuses('unknown_dimension', () => store.series(SALES, 'month'), /period month/)
})

test('a live answer whose metric got parts only says so, and is told again once there is a total', async () => {
  const store = await recorded([])
  const [heard, failed] = [[], []]
  const end = store.subscribe(
    { metric: SALES, period: 'day' },
    (series) => heard.push(series.length),
    { onError: ({ code }) => failed.push(code) },
  )
  store.record(SALES, 'day', 1, { by: { status: 200 } })
  await undefined
  store.record(SALES, 'day', 1)
  await undefined
  end()
  assert.deepEqual(failed, ['unknown_dimension'])
  assert.deepEqual(heard, [1])
})

test('what was recorded as it is asked for is read, and what never was is empty', async () => {
  const store = await recorded([[{ status: 200 }, '2026-11-22', 1]])
  assert.equal(store.series(SALES, 'day', { by: { status: 404 } }).length, 0)
  store.record(SALES, 'day', 1, { date: '2026-11-22' })
  const { sum, count } = store.total(SALES, 'day', { from: '2026-11-23' })
  assert.deepEqual([sum, count], [0, 0])
  store.register({ name: 'shop.new' })
  assert.equal(store.series('shop.new', 'day').length, 0)
})

test('parts that were deleted or taken back are none', async () => {
  const by = { status: 200 }
  const store = await recorded([[by, '2026-11-22', 1]])
  store.delete({ by })
  assert.equal(store.series(SALES, 'day').length, 0)
  assert.throws(() =>
    store.batch(() => {
      store.record(SALES, 'day', 1, { by })
      refuses('unknown_dimension', () => store.total(SALES, 'day'))
      throw new Error('given up')
    }),
  )
  assert.equal(store.total(SALES, 'day').sum, 0)
})

test('no split is by a dimension that nothing was recorded by', async () => {
  const store = await recorded([[{ country: 'NL' }, '2026-11-23', 7]])
  store.register({ name: SALES, by: ['country', 'province'] })
  const found = store.breakdown(SALES, 'day', { by: 'province' })
  assert.deepEqual(found, { parts: [], other: null, otherCount: 0, splitBy: [] })
  assert.deepEqual(store.seriesBy(SALES, 'day', { by: 'province', fill: 0 }), found)
  refuses('unknown_dimension', () => points(store.series(SALES, 'day')))
})
