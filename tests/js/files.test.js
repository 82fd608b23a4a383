// Import and export.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { open } from 'trackstats'

import { root } from './place.js'
import { opened, points, rejects, utrecht } from './shop.js'

const file = (name) => readFileSync(join(root, 'tests/fixtures', name))

async function filled() {
  const store = await opened()
  store.record('shop.orders', 'day', 3)
  store.record('shop.orders', 'week', null)
  store.record('shop.revenue', 'day', 0.1)
  store.record('shop.sales', 'day', 5, { by: utrecht, date: '2026-11-20' })
  store.record('shop.visits', 'lifetime', 7, { by: { page: 'a,"b"\n' } })
  return store
}

test('JSON Lines lose nothing, and CSV loses texts about metrics only', async () => {
  const store = await filled()
  for (const format of ['jsonl', 'csv']) {
    const text = await store.export({ format })
    assert.deepEqual(Buffer.from(await store.exportBytes({ format })), Buffer.from(text))
    const copy = await open('memory:')
    if (format === 'csv') copy.register({ name: 'shop.revenue', kind: 'float' })
    const report = await copy.import(text, { format })
    const { read, ...rest } = report
    assert.ok(read >= 5)
    assert.deepEqual(rest, {
      created: 5,
      changed: 0,
      unchanged: 0,
      ignored: 0,
      skipped: 0,
      badLines: [],
    })
    assert.deepEqual(
      copy.statistics().map((one) => JSON.stringify(one)),
      store.statistics().map((one) => JSON.stringify(one)),
    )
    if (format === 'jsonl') {
      assert.deepEqual(copy.metrics, store.metrics)
      assert.deepEqual(copy.statistics(), store.statistics())
    }
  }
})

test('an export holds what its filter chooses', async () => {
  const store = await filled()
  const text = await store.export({ format: 'csv', metric: 'shop.orders', period: 'day' })
  assert.equal(text.trim().split('\n').length, 2)
  assert.match(text, /shop\.orders,day,2026-11-23,3/)
  const none = await store.export({ format: 'csv', from: '2030-01-01' })
  assert.equal(none.trim().split('\n').length, 1)
  await rejects('invalid_value', store.export({ format: 'xml' }), /format/)
  await rejects('invalid_value', store.export(), /format/)
  await rejects('unknown_metric', store.export({ format: 'csv', metric: 'shop.nothing' }))
})

test('a file is a text, bytes, a Blob, a Response, a stream or an iterable', async () => {
  const text =
    'metric,period,date,value\nshop.orders,day,2026-11-23,3\nshop.orders,day,2026-11-22,é\n'.replace(
      'é',
      '4',
    )
  const bytes = new TextEncoder().encode(text)
  const halves = [bytes.subarray(0, 30), bytes.subarray(30)]
  const stream = (pieces) =>
    new ReadableStream({
      start(controller) {
        pieces.forEach((piece) => controller.enqueue(piece))
        controller.close()
      },
    })
  const bare = stream(halves)
  const sources = {
    text,
    bytes,
    buffer: bytes.slice().buffer,
    view: new DataView(bytes.slice().buffer),
    nodeBuffer: Buffer.from(text),
    blob: new Blob([text]),
    response: new Response(text),
    stream: stream(halves),
    'stream of texts': stream([text.slice(0, 10), text.slice(10)]),
    'stream that cannot be iterated': { getReader: () => bare.getReader() },
    iterable: halves,
    generator: halves.values(),
    'asynchronous iterable': (async function* () {
      yield* halves
    })(),
    'empty pieces': ['', new Uint8Array(0), ...halves],
  }
  for (const [name, source] of Object.entries(sources)) {
    const store = await opened()
    const report = await store.import(source, { format: 'csv' })
    assert.equal(report.created, 2, name)
    assert.equal(store.total('shop.orders', 'day').sum, 7, name)
  }
})

test('a character may be cut between two pieces', async () => {
  const text = 'metric,period,date,value,page\nshop.visits,day,2026-11-23,3,日本\n'
  const bytes = new TextEncoder().encode(text)
  const store = await opened()
  await store.import(
    Array.from(bytes, (byte) => Uint8Array.of(byte)),
    { format: 'csv' },
  )
  assert.equal(store.value('shop.visits', 'day', { by: { page: '日本' } }), 3)
})

test('what cannot be read is refused', async () => {
  const store = await opened()
  const csv = { format: 'csv' }
  for (const source of [undefined, null, 5, {}, () => 'text', true]) {
    await rejects('invalid_value', store.import(source, csv), /cannot be read/)
  }
  await rejects('invalid_value', store.import([5], csv), /piece/)
  await rejects('invalid_value', store.import([null], csv), /piece/)
  const used = new Response('text')
  await used.text()
  await rejects('io', store.import(used, csv))
  await rejects(
    'io',
    store.import(new Response('no', { status: 404, statusText: 'Not Found' }), csv),
    /404/,
  )
  await rejects('io', store.import(Response.error(), csv))
  const broken = new Error('the connection was lost')
  async function* failing() {
    yield 'metric,period'
    throw broken
  }
  await assert.rejects(store.import(failing(), csv), (error) => error === broken)
  for (const options of [undefined, null, {}, { format: 'xml' }, { format: 5 }, 'csv']) {
    await rejects('invalid_value', store.import('', options))
  }
  for (const contentTypes of [
    5,
    'a',
    [5],
    [[1, 'a']],
    [['1', 'a', 'b']],
    [[0.5, 'a', 'b']],
    new Array(1),
  ]) {
    await rejects(
      'invalid_value',
      store.import('', { format: 'django', contentTypes }),
      /contentTypes/,
    )
  }
  assert.equal(store.size, 0)
})

