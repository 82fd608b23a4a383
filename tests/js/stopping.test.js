// Work that is stopped, and work that tells how far it has come.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { opened, rejects } from './shop.js'

const EVENTS = Array.from({ length: 100_000 }, (_, at) => ({ at: 1_700_000_000_000 + at * 1000 }))

/** A file of so many lines. */
const FILE = `metric,period,date,value\n${Array.from({ length: 20_000 }, (_, at) => `a.b${at % 500},day,2026-11-${String((at % 30) + 1).padStart(2, '0')},${at}\n`).join('')}`

test('work whose signal was aborted before is not begun', async () => {
  const store = await opened()
  const signal = AbortSignal.abort('enough')
  let read = 0
  function* source() {
    read++
    yield { at: 0 }
  }
  const work = [
    () => store.track('shop.orders', 'day', source(), { time: 'at', signal }),
    () => store.track('shop.orders', 'day', EVENTS, { time: 'at', signal }),
    () => store.import(FILE, { format: 'csv', signal }),
    () => store.export({ format: 'csv', signal }),
  ]
  for (const start of work) {
    await assert.rejects(start(), { name: 'TrackstatsError', code: 'aborted', cause: 'enough' })
  }
  assert.equal(read, 0)
  assert.equal(store.size, 0)
})

test('work that is aborted while it runs writes nothing', async () => {
  const store = await opened()
  async function* slowly() {
    for (const event of EVENTS) {
      await undefined
      yield event
    }
  }
  for (const source of [() => EVENTS, () => EVENTS.values(), slowly]) {
    const controller = new AbortController()
    const seen = []
    const running = store.track('shop.orders', 'day', source(), {
      time: 'at',
      signal: controller.signal,
      onProgress: ({ done }) => {
        seen.push(done)
        if (seen.length === 3) controller.abort()
      },
    })
    await rejects('aborted', running)
    assert.equal(seen.length, 3)
    assert.equal(store.size, 0)
  }
  const controller = new AbortController()
  const importing = store.import(FILE, {
    format: 'csv',
    signal: controller.signal,
    onProgress: () => controller.abort(),
  })
  await rejects('aborted', importing)
  assert.equal(store.size, 0)
  assert.equal((await store.import(FILE, { format: 'csv' })).read, 20_000)
})

test('an asynchronous source is stopped between two events, and told to end', async () => {
  const store = await opened()
  const controller = new AbortController()
  let [ended, events] = [false, 0]
  async function* endless() {
    try {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve))
        if (++events === 20) controller.abort(new Error('enough'))
        yield { at: 0 }
      }
    } finally {
      ended = true
    }
  }
  const running = store.track('shop.orders', 'day', endless(), {
    time: 'at',
    signal: controller.signal,
  })
  await rejects('aborted', running)
  assert.ok(ended)
  assert.equal(events, 20)
  assert.equal(store.size, 0)
})

test('progress grows to the end, with the total where it is known', async () => {
  const store = await opened()
  const told = async (source) => {
    const seen = []
    await store.track('shop.orders', 'day', source, {
      time: 'at',
      onProgress: (one) => seen.push(one),
    })
    return seen
  }
  const counted = await told(EVENTS)
  assert.ok(counted.length > 3)
  assert.deepEqual(counted.at(-1), { done: EVENTS.length, total: EVENTS.length })
  assert.ok(counted.every(({ done }, at) => at === 0 || done > counted[at - 1].done))
  const streamed = await told(EVENTS.values())
  assert.deepEqual(streamed.at(-1), { done: EVENTS.length, total: null })
  const seen = []
  await store.import(FILE, { format: 'csv', onProgress: (one) => seen.push(one) })
  assert.ok(seen.length > 0)
  assert.ok(seen.every(({ done, total }) => done <= total && total === FILE.length))
})

test('long work lets timers run', async (context) => {
  const store = await opened()
  let clock = 0
  // Each look at the clock says that a long time has passed.
  context.mock.method(performance, 'now', () => (clock += 1000))
  let ticks = 0
  setTimeout(() => ticks++, 0)
  await store.track('shop.orders', 'day', EVENTS, { time: 'at', onProgress: () => undefined })
  assert.equal(ticks, 1)
})

test('what a callback of progress throws comes out as it is', async () => {
  const store = await opened()
  for (const thrown of [new Error('of the caller'), 'a text', undefined]) {
    const onProgress = () => {
      throw thrown
    }
    await assert.rejects(
      store.import(FILE, { format: 'csv', onProgress }),
      (error) => error === thrown,
    )
  }
  assert.equal(store.size, 0)
  await rejects('invalid_value', store.import(FILE, { format: 'csv', onProgress: 5 }))
  await rejects('invalid_value', store.import(FILE, { format: 'csv', signal: 5 }))
})

test('a store that is closed while work runs says so', async () => {
  const store = await opened()
  async function* closing() {
    yield { at: 0 }
    await store.close()
    yield { at: 0 }
  }
  await rejects('closed', store.track('shop.orders', 'day', closing(), { time: 'at' }))
  const other = await opened()
  const importing = other.import(FILE, { format: 'csv', onProgress: () => void other.close() })
  await rejects('closed', importing)
})
