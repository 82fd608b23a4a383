// One series for each of the largest parts, and one of all others.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { open } from 'trackstats'

import { NOW, opened, points, refuses, rejects } from '../shop.js'

const SALES = 'shop.sales'

async function requests(options) {
  const store = await open('memory:', { now: () => NOW, ...options })
  store.register({ name: SALES })
  for (const [route, status, date, value] of [
    ['/', 200, '2026-11-20', 1],
    ['/', 200, '2026-11-22', 70],
    ['/cart', 200, '2026-11-22', 5],
    ['/', 404, '2026-11-23', 2],
    ['/cart', 500, '2026-11-24', 1],
  ]) {
    store.record(SALES, 'day', value, { by: { route, status }, date })
  }
  return store.dynamic
}

/** An answer, with the points of its series. */
const shown = ({ parts, other, ...rest }) => ({
  parts: parts.map(({ by, series }) => [Object.values(by).join(' '), points(series)]),
  other: other === null ? null : points(other),
  ...rest,
})

test('the largest parts have a series each, and the rest one together', async () => {
  const store = await requests()
  const asked = (options) => shown(store.seriesBy(SALES, 'day', { by: 'status', ...options }))
  assert.deepEqual(asked({ limit: 1 }), {
    parts: [
      [
        '200',
        [
          ['2026-11-20', 1],
          ['2026-11-22', 75],
        ],
      ],
    ],
    other: [
      ['2026-11-23', 2],
      ['2026-11-24', 1],
    ],
    otherCount: 2,
    splitBy: ['route', 'status'],
  })
  const values = ({ parts, other }) => [...parts.map(([, points]) => points), other]
  const of = (list) => list.map((all) => all?.map(([, value]) => value))
  const range = { from: '2026-11-22', to: '2026-11-24' }
  assert.deepEqual(of(values(asked({ limit: 1, ...range, fill: 0 }))), [
    [75, 0, 0],
    [0, 2, 1],
  ])
  // What lies before the range is rolled over, and fills a gap.
  const since = { limit: 1, from: '2026-11-22' }
  assert.deepEqual(of(values(asked({ ...since, rolling: 3 }))), [[76], [2, 3]])
  assert.deepEqual(
    of(values(asked({ limit: 9, from: '2026-11-23', to: '2026-11-24', fill: 'previous' }))),
    [[2, 2], [null, 1], undefined],
  )
  assert.deepEqual(of(values(asked({ limit: 1, cumulative: true }))), [
    [1, 76],
    [2, 3],
  ])
  assert.deepEqual(of(values(asked({ limit: 1, bucket: 'month' }))), [[76], [3]])
  const narrowed = asked({ where: { route: '/' } })
  assert.deepEqual(
    narrowed.parts.map(([part]) => part),
    ['200', '404'],
  )
  assert.deepEqual([narrowed.other, narrowed.otherCount], [null, 0])
  const none = asked({ limit: 0 })
  assert.deepEqual([none.parts, none.otherCount, none.other.length], [[], 3, 4])
})

test('a handle reads the parts of where it is', async () => {
  const store = await requests()
  const at = { route: '/' }
  const expected = shown(store.seriesBy(SALES, 'day', { by: 'status', where: at }))
  assert.deepEqual(shown(store.metric(SALES).at(at).seriesBy('day', { by: 'status' })), expected)
  const handle = store.metric(SALES)
  assert.deepEqual(shown(handle.seriesBy('day', { by: 'status', where: at })), expected)
  // By what it is at already, there is nothing to choose between.
  const other = handle.at({ route: '/none' }).seriesBy('day', { by: 'status', where: at })
  assert.deepEqual(shown(other), expected)
})

test('without `by` the parts are by what the metric was declared with', async () => {
  const store = await opened()
  const by = { country: 'NL', province: 'Utrecht' }
  store.record(SALES, 'day', 3, { by })
  const { parts } = store.seriesBy(SALES, 'day')
  assert.deepEqual(parts[0].by, by)
  const left = store.seriesBy(SALES, 'day', { where: { country: 'NL' } })
  assert.deepEqual(left.parts[0].by, { province: 'Utrecht' })
  refuses('unknown_dimension', () => store.seriesBy(SALES, 'day', { by: 'city' }))
  refuses('unknown_dimension', () => store.seriesBy('shop.orders', 'day'), /break it down/)
  refuses('unknown_metric', () => store.dynamic.seriesBy('shop.order', 'day'))
})

test('values of dimensions are told apart whatever they hold, and a dimension may have any name', async () => {
  const store = await open('memory:')
  store.register({ name: 'a.b' })
  const date = '2026-11-23'
  const values = ['', ',', '1:a', '1:a,1:b', '","', 'constructor']
  for (const [x, left] of values.entries()) {
    for (const [y, right] of values.entries()) {
      const by = Object.fromEntries([
        ['__proto__', left],
        ['toString', right],
      ])
      store.dynamic.record('a.b', 'day', 10 * x + y, { by, date })
    }
  }
  const { parts } = store.dynamic.seriesBy('a.b', 'day', { by: ['toString', '__proto__'] })
  assert.equal(parts.length, values.length ** 2)
  for (const { by, series } of parts) {
    const [right, left] = Object.values(by)
    assert.equal(series.values[0], 10 * values.indexOf(left) + values.indexOf(right))
  }
})