test('a bad line refuses the file, or is passed over and listed', async () => {
  const store = await opened()
  const lines = [
    'metric,period,date,value',
    'shop.orders,day,2026-11-23,3',
    'shop.orders,hour,2026-11-23,3',
    'shop.orders,day,2026-02-30,3',
    'shop.orders,day,2026-11-22,x',
    'shop.orders,day,2026-11-21,4',
  ]
  const text = lines.join('\n')
  await assert.rejects(store.import(text, { format: 'csv' }), (error) =>
    /line 3/.test(error.message),
  )
  assert.equal(store.size, 0)
  const report = await store.import(text, { format: 'csv', skipBadLines: true })
  assert.equal(report.created, 2)
  assert.equal(report.skipped, 3)
  assert.deepEqual(
    report.badLines.map(({ line, code }) => [line, code]),
    [
      [3, 'unknown_period'],
      [4, 'invalid_date'],
      [5, 'invalid_value'],
    ],
  )
  assert.ok(report.badLines.every(({ message }) => message.length > 0))
  const many = `${lines[0]}\n${'bad\n'.repeat(250)}`
  const listed = await store.import(many, { format: 'csv', skipBadLines: true })
  assert.equal(listed.skipped, 250)
  assert.equal(listed.badLines.length, 100)
})

test('importing again changes nothing, and says so', async () => {
  const store = await filled()
  const before = store.snapshot()
  const text = await store.export({ format: 'jsonl' })
  const report = await store.import(text, { format: 'jsonl' })
  assert.equal(report.unchanged, 5)
  assert.deepEqual(store.snapshot(), before)
  store.record('shop.orders', 'day', 99)
  assert.equal((await store.import(text, { format: 'jsonl' })).changed, 1)
  assert.equal(store.value('shop.orders', 'day'), 3)
})

test('dates of another zone are refused, unless it is said that they are meant', async () => {
  const there = await open('memory:', { timeZone: 'Asia/Tokyo' })
  there.register({ name: 'a.b' })
  there.record('a.b', 'day', 1, { date: '2026-11-23' })
  const text = await there.export({ format: 'jsonl' })
  const store = await opened()
  await rejects('zone_mismatch', store.import(text, { format: 'jsonl' }), /Tokyo/)
  await store.import(text, { format: 'jsonl', anyTimeZone: true })
  assert.deepEqual(points(store.dynamic.series('a.b', 'day')), [['2026-11-23', 1]])
})

test('every integer of 64 bits goes out and in', async () => {
  const store = await opened({ bigint: true })
  for (const [day, value] of [2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n].entries()) {
    store.record('shop.orders', 'day', value, { date: `2026-11-0${day + 1}` })
  }
  for (const format of ['jsonl', 'csv']) {
    const copy = await opened({ bigint: true })
    await copy.import(await store.export({ format }), { format })
    assert.deepEqual(
      [...copy.series('shop.orders', 'day').values],
      [...store.series('shop.orders', 'day').values],
    )
  }
})

test('the files that earlier releases wrote are read', async () => {
  for (const [name, format] of [
    ['version_1.jsonl', 'jsonl'],
    ['sample.csv', 'csv'],
  ]) {
    const store = await open('memory:', { bigint: true })
    if (format === 'csv') {
      const first = await open('memory:', { bigint: true })
      await first.import(file('interchange/version_1.jsonl'), { format: 'jsonl' })
      for (const metric of first.metrics) store.register(metric)
    }
    const report = await store.import(file(`interchange/${name}`), { format })
    assert.equal(report.created, 12)
    assert.equal(store.size, 12)
  }
})

test('a dump of django-trackstats is read, with its objects by number or by name', async () => {
  const store = await open('memory:', { bigint: true })
  const report = await store.import(file('django/content_types.json'), { format: 'django' })
  assert.equal(report.created, 12)
  const plain = await open('memory:', { bigint: true })
  await assert.rejects(plain.import(file('django/plain.json'), { format: 'django' }), {
    name: 'TrackstatsError',
  })
  assert.equal(plain.size, 0)
})

test('what is recorded while a source is read stays', async () => {
  const store = await opened()
  async function* source() {
    yield 'metric,period,date,value\n'
    store.record('shop.orders', 'day', 1, { date: '2026-11-01' })
    yield 'shop.orders,day,2026-11-23,3\n'
  }
  await store.import(source(), { format: 'csv' })
  assert.equal(store.size, 2)
})

test('an import is all or nothing for those who follow', async () => {
  const store = await opened()
  const seen = []
  store.subscribe({ metric: 'shop.orders', period: 'day' }, (series) => seen.push(series.length))
  await store.import(
    'metric,period,date,value\nshop.orders,day,2026-11-23,3\nshop.orders,day,2026-11-22,3\n',
    { format: 'csv' },
  )
  await undefined
  assert.deepEqual(seen, [2])
})
