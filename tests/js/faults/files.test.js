// Import and export: turns of the loop, signals, budgets, formulas, and sources that are cut anywhere.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { open } from 'trackstats'

import { opened, rejects, stats } from '../shop.js'

const CSV = { format: 'csv' }

/** A file of so many statistics. */
function fileOf(count) {
  const lines = ['metric,period,date,value,page']
  for (let at = 0; at < count; at += 1) {
    lines.push(
      `shop.visits,day,2026-11-${String((at % 28) + 1).padStart(2, '0')},${at},/${at % 997}`,
    )
  }
  return `${lines.join('\n')}\n`
}

const FILE = fileOf(150_000)

/** Runs work by a clock on which each step takes long, and tells how often something else had a turn meanwhile. */
async function turnsDuring(work) {
  const clock = performance.now
  let time = 0
  performance.now = () => (time += 20)
  let turns = 0
  let isOver = false
  const next = () => {
    turns += 1
    if (!isOver) setImmediate(next)
  }
  setImmediate(next)
  await work().finally(() => (performance.now = clock))
  isOver = true
  return turns
}

test('what else waits has turns while a file is read and written', async () => {
  const store = await opened()
  await store.import('metric,period,date,value\n', CSV)
  const read = await turnsDuring(() => store.import(FILE, CSV))
  const written = await turnsDuring(() => store.export(CSV))
  assert.ok(read > 3 && written > 3, `${read} and ${written} turns`)
})

test('a signal stops a file that is read or written, from a turn between', async () => {
  const store = await opened()
  for (const format of ['csv', 'jsonl']) {
    const work = [
      (options) => store.import(FILE, { ...CSV, ...options }),
      (options) => store.export({ format, ...options }),
    ]
    for (const [at, start] of work.entries()) {
      if (at === 1) await store.import(FILE, CSV)
      const stopping = new AbortController()
      let isAsked = false
      const onProgress = () => {
        if (!isAsked) setImmediate(() => stopping.abort('enough'))
        isAsked = true
      }
      const running = start({ signal: stopping.signal, onProgress })
      await assert.rejects(running, { name: 'TrackstatsError', code: 'aborted', cause: 'enough' })
      if (at === 0) assert.equal(store.size, 0)
    }
    store.delete({ metric: 'shop.visits' })
  }
})

test('a source that does not answer is stopped, and told', async () => {
  const store = await opened()
  const stopping = new AbortController()
  let returned = 0
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        setImmediate(() => stopping.abort('enough'))
        return new Promise(() => undefined)
      },
      return: () => {
        returned += 1
        return Promise.resolve({ done: true })
      },
    }),
  }
  await rejects('aborted', store.import(source, { ...CSV, signal: stopping.signal }))
  assert.equal(returned, 1)
  let cancelled
  const stream = new ReadableStream({ cancel: (reason) => void (cancelled = [reason]) })
  const other = new AbortController()
  const reading = store.import(stream, { ...CSV, signal: other.signal })
  setImmediate(() => setImmediate(() => other.abort()))
  await rejects('aborted', reading)
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual([cancelled, stream.locked], [[undefined], false])
})

test('progress is told on the way, to the end', async () => {
  const store = await opened()
  for (const [source, total] of [
    [FILE, FILE.length],
    [new TextEncoder().encode(FILE), FILE.length],
    [new Blob([FILE]), FILE.length],
    [[FILE.slice(0, 100_000), FILE.slice(100_000)], null],
  ]) {
    const seen = []
    await store.import(source, { ...CSV, onProgress: (one) => seen.push(one) })
    assert.ok(seen.length > 10)
    assert.deepEqual(seen.at(-1), { done: FILE.length, total })
    assert.ok(seen.every(({ done }, at) => at === 0 || done >= seen[at - 1].done))
  }
  const seen = []
  const text = await store.export({ ...CSV, onProgress: ({ done }) => seen.push(done) })
  assert.ok(seen.length > 10)
  assert.equal(seen.at(-1), Buffer.byteLength(text))
})

test('what is recorded and registered while a file is read stays', async () => {
  const store = (await opened()).dynamic
  async function* source() {
    yield 'metric,period,date,value,page\n'
    store.register({ name: 'shop.other', by: 'page' })
    store.record('shop.other', 'day', 1, { by: { page: '/x' }, date: '2026-11-01' })
    yield 'shop.visits,day,2026-11-23,3,/y\nshop.new,day,2026-11-23,4,/x\n'
    store.record('shop.visits', 'day', 9, { by: { page: '/x' }, date: '2026-11-23' })
  }
  await store.import(source(), CSV)
  assert.equal(store.value('shop.other', 'day', { by: { page: '/x' }, date: '2026-11-01' }), 1)
  assert.equal(store.value('shop.visits', 'day', { by: { page: '/x' }, date: '2026-11-23' }), 9)
  assert.equal(store.value('shop.visits', 'day', { by: { page: '/y' }, date: '2026-11-23' }), 3)
  assert.equal(store.value('shop.new', 'day', { by: { page: '/x' }, date: '2026-11-23' }), 4)
})

test('a pair of surrogates may be cut between two pieces of a text', async () => {
  const store = await opened()
  const text = `metric,period,date,value,page\nshop.visits,day,2026-11-23,3,😀\n`
  for (let cut = 0; cut <= text.length; cut += 1) {
    await store.import([text.slice(0, cut), '', text.slice(cut)], CSV)
  }
  const long = `${text}${'\n'.repeat(64 * 1024 - text.length - 1)}`
  await store.import(`${long}shop.visits,day,2026-11-24,3,😀\n`, CSV)
  for (let at = 0; at < 4; at += 1) {
    const row = 'shop.visits,day,2026-11-24,3,'
    const before = 'metric,period,date,value,page\n'
    const filled = `${before}${'\n'.repeat(64 * 1024 - before.length - row.length - at)}${row}😀\n`
    await store.import(filled, CSV)
  }
  const pages = store.statistics().map(({ by }) => by.page)
  assert.deepEqual([...new Set(pages)], ['😀'])
})