test('nothing stays of what the parts were added up in', async () => {
  const store = await requests()
  const before = store.snapshot()
  let told = 0
  store.subscribe({ metric: SALES, period: 'day', by: { route: '/', status: 200 } }, () => told++)
  for (let time = 0; time < 300; time++) store.seriesBy(SALES, 'day', { by: 'status', fill: 0 })
  await undefined
  assert.equal(told, 0)
  assert.deepEqual(store.snapshot(), before)
  store.record(SALES, 'day', 5, { by: { route: '/new', status: 200 } })
  const { parts } = store.seriesBy(SALES, 'day', { by: 'route', limit: 1, from: '2026-11-23' })
  assert.deepEqual(parts[0].by, { route: '/new' })
  const live = store.live((store) => store.seriesBy(SALES, 'day', { by: 'status' }))
  const first = live.getSnapshot()
  assert.equal(live.getSnapshot(), first)
  store.batch(() => {
    store.increment(SALES, 1, { by: { route: '/', status: 418 } })
    assert.equal(store.seriesBy(SALES, 'day', { by: 'status' }).parts.length, 4)
  })
  assert.equal(live.getSnapshot().parts.length, 4)
  await store.close()
})

test('a sum that cannot be read is refused, and the next answer is right', async () => {
  const store = await requests()
  const large = { by: { route: '/large', status: 200 }, date: '2026-11-22' }
  store.record(SALES, 'day', Number.MAX_SAFE_INTEGER, large)
  const asked = (options) => () => store.seriesBy(SALES, 'day', { by: 'status', ...options })
  refuses('unsafe_integer', asked())
  assert.equal(asked({ from: '2026-11-23' })().parts.length, 2)
  for (const limit of [-1, 1.5, Number.NaN, 2 ** 32, '5', null]) {
    refuses('invalid_value', asked({ limit }), /limit/)
  }
  for (const key of ['reuse', 'on', 'aggregate', 'top']) {
    refuses('unknown_option', asked({ [key]: undefined }), new RegExp(`'${key}'`))
  }
  refuses('invalid_value', asked({ rolling: 0, from: '2026-11-23' }), /rolling/)
  refuses('invalid_value', asked({ bucket: 'hour', from: '2027-01-01' }), /bucket/)
  assert.equal(asked({ where: { route: '/' } })().parts.length, 2)
  const exact = await requests({ bigint: true })
  exact.record(SALES, 'day', 2n ** 63n - 1n, large)
  refuses('overflow', () => exact.seriesBy(SALES, 'day', { by: 'status' }))
  await rejects('closed', async () => {
    await store.close()
    store.seriesBy(SALES, 'day')
  })
})

/** Numbers that look random, and are the same each time. */
function drawing(seed) {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What an answer is to be, by the statistics one by one. */
function expected(statistics, by, { limit, from, to }, plus) {
  const [parts, order] = [new Map(), (left, right) => (left < right ? -1 : left > right ? 1 : 0)]
  for (const statistic of statistics) {
    if (statistic.date < from || statistic.date > to) continue
    const key = by.map((name) => statistic.by[name]).join('\n')
    const part = parts.get(key) ?? { key, sum: undefined, points: [] }
    parts.set(key, part)
    part.points.push([statistic.date, statistic.value])
    if (statistic.value !== null) part.sum = plus(part.sum, statistic.value)
  }
  const all = [...parts.values()].filter(({ sum }) => sum !== undefined)
  all.sort((left, right) => order(right.sum, left.sum) || order(left.key, right.key))
  const added = (list) => {
    const days = new Map()
    for (const [date, value] of list.flatMap(({ points }) => points)) {
      const held = days.get(date) ?? null
      days.set(date, value === null ? held : plus(held ?? undefined, value))
    }
    return [...days].sort(([left], [right]) => order(left, right))
  }
  const rest = all.slice(limit)
  return {
    parts: all.slice(0, limit).map((part) => [part.key.replaceAll('\n', ' '), added([part])]),
    other: rest.length > 0 ? added(rest) : null,
    otherCount: rest.length,
  }
}

for (const kind of ['integer', 'float', 'bigint']) {
  test(`it is what the statistics one by one add up to, of ${kind}s`, async () => {
    const store = await open('memory:', { bigint: kind === 'bigint' })
    store.register({ name: SALES, kind: kind === 'float' ? 'float' : 'integer' })
    const plus = (sum, value) => (sum === undefined ? value : sum + value)
    for (let seed = 1; seed < 60; seed++) {
      const below = drawing(seed)
      store.delete({})
      for (let count = below(40); count >= 0; count--) {
        const number = below(200) - 60
        const value =
          below(5) === 0
            ? null
            : { integer: number, float: number / 4, bigint: BigInt(number) }[kind]
        const by = { route: below(4), status: 200 + below(3), size: below(3) }
        const date = `2026-11-${10 + below(6)}`
        store.dynamic.record(SALES, 'day', value, { by, date })
      }
      const options = { limit: below(5), from: `2026-11-${10 + below(3)}`, to: '2026-11-15' }
      for (const by of [['route'], ['status', 'route'], ['route', 'size', 'status']]) {
        const found = shown(store.dynamic.seriesBy(SALES, 'day', { by, ...options }))
        const { splitBy, ...rest } = found
        assert.deepEqual(splitBy, ['route', 'size', 'status'])
        assert.deepEqual(
          rest,
          expected(store.statistics(), by, options, plus),
          `seed ${seed} by ${by}`,
        )
      }
    }
    await store.close()
  })
}
