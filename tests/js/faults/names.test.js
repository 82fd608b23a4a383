// Names and arguments that look like parts of the language, and names that are nearly right.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Series, open } from 'trackstats'

import { opened, refuses, rejects } from '../shop.js'

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', 'length']

for (const name of NAMES) {
  test(`a column, a dimension and a metric can be called ${name}`, async () => {
    const store = await open('memory:')
    const own = (value) => Object.fromEntries([[name, value]])
    store.register({ shop: { metrics: own({ by: [name, 'other'] }) } })
    const metric = `shop.${name}`
    const by = { ...own('x'), other: 'y' }
    const date = '2026-11-23'
    store.record(metric, 'day', 3, { by, date })
    store.increment(metric, 2, { by, date })
    assert.equal(store.value(metric, 'day', { by, date }), 5)
    assert.equal(store.metric(metric).at(own('x')).at({ other: 'y' }).value('day', date), 5)
    const [statistic] = store.statistics({ by: own('x') })
    assert.deepEqual(Object.entries(statistic.by).sort(), Object.entries(by).sort())
    const { parts } = store.breakdown(metric, 'day', { by: name, where: { other: 'y' } })
    assert.deepEqual(Object.entries(parts[0].by), [[name, 'x']])
    assert.equal(Object.getPrototypeOf(parts[0].by), Object.prototype)
    const rows = await store.sql(`SELECT 7 AS "${name}" FROM domain`)
    assert.deepEqual(Object.entries(rows[0]), [[name, 7]])
    assert.equal(Object.getPrototypeOf(rows[0]), Object.prototype)
    await store.track(metric, 'day', [{ at: date, ...own('z') }], {
      time: 'at',
      by: own((event) => Object.entries(event).find(([key]) => key === name)[1]),
      object: { other: 'y' },
    })
    assert.equal(store.value(metric, 'day', { by: { ...own('z'), other: 'y' }, date }), 1)
    assert.equal(store.delete({ by: own('z') }), 1)
    await store.close()
  })
}

test('a metric without its domain names the whole', async () => {
  const store = await opened()
  refuses('unknown_metric', () => store.value('orders', 'day'), /did you mean 'shop.orders'\?/)
  refuses('unknown_metric', () => store.metric('oders'), /declare it/)
  await store.close()
})

/** A typed array whose buffer was transferred. */
function detached(array) {
  structuredClone(array, { transfer: [array.buffer ?? array] })
  return array
}

test('what was transferred is refused and not taken as empty', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', 1)
  const text = () => new TextEncoder().encode('metric,period,date,value\n')
  const csv = { format: 'csv' }
  await rejects('invalid_value', store.import(detached(text()), csv), /detached/)
  await rejects('invalid_value', store.import(detached(text().buffer), csv), /detached/)
  await rejects('invalid_value', store.import([text(), detached(text())], csv), /detached/)
  const snapshot = store.snapshot()
  await rejects('invalid_value', open('memory:', { snapshot: detached(snapshot) }), /detached/)
  await rejects(
    'invalid_value',
    open('memory:', { snapshot: detached(new ArrayBuffer(8)) }),
    /detached/,
  )
  const orders = store.metric('shop.orders')
  const days = Int32Array.of(20_000)
  const gone = () => detached(Int32Array.of(20_000))
  refuses(
    'invalid_value',
    () => orders.recordAll('day', Float64Array.of(1), gone()),
    /dates is detached/,
  )
  refuses('invalid_value', () => orders.recordAll('day', [], gone()), /dates is detached/)
  refuses(
    'invalid_value',
    () => orders.recordAll('day', detached(Float64Array.of(1)), days),
    /values/,
  )
  refuses(
    'invalid_value',
    () => orders.recordAll('day', detached(BigInt64Array.of(1n)), []),
    /values/,
  )
  const track = (columns) => store.trackColumns('shop.visits', 'day', columns)
  await rejects('invalid_value', track({ time: gone() }), /times is detached/)
  await rejects(
    'invalid_value',
    track({ time: [], sum: detached(Float64Array.of(1)) }),
    /'sum' is detached/,
  )
  await rejects('invalid_value', track({ time: [], by: { page: gone() } }), /'page' is detached/)
  assert.equal(store.size, 1)
  await store.close()
})

