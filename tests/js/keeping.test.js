// A store as bytes, and from bytes.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { open } from 'trackstats'

import { root } from './place.js'
import { opened, points, refuses, rejects, utrecht } from './shop.js'

async function filled(options) {
  const store = await opened(options)
  store.record('shop.orders', 'day', 3)
  store.record('shop.orders', 'day', null, { date: '2026-11-01' })
  store.record('shop.revenue', 'lifetime', 0.1)
  store.record('shop.sales', 'week', 5, { by: utrecht })
  return store
}

test('a store that is opened with a snapshot is the same store', async () => {
  const store = await filled({ timeZone: 'Europe/Amsterdam' })
  const bytes = store.snapshot()
  assert.ok(bytes instanceof Uint8Array)
  for (const snapshot of [bytes, bytes.slice().buffer, Buffer.from(bytes)]) {
    const copy = await open('memory:', { snapshot, timeZone: 'Europe/Amsterdam' })
    assert.deepEqual(copy.statistics(), store.statistics())
    assert.deepEqual(copy.metrics, store.metrics)
    assert.deepEqual(copy.domains, store.domains)
    assert.deepEqual(copy.snapshot(), bytes)
  }
})

test('a snapshot does not change when the store does, and two stores are apart', async () => {
  const store = await filled()
  const bytes = store.snapshot()
  const before = bytes.slice()
  const copy = await opened({ snapshot: bytes })
  copy.record('shop.orders', 'day', 9)
  store.delete({})
  assert.deepEqual(bytes, before)
  assert.equal(copy.value('shop.orders', 'day'), 9)
  assert.equal(store.size, 0)
  assert.equal(copy.size, 4)
})

test('a snapshot is opened with bigints or with numbers, whatever it was written by', async () => {
  const store = await filled()
  const exact = await opened({ snapshot: store.snapshot(), bigint: true })
  assert.equal(exact.value('shop.orders', 'day'), 3n)
  const back = await opened({ snapshot: exact.snapshot() })
  assert.equal(back.value('shop.orders', 'day'), 3)
})

test('a snapshot of another zone is refused', async () => {
  const snapshot = (await filled({ timeZone: 'Europe/Amsterdam' })).snapshot()
  const other = opened({ snapshot, timeZone: 'Europe/Brussels' })
  await rejects('zone_mismatch', other, /Europe\/Amsterdam/)
})

test('a snapshot whose metrics are of another kind is refused', async () => {
  const store = await open('memory:')
  store.register({ name: 'shop.orders', kind: 'float' })
  await rejects('kind_mismatch', opened({ snapshot: store.snapshot() }), /shop\.orders/)
})

test('bytes that are no snapshot are refused, wherever they are damaged', async () => {
  const whole = (await filled()).snapshot()
  await rejects('corrupt', opened({ snapshot: new Uint8Array(0) }))
  await rejects('corrupt', opened({ snapshot: new Uint8Array(100) }))
  for (let length = 0; length < whole.length; length++) {
    await assert.rejects(opened({ snapshot: whole.slice(0, length) }), { name: 'TrackstatsError' })
  }
  // A byte that differs is refused, or is part of a value or a text, which then is another.
  const codes = new Set()
  for (let at = 0; at < whole.length; at++) {
    const damaged = whole.slice()
    damaged[at] ^= 0x55
    try {
      const store = await opened({ snapshot: damaged })
      store.statistics()
      store.record('shop.orders', 'day', 1)
    } catch (error) {
      assert.equal(error.name, 'TrackstatsError', error.stack)
      codes.add(error.code)
    }
  }
  assert.ok(codes.has('corrupt'))
  for (const snapshot of [
    'bytes',
    [1, 2],
    {},
    5,
    null,
    new Float64Array(2),
    new DataView(new ArrayBuffer(4)),
  ]) {
    await rejects('invalid_value', opened({ snapshot }), /snapshot/)
  }
})

test('a snapshot of a later version is refused as such', async () => {
  const newer = (await filled()).snapshot()
  // The version is the byte after the four that mark the file.
  const codes = []
  for (let at = 0; at < 12; at++) {
    const bytes = newer.slice()
    bytes[at]++
    await assert.rejects(opened({ snapshot: bytes }), ({ code }) => codes.push(code) > 0)
  }
  assert.ok(codes.includes('newer_version'), codes.join())
})

test('the same operations come to the bytes that Rust comes to', async () => {
  const file = (name) => readFileSync(join(root, 'tests/fixtures/operations', name))
  const { time_zone: timeZone, operations } = JSON.parse(file('operations.json'))
  const store = await open('memory:', { timeZone, bigint: true })
  for (const {
    op,
    name,
    metric,
    period,
    date,
    value: given,
    by = {},
    from,
    to,
    ...texts
  } of operations) {
    const value = typeof given === 'string' ? BigInt(given) : given
    if (op === 'register') store.register({ name, ...texts, ...(Array.isArray(by) && { by }) })
    else if (op === 'record') store.record(metric, period, value, { by, date })
    else if (op === 'increment') store.increment(metric, value, { period, by, date })
    else if (op === 'delete') store.delete({ metric, from, to })
    else assert.fail(op)
  }
  const bytes = file('snapshot.bin')
  assert.deepEqual(Buffer.from(store.snapshot()), bytes)
  const copy = await open('memory:', { snapshot: bytes, timeZone, bigint: true })
  assert.deepEqual(copy.statistics(), store.statistics())
})

test('a snapshot of a large store is whole', async () => {
  const store = await opened()
  const days = Int32Array.from({ length: 3650 }, (_, at) => 17_000 + at)
  for (let page = 0; page < 100; page++) {
    store
      .metric('shop.visits')
      .at({ page })
      .recordAll(
        'day',
        Float64Array.from(days, (day) => day * page),
        days,
      )
  }
  const copy = await opened({ snapshot: store.snapshot() })
  assert.equal(copy.size, 365_000)
  const series = (one) => points(one.series('shop.visits', 'day', { by: { page: 99 } }))
  assert.deepEqual(series(copy), series(store))
  refuses('unknown_metric', () => copy.dynamic.series('shop.nothing', 'day'))
})
