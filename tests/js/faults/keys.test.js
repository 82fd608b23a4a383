// Values are where they were recorded: no two sets of dimensions are one, whatever they are called, and no
// handle stands for another place than it was made for.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { open } from 'trackstats'

import { opened, utrecht } from '../shop.js'

const date = '2026-11-23'
const WORDS = [
  'x',
  'y',
  '1',
  '2',
  '1y',
  '1ystring2',
  'xstring1y',
  '1:x',
  '3:1',
  'string',
  '1n',
  '',
  ':',
]

/** All sets of one and of two dimensions of these words; names are never empty. */
function* sets() {
  const names = WORDS.filter((name) => name !== '')
  for (const name of names) {
    for (const value of WORDS) {
      yield { [name]: value }
      for (const other of ['y', '1', 'string', '1ystring2']) {
        if (other !== name)
          for (const more of ['2', '1', 'y', '']) yield { [name]: value, [other]: more }
      }
    }
  }
}

/** One text for what is one set, in whatever order it is written. */
const keyOf = (by) =>
  JSON.stringify(
    Object.entries(by)
      .map(([name, value]) => [name, String(value)])
      .sort(),
  )

for (const round of ['first', 'known']) {
  test(`each set of dimensions has a value of its own, ${round}`, async () => {
    const store = await open('memory:')
    store.register({ any: { metrics: { thing: 'Thing' } } })
    const wanted = new Map()
    for (const by of sets()) wanted.set(keyOf(by), by)
    let number = 0
    const numbers = new Map()
    for (let time = round === 'known' ? 2 : 1; time > 0; time--) {
      for (const [key, by] of wanted) {
        number += 1
        numbers.set(key, number)
        store.record('any.thing', 'day', number, { by, date })
      }
    }
    assert.equal(store.size, wanted.size)
    for (const [key, by] of wanted) {
      const turned = Object.fromEntries(Object.entries(by).reverse())
      for (const one of [by, turned]) {
        assert.equal(store.value('any.thing', 'day', { by: one, date }), numbers.get(key), key)
        assert.equal(store.metric('any.thing').at(one).value('day', date), numbers.get(key), key)
      }
    }
    // Nothing was recorded as a total, and nothing is passed off as one.
    assert.throws(() => store.value('any.thing', 'day', { by: {}, date }), {
      code: 'unknown_dimension',
    })
    await store.close()
  })
}

test('one value of a dimension is one, as a text, a number or a bigint', async () => {
  const store = await open('memory:')
  store.register({ any: { metrics: { thing: 'Thing', split: { by: ['a', 'b'] } } } })
  for (const metric of ['any.thing', 'any.split']) {
    for (const a of ['1', 1, 1n]) {
      for (const b of ['2', 2, 2n]) store.increment(metric, 1, { by: { a, b }, date })
      store.increment(metric, 1, { by: { a }, date })
    }
    for (const a of ['1', 1, 1n]) {
      assert.equal(store.value(metric, 'day', { by: { b: 2, a }, date }), 9)
      assert.equal(store.value(metric, 'day', { by: { a }, date }), 3)
    }
    assert.equal(store.value(metric, 'day', { by: { a: '2', b: '1' }, date }), undefined)
  }
  await store.close()
})

test('the objects of events are told apart by all of their values', async () => {
  const store = await open('memory:')
  store.register({ any: { metrics: { pair: { by: ['a', 'b'] }, one: { by: 'a' } } } })
  const values = ['1', '12', '2', '', '1b', 'b', '16384', '16385']
  const events = values.flatMap((a) => values.map((b) => ({ at: date, a, b })))
  await store.track('any.pair', 'day', events, { time: 'at', by: { a: 'a', b: 'b' } })
  await store.trackColumns('any.pair', 'week', {
    time: events.map(({ at }) => at),
    by: { a: events.map(({ a }) => a), b: events.map(({ b }) => b) },
  })
  for (const { a, b } of events) {
    assert.equal(store.value('any.pair', 'day', { by: { a, b }, date }), 1, `${a} ${b}`)
    assert.equal(store.value('any.pair', 'week', { by: { a, b }, date }), 1, `${a} ${b}`)
  }
  const numbers = [0, 1, 16_383, 16_384, 16_385, -1, 2 ** 31, 1e15]
  const mixed = numbers.flatMap((a) => [a, String(a), BigInt(a)]).map((a) => ({ at: date, a }))
  await store.track('any.one', 'day', mixed, { time: 'at', by: { a: 'a' } })
  for (const a of numbers)
    assert.equal(store.value('any.one', 'day', { by: { a }, date }), 3, String(a))
  assert.equal(store.statistics({ metric: 'any.one' }).length, numbers.length)
  await store.close()
})

test('a handle of a batch in a batch that is rolled back stands for its place afterwards', async () => {
  for (const depth of [1, 2, 3]) {
    const store = await opened()
    let handle
    const nested = (left) => {
      if (left > 0) return store.batch(() => nested(left - 1))
      handle = store.metric('shop.sales').at(utrecht)
      handle.record('day', 5, date)
      return undefined
    }
    assert.throws(() =>
      store.batch(() => {
        nested(depth)
        throw new Error('rolled back')
      }),
    )
    // What takes the numbers that the batch had given.
    for (const page of ['a', 'b', 'c'])
      store.record('shop.visits', 'day', 1, { by: { page }, date })
    assert.equal(handle.value('day', date), undefined)
    handle.record('day', 7, date)
    assert.equal(store.value('shop.sales', 'day', { by: utrecht, date }), 7)
    for (const page of ['a', 'b', 'c']) {
      assert.equal(store.value('shop.visits', 'day', { by: { page }, date }), 1)
    }
    assert.equal(store.size, 4)
    await store.close()
  }
})

test('a subscription that ended while a change waits to be told is not told', async () => {
  const store = await opened()
  const query = { metric: 'shop.orders', period: 'day' }
  const told = []
  const end = store.subscribe(query, () => told.push('ended'))
  const stay = store.subscribe(query, () => told.push('stays'))
  store.record('shop.orders', 'day', 1)
  end()
  await Promise.resolve()
  assert.deepEqual(told, ['stays'])
  const again = store.subscribe(query, () => told.push('again'))
  store.record('shop.orders', 'day', 2)
  stay()
  again()
  await Promise.resolve()
  assert.deepEqual(told, ['stays'])
  await store.close()
})

test('a null in the place of a value, or of another null, is a change', async () => {
  for (const bigint of [false, true]) {
    const store = await opened({ bigint })
    let told = 0
    store.subscribe({ metric: 'shop.orders', period: 'day' }, () => told++)
    const values = [
      [0, null],
      [null, 0],
      [null, null],
      [0, 0],
      [0, 0],
    ]
    const tolds = []
    for (const [one, two] of values) {
      store.record('shop.orders', 'day', one, { date: '2026-11-20' })
      store.record('shop.orders', 'day', two, { date: '2026-11-21' })
      await Promise.resolve()
      tolds.push(told)
    }
    assert.deepEqual(tolds, [1, 2, 3, 4, 4])
    await store.close()
  }
})