test('a stream that somebody else reads is refused', async () => {
  const store = await opened()
  const stream = () => new Blob(['metric,period,date,value\n']).stream()
  const locked = stream()
  locked.getReader()
  await rejects('invalid_state', store.import(locked, { format: 'csv' }), /somebody else/)
  const response = new Response('metric,period,date,value\n')
  await response.text()
  await rejects('io', store.import(response, { format: 'csv' }), /cannot be read/)
  assert.equal((await store.import(stream(), { format: 'csv' })).read, 0)
  await store.close()
})

test('what is nearly right is named with what was meant', async () => {
  const store = await opened()
  const unknown = (code, call, text) => refuses(code, call, text)
  unknown(
    'unknown_metric',
    () => store.value('shop.ordesr', 'day'),
    /'shop\.ordesr'.*did you mean 'shop\.orders'/,
  )
  unknown(
    'unknown_metric',
    () => store.delete({ metric: 'Shop.Orders' }),
    /did you mean 'shop\.orders'/,
  )
  unknown('unknown_metric', () => store.value('users.logins', 'day'), /'users\.logins': declare it/)
  const by = { contry: 'NL', province: 'Utrecht' }
  unknown(
    'unknown_dimension',
    () => store.record('shop.sales', 'day', 1, { by }),
    /'contry'.*'country'/,
  )
  unknown(
    'unknown_period',
    () => store.value('shop.orders', 'weekly'),
    /'weekly'.*did you mean 'week'/,
  )
  const series = (options) => () => store.series('shop.orders', 'day', options)
  unknown('invalid_value', series({ fill: 'zeros' }), /'zeros'.*did you mean 'zero'/)
  unknown('invalid_value', series({ bucket: 'Month' }), /'Month'.*did you mean 'month'/)
  unknown(
    'invalid_value',
    series({ rolling: { days: 3, aggregate: 'avg' } }),
    /'avg'.*use sum, mean/,
  )
  refuses('invalid_date', series({ from: new Date(Number.NaN) }), /an invalid Date/)
  refuses(
    'invalid_date',
    () => store.record('shop.orders', 'day', 1, { date: new Date('x') }),
    /invalid Date/,
  )
  refuses(
    'invalid_value',
    () => store.record('shop.orders', 'day', new Date(0)),
    /1970-01-01T00:00:00/,
  )
  await store.close()
})

test('a store is used through proxies, and left alone by Vue', async () => {
  const store = await opened()
  const proxied = new Proxy(store, {})
  proxied.record('shop.orders', 'day', 3)
  proxied.increment('shop.orders', 2)
  assert.equal(proxied.value('shop.orders', 'day'), 5)
  assert.equal(proxied.size, 1)
  const end = proxied.subscribe({ metric: 'shop.orders', period: 'day' }, () => undefined)
  end()
  const rows = await proxied.sql`SELECT value FROM statistic_by_date`
  assert.deepEqual([...rows], [{ value: 5 }])
  const series = new Proxy(proxied.series('shop.orders', 'day'), {})
  assert.deepEqual(series.toArray(), [{ date: '2026-11-23', value: 5 }])
  assert.deepEqual([...series.dates], ['2026-11-23'])
  assert.equal(series.get('2026-11-23'), 5)
  assert.deepEqual(Series.from(series).dates, ['2026-11-23'])
  // What `ref` and `reactive` look at before they make a proxy.
  for (const one of [store, series, store.metric('shop.orders')]) assert.equal(one.__v_skip, true)
  assert.deepEqual(Object.keys(store), ['sql'])
  await proxied.close()
  refuses('closed', () => store.value('shop.orders', 'day'))
})
