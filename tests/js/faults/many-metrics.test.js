// What a store asks its engine about metrics grows with what changed, not with what there is.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { open } from 'trackstats'

import { refuses } from '../shop.js'

/** A store of so many metrics, of which all are known. */
async function storeOf(count) {
  const metrics = Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, '']))
  const store = await open('memory:')
  store.register({ q: { metrics } })
  store.dynamic.record('q.m1', 'day', 1)
  return store
}

/** How many texts of the engine are read meanwhile. */
function textsRead(context, work) {
  const { mock } = context.mock.method(TextDecoder.prototype, 'decode')
  work()
  const count = mock.callCount()
  mock.restore()
  return count
}

const works = {
  'registering anew': (store) => store.register({ name: 'q.other', by: ['page'] }),
  'registering again': (store) => store.register({ name: 'q.m1', title: 'One' }),
  'taking a batch back': (store) =>
    assert.throws(() => {
      store.batch(() => {
        store.dynamic.record('q.m1', 'day', 2)
        store.register({ name: 'q.gone' })
        throw new Error('on purpose')
      })
    }, /on purpose/),
  'recording where nothing is': (store) =>
    refuses('unknown_metric', () => store.dynamic.record('q.none', 'day', 1)),
}

for (const [name, work] of Object.entries(works)) {
  test(`${name} reads as much of the engine with many metrics as with few`, async (context) => {
    const [few, many] = [await storeOf(10), await storeOf(300)]
    const count = textsRead(context, () => work(few))
    assert.ok(count < 12, `${count} texts`)
    assert.equal(
      textsRead(context, () => work(many)),
      count,
    )
  })
}

test('what changed of metrics is known at once, and what was taken back is not', async () => {
  const store = await storeOf(10)
  const orders = store.register({ name: 'q.orders', by: ['country'] })
  orders.at({ country: 'NL' }).record('day', 1, '2026-11-23')
  assert.throws(() => {
    store.batch(() => {
      store
        .register({ name: 'q.orders', by: ['page'] })
        .at({ page: '/' })
        .record('day', 1, '2026-11-23')
      store.register({ name: 'q.gone', kind: 'float' }).record('day', 0.5, '2026-11-23')
      throw new Error('on purpose')
    })
  }, /on purpose/)
  refuses('unknown_metric', () => store.dynamic.record('q.gone', 'day', 1))
  orders.at({ country: 'NL' }).record('day', 2, '2026-11-23')
  refuses('unknown_dimension', () => orders.at({ page: '/' }).record('day', 2, '2026-11-23'))
  const gone = store.register({ name: 'q.gone' })
  gone.record('day', 1, '2026-11-23')
  assert.equal(gone.value('day', '2026-11-23'), 1)
  assert.equal(store.metrics.length, 12)
})