test('what waits for the rest of a file is bounded', async () => {
  const store = await opened()
  const nulls = `metric,period,date,value\n${'a.b,day,2026-11-23,\n'.repeat(5000)}`
  const limited = store.import(nulls, { ...CSV, memoryLimit: 50_000 })
  await rejects('invalid_value', limited, /^line \d+: more than 50000 bytes are held/)
  assert.equal(store.size, 0)
  await store.import(nulls, CSV)
  for (const memoryLimit of [-1, NaN, '5', null]) {
    await rejects('invalid_value', store.import(nulls, { ...CSV, memoryLimit }), /memoryLimit/)
  }
})

test('formulas are harmless where that is asked for, and read back the same', async () => {
  const store = await opened()
  const pages = ['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\tx', '\rx', "'=1", '', 'a=b']
  for (const [at, page] of pages.entries()) {
    store.record('shop.visits', 'day', at, { by: { page } })
  }
  for (const forSpreadsheets of [undefined, false, true]) {
    const text = await store.export({ format: 'csv', forSpreadsheets })
    assert.equal(text.includes(`"'=HYPERLINK(""x"")"`), forSpreadsheets === true)
    const copy = await opened()
    await copy.import(text, CSV)
    assert.deepEqual(copy.statistics(), store.statistics())
  }
  await rejects('invalid_value', store.export({ format: 'jsonl', forSpreadsheets: true }))
})

test('encodings, fields and forms that are none are named', async () => {
  const store = await opened()
  const utf16 = Buffer.from('\ufeffmetric,period,date,value\n', 'utf16le')
  await rejects('invalid_value', store.import(utf16, CSV), /UTF-16/)
  const dump = (fields) =>
    `\n\n{"model":"trackstats.domain","pk":1,"fields":{"ref":"a"}}\n{"model":"trackstats.metric","pk":1,"fields":${fields}}`
  const django = { format: 'django' }
  await rejects(
    'invalid_value',
    store.import(dump('{"domain":1,"ref":7}'), django),
    /^line 4: .*'ref' is 7/,
  )
  await rejects('invalid_value', store.import(dump('["a"]'), django), /'fields' is \["a"\]/)
  await store.import(dump('{"domain":1,"ref":"b"}'), django)
  const list = '[null,null,null,null,"a.b",null,null,null,null,"day","2026-11-23",3]'
  await rejects('invalid_value', store.import(list, { format: 'jsonl' }), /is not an object/)
  assert.equal(store.size, 0)
})

test('bytes that were given away and streams that are read are refused with a code', async () => {
  const store = await open('memory:')
  const bytes = new Uint8Array(8)
  const view = new DataView(bytes.buffer, 0, 8)
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
  await rejects('invalid_value', store.import(view, CSV), /given away/)
  const stream = new Blob(['x']).stream()
  stream.getReader()
  await rejects('invalid_state', store.import(stream, CSV), /being read/)
  const response = new Response('metric,period,date,value\n')
  response.body.getReader()
  await rejects('io', store.import(response, CSV))
  const used = new Response('metric,period,date,value\n')
  await used.text()
  await rejects('io', store.import(used, CSV))
})

test('the bytes of the file of a store are a store to begin with', async () => {
  const { mkdtempSync, readFileSync, rmSync } = await import('node:fs')
  const folder = mkdtempSync('stats-')
  try {
    const store = await open(`file:${folder}/shop.stats`, { stats, timeZone: 'Asia/Tokyo' })
    store.record('shop.orders', 'day', 3, { date: '2026-11-23' })
    await store.flush()
    // Not closed: what was recorded since the first snapshot lies behind it.
    const bytes = readFileSync(`${folder}/shop.stats`)
    const copy = await open('memory:', { snapshot: bytes, timeZone: 'Asia/Tokyo' })
    assert.deepEqual(copy.statistics(), store.statistics())
    assert.deepEqual(copy.snapshot(), store.snapshot())
    await rejects('corrupt', open('memory:', { snapshot: bytes.subarray(0, 700) }))
    await rejects('corrupt', open('memory:', { snapshot: Buffer.from('no store at all') }))
    await store.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a file is of the zone of a store by any of its names', async () => {
  const names = [
    ['Asia/Kolkata', 'Asia/Calcutta'],
    ['UTC', 'Etc/GMT'],
    ['Europe/Amsterdam', 'europe/amsterdam'],
    ['Europe/Kyiv', 'Europe/Kiev'],
  ]
  for (const [timeZone, name] of names) {
    const store = await open('memory:', { timeZone })
    const file = `{"trackstats":1,"time_zone":"${name}","statistics":0}\n`
    assert.equal((await store.import(file, { format: 'jsonl' })).read, 1, name)
    const other = file.replace(name, 'America/New_York')
    await rejects('zone_mismatch', store.import(other, { format: 'jsonl' }), /any time zone/)
    await store.close()
  }
})

test('what was registered otherwise while a file was read is a conflict', async () => {
  const store = await open('memory:')
  const file = 'metric,period,date,value\nq.i,day,2026-11-01,1\n'
  const work = store.import(
    (async function* () {
      yield file
      store.register({ name: 'q.i', kind: 'float' })
    })(),
    CSV,
  )
  await rejects('conflict', work, /registered/)
  assert.equal(store.size, 0)
  await store.close()
})
