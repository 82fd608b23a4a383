// A handle or a batch that outlives what it stands for is refused, and never taken for something else.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { open } from 'trackstats'

import { opened as openedAt, placeFor } from '../durable/place.js'
import { NOW, opened, points, refuses, rejects, utrecht } from '../shop.js'

const DATE = '2026-11-23'

/** Everything that a handle does. */
const CALLS = {
  record: (handle) => handle.record('day', 1, DATE),
  'record null': (handle) => handle.record('day', null, DATE),
  recordAll: (handle) => handle.recordAll('day', [1], [DATE]),
  increment: (handle) => handle.increment(1, DATE),
  value: (handle) => handle.value('day', DATE),
  series: (handle) => handle.series('day'),
  'a reused series': (handle) => handle.series('day', { reuse: true }),
  'a filled series': (handle) => handle.series('day', { fill: 0 }),
  'a rolling series': (handle) => handle.series('day', { rolling: 7 }),
  seriesBy: (handle) => handle.seriesBy('day', { by: 'country' }),
  latest: (handle) => handle.latest('day'),
  total: (handle) => handle.total('day'),
  compare: (handle) => handle.compare('day', { from: DATE, to: DATE }),
  at: (handle) => handle.at({ country: 'BE' }),
}

/** Checks that nothing can be done with a handle, and that nothing was. */
function gone(handle, code, store) {
  const before = store?.snapshot()
  for (const [name, call] of Object.entries(CALLS)) {
    try {
      refuses(code, () => call(handle))
    } catch (cause) {
      throw new Error(name, { cause })
    }
  }
  assert.deepEqual(store?.snapshot(), before)
}

/** Does something in a batch that is given up, and answers what it made. */
function givenUp(store, work) {
  let made
  assert.throws(
    () =>
      store.batch(() => {
        made = work()
        throw new Error('given up')
      }),
    /given up/,
  )
  return made
}

/** A metric first met, with a handle of its total and one of a part that were used. */
function met(store, name) {
  const total = store.register({ name })
  const part = total.at({ country: 'NL' })
  for (const handle of [total, part]) handle.record('day', 1, DATE)
  return [total, part]
}

test('a handle of a metric whose registration was taken back is refused', async (context) => {
  const path = placeFor(context)
  const store = await openedAt(path)
  const handles = givenUp(store, () => met(store, 'a.new'))
  for (const handle of handles) gone(handle, 'unknown_metric', store)
  // What takes the numbers that they had stands for itself.
  const [total, part] = met(store, 'a.other')
  part.record('day', 5, '2026-11-22')
  for (const handle of handles) gone(handle, 'unknown_metric', store)
  assert.deepEqual(points(total.series('day')), [[DATE, 1]])
  await store.close()
  for (const handle of [...handles, total, part]) gone(handle, 'closed')
  const again = await openedAt(path)
  assert.equal(again.size, 3)
  assert.deepEqual(
    again.metrics.map(({ name }) => name).filter((name) => name.startsWith('a.')),
    ['a.other'],
  )
  await again.close()
})

test('a handle whose metric comes again stands for that one', async () => {
  for (const kind of ['integer', 'float']) {
    const store = await opened()
    const [total, part] = givenUp(store, () => met(store, 'a.new'))
    met(store, 'a.other')
    store.register({ name: 'a.new', kind })
    const value = kind === 'float' ? 0.5 : 2
    part.record('day', value, DATE)
    total.record('day', value, '2026-11-22')
    assert.deepEqual(points(part.series('day')), [[DATE, value]])
    assert.deepEqual(points(total.series('day')), [['2026-11-22', value]])
    const restored = await open('memory:', { snapshot: store.snapshot() })
    assert.equal(restored.dynamic.value('a.new', 'day', { date: '2026-11-22' }), value)
    assert.equal(restored.dynamic.value('a.other', 'day', { date: DATE }), 1)
    assert.equal(restored.size, 4)
  }
})

test('a handle that was made or first used in a batch that was taken back records where it says', async () => {
  const store = await opened()
  const visits = store.metric('shop.visits')
  const early = visits.at({ page: 'early' })
  const late = givenUp(store, () => {
    early.record('day', 1, DATE)
    const late = visits.at({ page: 'late' })
    late.increment(1, DATE)
    return late
  })
  // These take the numbers that were free again.
  for (const page of ['a', 'b', 'c']) visits.at({ page }).record('day', 100, DATE)
  early.increment(2, DATE)
  late.increment(3, DATE)
  const { parts } = store.breakdown('shop.visits', 'day')
  assert.deepEqual(
    parts.map(({ by, value }) => [by.page, value]),
    [
      ['a', 100],
      ['b', 100],
      ['c', 100],
      ['late', 3],
      ['early', 2],
    ],
  )
})

