import assert from 'node:assert/strict'
import { test } from 'node:test'

import { namur, opened, refuses, utrecht } from './shop.js'

async function filled() {
  const store = await opened()
  store.record('shop.orders', 'day', 1, { date: '2026-11-21' })
  store.record('shop.orders', 'day', 2, { date: '2026-11-22' })
  store.record('shop.orders', 'week', 3, { date: '2026-11-22' })
  store.record('shop.sales', 'day', 4, { by: utrecht, date: '2026-11-22' })
  store.record('shop.sales', 'day', 5, { by: namur, date: '2026-11-23' })
  store.record('shop.sales', 'day', 6, { by: { country: 'NL' }, date: '2026-11-20' })
  store.record('shop.visits', 'day', null, { by: { page: 7 }, date: '2026-11-19' })
  return store
}

const values = (store, filter) => store.statistics(filter).map(({ value }) => value)

test('without a filter every statistic is listed, sorted by metric, period, dimensions and date', async () => {
  const store = await filled()
  assert.deepEqual(values(store), [1, 2, 3, 5, 6, 4, null])
  assert.deepEqual(store.statistics()[4], {
    metric: 'shop.sales',
    period: 'day',
    date: '2026-11-20',
    by: { country: 'NL' },
    value: 6,
  })
})

test('the conditions of a filter all have to hold', async () => {
  const store = await filled()
  assert.deepEqual(values(store, { metric: 'shop.orders' }), [1, 2, 3])
  assert.deepEqual(values(store, { metric: ['shop.orders', 'shop.visits'] }), [1, 2, 3, null])
  assert.deepEqual(values(store, { period: 'week' }), [3])
  assert.deepEqual(values(store, { period: ['week', 'day'], metric: 'shop.orders' }), [1, 2, 3])
  assert.deepEqual(values(store, { from: '2026-11-22', to: '2026-11-22' }), [2, 3, 4])
  assert.deepEqual(values(store, { by: { country: 'NL' } }), [6, 4])
  assert.deepEqual(values(store, { by: { country: 'NL' }, to: '2026-11-21' }), [6])
  assert.deepEqual(values(store, { objectType: 'country' }), [6])
  assert.deepEqual(
    values(store, {
      objects: [
        ['country', 'NL'],
        ['page', 7],
      ],
    }),
    [6, null],
  )
  assert.deepEqual(values(store, { splitBy: [] }), [1, 2, 3])
  assert.deepEqual(values(store, { splitBy: ['province', 'country'] }), [5, 4])
})

test('an empty list chooses nothing', async () => {
  const store = await filled()
  for (const filter of [{ metric: [] }, { period: [] }, { objects: [] }]) {
    assert.deepEqual(values(store, filter), [])
    assert.equal(store.latestStatistic(filter), undefined)
    assert.equal(store.delete(filter), 0)
  }
  assert.equal(store.size, 7)
})

test('the newest statistic is that of the newest date', async () => {
  const store = await filled()
  assert.equal(store.latestStatistic().value, 5)
  assert.deepEqual(store.latestStatistic({ metric: 'shop.orders', period: 'week' }), {
    metric: 'shop.orders',
    period: 'week',
    date: '2026-11-22',
    by: {},
    value: 3,
  })
  assert.equal(store.latestStatistic({ from: '2027-01-01' }), undefined)
})

test('deleting takes what the filter chooses and says how much', async () => {
  const store = await filled()
  assert.equal(store.delete({ metric: 'shop.orders', period: 'day' }), 2)
  assert.deepEqual(values(store, { metric: 'shop.orders' }), [3])
  assert.equal(store.delete({ by: { country: 'NL' } }), 2)
  assert.equal(store.delete({ to: '2026-11-19' }), 1)
  assert.equal(store.delete({}), 2)
  assert.equal(store.size, 0)
  assert.equal(store.delete({}), 0)
})

test('deleting without a filter is refused', async () => {
  const store = await filled()
  for (const filter of [undefined, null, 'shop.orders', 5]) {
    refuses('invalid_value', () => store.delete(filter), /filter/)
  }
  assert.equal(store.size, 7)
})

test('what is older than so many days goes', async () => {
  const store = await filled()
  assert.equal(store.retainDays({ period: 'day' }, 2), 3)
  assert.deepEqual(values(store, { period: 'day' }), [2, 5, 4])
  assert.equal(store.retainDays({}, 1), 3)
  assert.deepEqual(values(store), [5])
  for (const days of [-1, 1.5, Number.NaN, Infinity, '3', undefined, null]) {
    refuses('invalid_value', () => store.retainDays({}, days), /days/)
  }
})

test('a filter that is none is refused', async () => {
  const store = await filled()
  refuses('invalid_value', () => store.statistics(null))
  refuses('invalid_value', () => store.statistics('shop.orders'))
  refuses('unknown_metric', () => store.statistics({ metric: 'shop.nothing' }))
  refuses('unknown_period', () => store.statistics({ period: ['day', 'hour'] }))
  refuses('invalid_date', () => store.statistics({ from: 'yesterday' }))
  refuses('unknown_dimension', () => store.statistics({ by: 'NL' }))
  refuses('unknown_dimension', () => store.statistics({ objects: [['country']] }))
  refuses('invalid_value', () => store.statistics({ objects: ['country'] }))
  refuses('invalid_value', () => store.statistics({ objectType: 5 }))
  refuses('invalid_value', () => store.statistics({ splitBy: [5] }))
})
