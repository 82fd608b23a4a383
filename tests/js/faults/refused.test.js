// A call that fails changes nothing, the catalog neither, and leaves nothing behind that changes an answer.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { TrackstatsError, defineStats, open } from 'trackstats'

import { NOW } from '../shop.js'

const stats = defineStats({
  m: { metrics: { a: { by: ['country', 'province'] }, mass: { kind: 'float' } } },
  shop: { metrics: { orders: 'Orders' } },
})

const DATE = '2026-11-23'
const utrecht = { country: 'NL', province: 'Utrecht' }
const FR = { country: 'FR' }
const long = 'x'.repeat(2_000)
const events = (last) => ({
  *[Symbol.iterator]() {
    for (let number = 0; number < 3; number++) yield { at: NOW, country: 'FR' }
    if (last instanceof Error) throw last
    yield last
  },
})

/** Calls that are refused. */
const CALLS = {
  'a float at a new place': (store) => store.record('m.a', 'day', 0.5, { by: FR }),
  'a float that is added at a new place': (store) => store.increment('m.a', 0.5, { by: FR }),
  'a value of a dimension that is too long': (store) =>
    store.record('m.a', 'day', 1, { by: { country: long } }),
  'a value of a dimension that is none': (store) =>
    store.record('m.a', 'day', 1, { by: { country: 'FR', province: {} } }),
  'half a character': (store) => store.record('m.a', 'day', 1, { by: { country: '\ud800' } }),
  'a dimension that is not declared': (store) =>
    store.record('m.a', 'day', 1, { by: { ...FR, shop: '1' } }),
  'no date': (store) => store.record('m.a', 'day', 1, { by: FR, date: '2026-11-31' }),
  'no period': (store) => store.record('m.a', 'hour', 1, { by: FR }),
  'no number': (store) => store.record('m.mass', 'day', Number.NaN),
  'a key that nobody knows': (store) => store.record('m.a', 'day', 1, { by: FR, at: DATE }),
  'a metric that nobody knows': (store) => store.record('new.metric', 'day', 1),
  'a sum that does not fit': (store) =>
    store.increment('shop.orders', Number.MAX_SAFE_INTEGER, { date: '2026-11-20' }),
  'a handle at a value that is too long': (store) =>
    store.metric('m.a').at({ country: long }).increment(),
  'many of which one does not fit': (store) =>
    store.metric('m.a').at(FR).recordAll('day', [1, 0.5], ['2026-11-22', DATE]),
  'many of which one has no date': (store) =>
    store.metric('m.a').at(FR).recordAll('day', [1, 2], [DATE, '2026-11-31']),
  'many days that lie outside the calendar': (store) =>
    store
      .metric('m.a')
      .at(FR)
      .recordAll('day', [1, 2], Int32Array.of(20_000, 2 ** 31 - 1)),
  'more days than values': (store) =>
    store.metric('m.a').at(FR).recordAll('day', [1], Int32Array.of(20_000, 20_001)),
  'a metric whose dimension is reserved': (store) =>
    store.register({ name: 'new.metric', by: ['date'] }),
  'a metric of another kind': (store) => store.register({ name: 'm.a', kind: 'float', title: 'A' }),
  'a declaration with one bad metric': (store) =>
    store.register({
      new: { title: 'New', metrics: { fine: 'Fine', bad: { by: ['date'] } } },
    }),
  'a declaration of which one metric has another kind': (store) =>
    store.register({ m: { title: 'M', metrics: { b: 'B', a: { kind: 'float' } } } }),
  'a batch that is given up': (store) =>
    store.batch(() => {
      store.register({ new: { metrics: { metric: { by: ['a'] } } } })
      store.record('new.metric', 'day', 1, { by: { a: 1 } })
      store.record('m.a', 'day', 9, { by: { country: 'NL' } })
      store.delete({})
      throw new TrackstatsError('aborted', 'given up')
    }),
  'a batch of a promise': (store) =>
    store.batch(() => Promise.resolve(store.record('m.a', 'day', 9, { by: FR }))),
  'a filter with a key that nobody knows': (store) => store.delete({ metrics: ['m.a'] }),
  'a filter of a metric that nobody knows': (store) => store.delete({ metric: 'new.metric' }),
  'days that are none': (store) => store.retainDays({}, -1),
  'a file with a bad line': (store) =>
    store.import(
      '{"metric":"new.metric"}\n{"metric":"new.metric","period":"day","date":"x","value":1}',
      { format: 'jsonl' },
    ),
  'a table with a bad line': (store) =>
    store.import('metric,period,date,value,country\nm.a,day,2026-11-22,1,FR\nm.a,day,x,1,FR\n', {
      format: 'csv',
    }),
  'a statement whose second row is refused': (store) =>
    store.sql`INSERT INTO metric (domain, metric) VALUES ('new', 'metric'), ('new', 'no name')`,
  'an event without a time that is one': (store) =>
    store.track('m.a', 'day', events({ at: 'x', country: 'FR' }), {
      time: 'at',
      by: { country: 'country' },
    }),
  'a source that fails': (store) =>
    store.track('m.a', 'day', events(new TrackstatsError('aborted', 'it fails')), {
      time: 'at',
      by: { country: 'country' },
    }),
  'events with a value that does not fit': (store) =>
    store.track('m.a', 'day', events({ at: NOW, country: 'FR' }), {
      time: 'at',
      by: { country: 'country' },
      sum: () => 0.5,
    }),
  'columns of which one is shorter': (store) =>
    store.trackColumns('m.a', 'day', { time: [NOW, NOW], by: { country: ['FR'] } }),
  'means of integers': (store) =>
    store.trackColumns('m.a', 'day', { time: [NOW], by: { country: ['FR'] }, mean: [1] }),
}