test('handles of an inner batch that was taken back are of no use to the outer one', async () => {
  const store = await opened()
  const visits = store.metric('shop.visits')
  store.batch(() => {
    const inner = givenUp(store, () => {
      const inner = visits.at({ page: 'inner' })
      inner.record('day', 1, DATE)
      store.record('shop.visits', 'day', 1, { by: { page: 'named' }, date: DATE })
      return inner
    })
    visits.at({ page: 'other' }).record('day', 5, DATE)
    assert.equal(inner.value('day', DATE), undefined)
    store.record('shop.visits', 'day', 7, { by: { page: 'named' }, date: DATE })
    inner.record('day', 9, DATE)
  })
  const { parts } = store.breakdown('shop.visits', 'day')
  assert.deepEqual(
    parts.map(({ by, value }) => [by.page, value]),
    [
      ['inner', 9],
      ['named', 7],
      ['other', 5],
    ],
  )
})

test('a handle that is kept stands for its series after everything was deleted', async () => {
  const store = await opened()
  const visits = store.metric('shop.visits')
  const path = (number) => visits.at({ page: `/${number}` })
  const kept = [path(0), path(1_500), path(2_999)]
  for (let number = 0; number < 3_000; number++) path(number).record('day', 1, '2026-11-22')
  assert.equal(store.delete({}), 3_000)
  for (const handle of kept) assert.equal(handle.series('day').length, 0)
  for (let number = 3_000; number < 6_000; number++) path(number).record('day', 1, DATE)
  for (const [at, handle] of kept.entries()) handle.record('day', 7 + at, DATE)
  for (const [at, number] of [0, 1_500, 2_999].entries()) {
    assert.deepEqual(points(path(number).series('day')), [[DATE, 7 + at]])
  }
  assert.equal(store.size, 3_003)
  const { parts } = store.breakdown('shop.visits', 'day', { limit: 4 })
  assert.deepEqual(
    parts.map(({ value }) => value),
    [9, 8, 7, 1],
  )
})

test('nothing is closed inside a batch, and what comes behind a promise is in none', async (context) => {
  const path = placeFor(context)
  const store = await openedAt(path)
  let [flushed, closed] = []
  store.increment('shop.orders')
  store.batch(() => {
    store.increment('shop.orders')
    flushed = store.flush()
    closed = store.close()
  })
  await rejects('invalid_state', flushed, /batch/)
  await rejects('invalid_state', closed, /batch/)
  // It was refused to close, and is still there.
  store.increment('shop.orders')
  await store.flush()
  // What comes behind a promise is in no batch any more.
  let late
  refuses(
    'invalid_value',
    () =>
      store.batch(() => {
        late = Promise.resolve().then(() => store.increment('shop.orders'))
        return late
      }),
    /promise/,
  )
  await late
  assert.equal(store.value('shop.orders', 'day'), 4)
  await store.close()
  const again = await openedAt(path)
  assert.equal(again.value('shop.orders', 'day'), 4)
  await again.close()
})

test('a batch that is left by whatever way ends those inside of it', async () => {
  const store = await opened()
  for (const thrown of [undefined, null, 0, new Error('given up')]) {
    let caught = 'nothing'
    try {
      store.batch(() => {
        store.increment('shop.orders')
        store.batch(() => {
          store.increment('shop.orders')
          throw thrown
        })
      })
    } catch (error) {
      caught = error
    }
    assert.equal(caught, thrown)
    assert.equal(store.size, 0)
  }
  store.increment('shop.orders')
  const restored = await open('memory:', { snapshot: store.snapshot(), now: () => NOW })
  assert.equal(restored.size, 1)
})

test('handles that an inner batch made are forgotten with the outer one', async () => {
  const store = await opened()
  const places = [utrecht, { country: 'BE', province: 'Namur' }]
  let made
  assert.throws(() =>
    store.batch(() => {
      store.batch(() => {
        made = store.metric('shop.sales').at(places[0])
        made.record('day', 5, '2026-11-23')
        store.register({ name: 'shop.inner' }).record('day', 1, '2026-11-23')
      })
      throw new Error('given up')
    }),
  )
  // What is met now takes the numbers that were given back.
  store.register({ name: 'shop.outer' }).record('day', 1, '2026-11-23')
  store.record('shop.sales', 'day', 7, { by: places[1] })
  made.record('day', 9, '2026-11-23')
  assert.equal(store.value('shop.sales', 'day', { by: places[1] }), 7)
  assert.equal(store.value('shop.sales', 'day', { by: places[0] }), 9)
})

test('a handle of a metric that an inner batch registered finds it again', async () => {
  const store = await opened()
  let made
  const registers = () =>
    store.batch(() => {
      store.batch(() => {
        made = store.register({ name: 'shop.returns' })
        made.record('day', 1, '2026-11-23')
      })
      throw new Error('given up')
    })
  assert.throws(registers, /given up/)
  store.register({ name: 'shop.other' }).record('day', 3, '2026-11-23')
  store.register({ name: 'shop.returns' })
  made.record('day', 2, '2026-11-23')
  assert.equal(store.dynamic.value('shop.other', 'day'), 3)
  assert.equal(store.dynamic.value('shop.returns', 'day'), 2)
})
