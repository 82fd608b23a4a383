import assert from 'node:assert/strict'
import { test } from 'node:test'

import { namur, opened, refuses, utrecht } from './shop.js'

const drenthe = { country: 'NL', province: 'Drenthe' }

async function filled(options) {
  const store = await opened(options)
  const record = (value, by, date) => store.record('shop.sales', 'day', value, { by, date })
  record(3, utrecht, '2026-11-22')
  record(4, utrecht, '2026-11-23')
  record(5, namur, '2026-11-23')
  record(2, drenthe, '2026-11-23')
  record(100, {}, '2026-11-23')
  return store
}

test('parts are summed over the range, the largest first', async () => {
  const store = await filled()
  assert.deepEqual(store.breakdown('shop.sales', 'day', { by: 'country' }), {
    parts: [
      { by: { country: 'NL' }, value: 9 },
      { by: { country: 'BE' }, value: 5 },
    ],
    other: null,
    otherCount: 0,
    splitBy: ['country', 'province'],
  })
  const on = store.breakdown('shop.sales', 'day', { by: 'country', on: '2026-11-22' })
  assert.deepEqual(on.parts, [{ by: { country: 'NL' }, value: 3 }])
})

test('without `by` a metric is broken down by what it was declared with', async () => {
  const { parts } = (await filled()).breakdown('shop.sales', 'day')
  assert.deepEqual(
    parts.map(({ by }) => by),
    [utrecht, namur, drenthe],
  )
  assert.deepEqual(
    parts.map(({ value }) => value),
    [7, 5, 2],
  )
})

test('a place narrows the parts', async () => {
  const store = await filled()
  const inside = store.breakdown('shop.sales', 'day', { by: 'province', where: { country: 'NL' } })
  assert.deepEqual(
    inside.parts.map(({ by }) => by.province),
    ['Utrecht', 'Drenthe'],
  )
  const left = store.breakdown('shop.sales', 'day', { where: { country: 'BE' } })
  assert.deepEqual(left.parts, [{ by: { province: 'Namur' }, value: 5 }])
})

test('a limit sums the rest', async () => {
  const store = await filled()
  const top = store.breakdown('shop.sales', 'day', { limit: 1 })
  assert.deepEqual(top.parts.length, 1)
  assert.equal(top.other, 7)
  assert.equal(top.otherCount, 2)
  for (const limit of [-1, 1.5, Number.NaN, 2 ** 32, '5', null]) {
    refuses('invalid_value', () => store.breakdown('shop.sales', 'day', { limit }), /limit/)
  }
})

test('dates become one value by an aggregate', async () => {
  const store = await filled()
  const by = (aggregate) =>
    store.breakdown('shop.sales', 'day', { by: 'province', where: { country: 'NL' }, aggregate })
      .parts[0].value
  assert.deepEqual(['sum', 'minimum', 'maximum', 'last'].map(by), [7, 3, 4, 4])
  refuses('invalid_value', () => by('mean'), /aggregate/)
})

test('a dimension that the metric has none of is refused', async () => {
  const store = await filled()
  for (const by of ['city', ['country', 'city']]) {
    refuses('unknown_dimension', () => store.breakdown('shop.sales', 'day', { by }))
  }
  for (const by of [5, null, [5], new Array(2)]) {
    refuses('invalid_value', () => store.breakdown('shop.sales', 'day', { by }))
  }
})

test('parts are bigints where the store gives them', async () => {
  const { parts } = (await filled({ bigint: true })).breakdown('shop.sales', 'day')
  assert.equal(parts[0].value, 7n)
})

test('a dimension may be called what objects inherit', async () => {
  const store = await opened()
  store.register({ name: 'a.b', by: ['__proto__'] })
  const by = Object.fromEntries([['__proto__', 'x']])
  store.dynamic.record('a.b', 'day', 1, { by })
  const { parts } = store.dynamic.breakdown('a.b', 'day')
  assert.deepEqual(Object.entries(parts[0].by), [['__proto__', 'x']])
  assert.deepEqual(Object.entries(store.statistics()[0].by), [['__proto__', 'x']])
})

test('a value that is called like a dimension fixes no other dimension', async () => {
  const store = await opened()
  const by = { country: 'province', province: 'Utrecht' }
  store.record('shop.sales', 'day', 3, { by, date: '2026-11-23' })
  const { parts } = store.breakdown('shop.sales', 'day', { where: { country: 'province' } })
  assert.deepEqual(parts, [{ by: { province: 'Utrecht' }, value: 3 }])
})
