// What was stored stays readable, whatever is declared later.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { open } from 'trackstats'

import { placeFor } from '../durable/place.js'
import { NOW, points, refuses } from '../shop.js'

const SALES = 'shop.sales'
const country = { country: 'NL' }
const OLD = [
  ['2026-11-20', 3],
  ['2026-11-21', 4],
  ['2026-11-22', 5],
]

/** Recorded by country, and then declared by region. */
function redeclare(store) {
  store.register({ name: SALES, by: ['country'] })
  for (const [date, sold] of OLD) store.dynamic.record(SALES, 'day', sold, { by: country, date })
  store.register({ name: SALES, by: ['region'] })
  store.dynamic.record(SALES, 'day', 1, { by: { region: 'north' }, date: '2026-11-23' })
}

const opened = (address = 'memory:', options = {}) => open(address, { now: () => NOW, ...options })

/** Checks that everything that was recorded by country can be read. */
function readable(store, left = OLD) {
  const { dynamic } = store
  const sum = left.reduce((sum, [, sold]) => sum + sold, 0)
  assert.deepEqual(points(dynamic.series(SALES, 'day', { by: country })), left)
  assert.deepEqual(points(dynamic.metric(SALES).at(country).series('day')), left)
  assert.equal(dynamic.total(SALES, 'day', { by: country }).sum, sum)
  const { parts, splitBy } = dynamic.breakdown(SALES, 'day', { by: 'country' })
  assert.deepEqual(
    { parts, splitBy },
    { parts: [{ by: country, value: sum }], splitBy: ['country'] },
  )
  const found = dynamic.seriesBy(SALES, 'day', { by: 'country' })
  assert.deepEqual(points(found.parts[0].series), left)
  assert.equal(store.statistics({ by: country }).length, left.length)
  // What is declared now is what is read unless it is said otherwise.
  assert.deepEqual(dynamic.breakdown(SALES, 'day').parts, [{ by: { region: 'north' }, value: 1 }])
}

test('what an earlier declaration recorded is read, exported, imported and restored', async () => {
  const store = await opened()
  redeclare(store)
  readable(store)
  const undeclared = [{ metric: SALES, dimension: 'country' }]
  for (const format of ['jsonl', 'csv']) {
    const text = await store.export({ format })
    const imported = await opened()
    imported.register({ name: SALES, by: ['region'] })
    const report = await imported.import(text, { format })
    assert.deepEqual([report.created, report.undeclared], [4, undeclared], format)
    readable(imported)
    assert.equal(await imported.export({ format }), text)
  }
  const restored = await opened('memory:', { snapshot: store.snapshot() })
  readable(restored)
  assert.deepEqual(restored.snapshot(), store.snapshot())
  assert.equal((await store.sql`SELECT * FROM statistic_by_date_and_object`).length, 4)
})

test('an import says nothing of dimensions that are declared, or of metrics that may have any', async () => {
  const store = await opened()
  const text = 'metric,period,date,value,country\nshop.sales,day,2026-11-20,1,NL\n'
  store.register({ name: SALES })
  const report = await store.import(text, { format: 'csv' })
  assert.deepEqual([report.created, report.undeclared], [1, undefined])
  store.register({ name: SALES, by: ['country'] })
  assert.equal((await store.import(text, { format: 'csv' })).undeclared, undefined)
})

/** What is done with what an earlier declaration recorded, and what is left of it. */
const WAYS = {
  'is deleted by its date': [(store) => store.delete({ to: '2026-11-20' }), OLD.slice(1)],
  'is deleted by its dimension': [
    (store) => store.delete({ by: country, from: '2026-11-22' }),
    OLD.slice(0, 2),
  ],
  'is deleted by its split': [
    (store) => store.delete({ splitBy: ['country'], to: '2026-11-21' }),
    OLD.slice(2),
  ],
  'is too old to be kept': [(store) => store.retainDays({}, 2), OLD.slice(2)],
  'is deleted in a batch': [
    (store) => store.batch(() => store.delete({ to: '2026-11-21' })),
    OLD.slice(2),
  ],
}

for (const [way, [act, left]] of Object.entries(WAYS)) {
  for (const isOpenedBetween of [false, true]) {
    const when = isOpenedBetween ? ', after it was opened again' : ''
    test(`a store opens with everything else once what was recorded before ${way}${when}`, async (context) => {
      const address = `file:${placeFor(context)}`
      let store = await opened(address)
      redeclare(store)
      if (isOpenedBetween) {
        await store.close()
        store = await opened(address)
      }
      const beside = await opened(address, { readOnly: true })
      act(store)
      await store.flush()
      await beside.refresh()
      readable(beside, left)
      refuses('read_only', () => beside.record(SALES, 'day', 1, { by: { region: 'north' } }))
      await beside.close()
      await store.close()
      for (const readOnly of [true, false]) {
        const again = await opened(address, { readOnly })
        readable(again, left)
        assert.equal(again.size, left.length + 1)
        await again.close()
      }
    })
  }
}