async function opened() {
  const store = await open('memory:', { stats, now: () => NOW })
  store.record('m.a', 'day', 7, { by: utrecht, date: DATE })
  store.record('shop.orders', 'day', 1, { date: '2026-11-20' })
  return store
}

const failing = (store, call) =>
  assert.rejects(
    async () => call(store.dynamic),
    (error) => error instanceof TrackstatsError,
  )

const byCountry = (store) => store.breakdown('m.a', 'day', { by: 'country' })
const NL = {
  parts: [{ by: { country: 'NL' }, value: 7 }],
  other: null,
  otherCount: 0,
  splitBy: ['country', 'province'],
}
const NAMES = ['m.a', 'm.mass', 'shop.orders']

for (const [what, call] of Object.entries(CALLS)) {
  test(`${what} is refused and changes nothing`, async () => {
    const store = await opened()
    const before = store.snapshot()
    const { domains, metrics } = store
    let told = 0
    store.subscribe({ metric: 'shop.orders', period: 'day' }, () => told++)
    for (let time = 0; time < 2; time++) {
      await failing(store, call)
      assert.deepEqual(store.snapshot(), before)
      assert.deepEqual([store.domains, store.metrics], [domains, metrics])
      assert.deepEqual(
        metrics.map(({ name }) => name),
        NAMES,
      )
    }
    assert.equal(told, 0)
    // A series without a point does not count.
    assert.deepEqual(byCountry(store), NL)
    assert.equal(store.size, 2)
    // What is recorded next is there, and alone.
    store.record('m.a', 'day', 4, { by: { country: 'FR', province: 'Var' }, date: DATE })
    assert.deepEqual(
      byCountry(store).parts.map(({ by, value }) => [by.country, value]),
      [
        ['NL', 7],
        ['FR', 4],
      ],
    )
    const restored = await open('memory:', { snapshot: store.snapshot() })
    assert.equal(restored.size, 3)
    await store.close()
  })
}

test('a call that fails inside a batch changes nothing of it', async () => {
  const asynchronous = []
  for (const [what, call] of Object.entries(CALLS)) {
    const store = await opened()
    store.batch(() => {
      store.record('m.a', 'day', 1, { by: { country: 'BE' }, date: DATE })
      const before = store.snapshot()
      try {
        asynchronous.push(Promise.resolve(call(store.dynamic)).catch(() => undefined))
      } catch (error) {
        assert.ok(error instanceof TrackstatsError, what)
      }
      assert.deepEqual(store.snapshot(), before, what)
    })
    assert.equal(store.size, 3, what)
    assert.deepEqual(
      store.metrics.map(({ name }) => name),
      NAMES,
      what,
    )
  }
  await Promise.all(asynchronous)
})

test('what was recorded by fewer dimensions counts as long as it is there', async () => {
  const store = await opened()
  const country = { by: { country: 'NL' }, date: DATE }
  const record = () => store.record('m.a', 'day', 9, country)
  const nine = { ...NL, parts: [{ by: { country: 'NL' }, value: 9 }], splitBy: ['country'] }
  record()
  assert.deepEqual(byCountry(store), nine)
  store.delete({ splitBy: ['country'] })
  assert.deepEqual(byCountry(store), NL)
  store.metric('m.a').at({ country: 'NL' })
  assert.deepEqual(byCountry(store), NL)
  assert.throws(() =>
    store.batch(() => {
      record()
      assert.deepEqual(byCountry(store), nine)
      throw new Error('given up')
    }),
  )
  assert.deepEqual(byCountry(store), NL)
  const restored = await open('memory:', { snapshot: store.snapshot(), stats })
  assert.deepEqual(byCountry(restored), NL)
})