test('a handle that was made before reads what is there, and records nothing any more', async () => {
  for (const isUsed of [false, true]) {
    const store = await opened()
    const sales = store.register({ name: SALES, by: ['country'] })
    const handle = sales.at(country)
    if (isUsed) handle.record('day', 3, '2026-11-20')
    redeclare(store)
    const before = store.snapshot()
    refuses('unknown_dimension', () => handle.record('day', 1, '2026-11-23'), /region/)
    refuses('unknown_dimension', () => handle.increment(1, '2026-11-23'), /region/)
    refuses('unknown_dimension', () => handle.recordAll('day', [1], ['2026-11-23']), /region/)
    assert.deepEqual(points(handle.series('day')), OLD)
    assert.equal(handle.value('day', '2026-11-21'), 4)
    assert.deepEqual(store.snapshot(), before)
    store.register({ name: SALES, by: ['country', 'region'] })
    handle.record('day', 1, '2026-11-23')
    assert.equal(handle.latest('day').date, '2026-11-23')
  }
})

test('what is no longer declared is not recorded by name, nor what never was', async () => {
  const store = await opened()
  redeclare(store)
  const { dynamic } = store
  const before = store.snapshot()
  for (const by of [country, { colour: 'red' }, { ...country, region: 'north' }]) {
    const place = { by, date: '2026-11-23' }
    refuses('unknown_dimension', () => dynamic.record(SALES, 'day', 1, place), /region/)
    refuses('unknown_dimension', () => dynamic.increment(SALES, 1, place), /region/)
    refuses('unknown_dimension', () => dynamic.metric(SALES).at(by).increment(1, '2026-11-23'))
    readable(store)
  }
  await assert.rejects(
    dynamic.track(SALES, 'day', [{ at: NOW, country: 'NL' }], {
      time: 'at',
      by: { country: 'country' },
    }),
    ({ code }) => code === 'unknown_dimension',
  )
  refuses('unknown_dimension', () => dynamic.series(SALES, 'day', { by: { colour: 'red' } }))
  assert.deepEqual(store.snapshot(), before)
  store.delete({ by: country })
  refuses('unknown_dimension', () => dynamic.series(SALES, 'day', { by: country }))
  refuses('unknown_dimension', () => dynamic.breakdown(SALES, 'day', { by: 'country' }))
  refuses('unknown_dimension', () => dynamic.seriesBy(SALES, 'day', { by: 'country' }))
})

test('metrics are listed in the order of their registration, also after a batch was taken back', async (context) => {
  const address = `file:${placeFor(context)}`
  let store = await opened(address)
  const givenUp = () => {
    store.register({ name: 'shop.second', kind: 'float' })
    throw new Error('given up')
  }
  assert.throws(() => store.batch(givenUp), /given up/)
  store.register({ name: 'shop.first' })
  store.register({ name: 'shop.second' })
  const listed = () => store.metrics.map(({ name, kind }) => [name, kind])
  const expected = [
    ['shop.first', 'integer'],
    ['shop.second', 'integer'],
  ]
  assert.deepEqual(listed(), expected)
  store.dynamic.record('shop.second', 'day', 1, { date: '2026-11-23' })
  await store.close()
  store = await opened(address)
  assert.deepEqual(listed(), expected)
  await store.close()
})

test('a metric that comes again with another kind has that kind, in the file too', async (context) => {
  const address = `file:${placeFor(context)}`
  const store = await opened(address)
  const givenUp = () => {
    store.register({ name: 'shop.mass' }).record('day', 1, '2026-11-23')
    throw new Error('given up')
  }
  assert.throws(() => store.batch(givenUp), /given up/)
  store.register({ name: 'shop.mass', kind: 'float' }).record('day', 0.5, '2026-11-23')
  await store.close()
  const again = await opened(address)
  assert.equal(again.dynamic.value('shop.mass', 'day', { date: '2026-11-23' }), 0.5)
  await again.close()
})

test('the previous value of a gap is null after a null', async () => {
  const store = await opened()
  const orders = store.register({ name: 'shop.orders' })
  for (const [date, value] of [
    ['2026-11-18', 3],
    ['2026-11-19', null],
    ['2026-11-22', 5],
  ]) {
    orders.record('day', value, date)
  }
  const values = { '2026-11-18': 3, '2026-11-22': 5, '2026-11-23': 5 }
  for (const from of ['2026-11-18', '2026-11-20']) {
    const filled = orders.series('day', { from, to: '2026-11-23', fill: 'previous' })
    for (const [date, value] of points(filled)) {
      assert.equal(value, values[date] ?? null, `${date} from ${from}`)
    }
  }
})
