// Sources that give fewer events than there are, events that are gone or come late, and long readings.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { open } from 'trackstats'

import { NOW, opened, points, rejects, stats } from '../shop.js'

const DAY = 86_400_000
const FIRST = NOW - 57 * DAY

/** One a day, of a user of its own. */
const events = (from, to) =>
  Array.from({ length: to - from }, (_, at) => ({
    at: FIRST + (from + at) * DAY,
    user: from + at,
    amount: 5 + from + at,
  }))

const date = (day) => new Date(FIRST + day * DAY).toISOString().slice(0, 10)

const AGGREGATES = {
  'shop.orders': [{}, { sum: 'amount' }, { distinct: 'user' }, { minimum: 'amount' }],
  'shop.revenue': [{ mean: 'amount' }, { sum: 'amount' }],
}

const each = Object.entries(AGGREGATES).flatMap(([metric, all]) =>
  all.map((aggregate) => [metric, { time: 'at', ...aggregate }]),
)

test('a source without the beginning of its first window changes nothing', async () => {
  for (const [metric, options] of each) {
    for (const period of ['week', 'days_28', 'month', 'lifetime']) {
      const store = await opened()
      await store.track(metric, period, events(0, 58), options)
      const before = store.statistics({})
      for (const narrowed of [events(55, 58), events(57, 58), []]) {
        const { date } = await store.neededSince(metric, period, options)
        const needs = period === 'lifetime' ? /give all events/ : new RegExp(`since ${date}`)
        await rejects('invalid_value', store.track(metric, period, narrowed, options), needs)
        await rejects(
          'invalid_value',
          store.trackAll(
            [
              { metric: 'shop.visits', periods: 'day', time: 'at', by: { page: 'user' } },
              { metric, periods: period, ...options },
            ],
            narrowed,
          ),
        )
        assert.deepEqual(store.statistics({}), before, `${metric} ${period}`)
      }
    }
  }
})

test('a function is asked for the events that are needed, and gives what all events give', async () => {
  for (const timeZone of ['UTC', 'Europe/Amsterdam', 'America/Havana']) {
    for (const by of [undefined, { page: ({ user }) => user % 3 }]) {
      const metric = by === undefined ? 'shop.orders' : 'shop.visits'
      for (const periods of ['day', 'month', 'lifetime', ['day', 'week']]) {
        let now = NOW - 3 * DAY
        const narrowed = await opened({ timeZone, now: () => now })
        const whole = await opened({ timeZone, now: () => now })
        const options = { time: 'at', by }
        for (const store of [narrowed, whole]) {
          await store.track(metric, periods, events(0, 55), options)
        }
        now = NOW
        let asked
        const source = async ({ since }) => {
          asked = since
          return events(0, 58).filter(({ at }) => at >= since)
        }
        await narrowed.track(metric, periods, source, options)
        await whole.track(metric, periods, events(0, 58), options)
        assert.deepEqual(narrowed.statistics({}), whole.statistics({}))
        const days = { day: 1, week: 7, month: 30 }[[periods].flat().at(-1)]
        const first = days === undefined ? '0001-01-01' : date(54 - days)
        assert.equal(asked.date, first)
        assert.ok(asked instanceof Date && +asked === +asked.instant)
        if (days !== undefined) {
          const shown = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' })
          assert.equal(shown.format(asked), first)
          assert.notEqual(shown.format(asked - 1), first)
        }
      }
    }
  }
})

test('a source is also a promise, and what a function gives may be asynchronous', async () => {
  const orders = events(0, 58)
  async function* streamed() {
    yield* orders
  }
  for (const source of [
    Promise.resolve(orders),
    () => orders,
    () => orders.values(),
    () => streamed(),
    async () => streamed(),
  ]) {
    const store = await opened()
    assert.equal((await store.track('shop.orders', 'day', source, { time: 'at' })).created, 58)
  }
  const store = await opened()
  const failed = new Error('of the caller')
  for (const source of [
    Promise.reject(failed),
    () => {
      throw failed
    },
  ]) {
    await assert.rejects(store.track('shop.orders', 'day', source, { time: 'at' }), failed)
  }
  for (const source of [() => undefined, () => 5, Promise.resolve('x')]) {
    await rejects(
      'invalid_value',
      store.track('shop.orders', 'day', source, { time: 'at' }),
      /source/,
    )
  }
})

test('a date that begins too late is refused, an early one taken, and one within a day is the next', async () => {
  const store = await opened()
  const options = { time: 'at', distinct: 'user' }
  const month = (from, since) =>
    store.track('shop.orders', 'month', events(from, 58), { ...options, since })
  await store.track('shop.orders', 'month', events(0, 58), options)
  const before = store.statistics({})
  await rejects('invalid_value', month(55, date(55)), new RegExp(date(27)))
  await rejects('invalid_value', month(27, new Date(`${date(27)}T12:00:00Z`)))
  await rejects('invalid_date', month(27, 'soon'))
  assert.equal((await month(27, date(27))).written, 0)
  assert.equal((await month(27, new Date(`${date(27)}T00:00:00Z`))).written, 0)
  const needed = await store.neededSince('shop.orders', 'month', options)
  assert.equal((await month(27, needed)).written, 0)
  assert.deepEqual(store.statistics({}), before)
  assert.equal((await month(55, '0001-01-01')).changed, 2)
  const columns = { time: Float64Array.from(events(57, 58), ({ at }) => at) }
  await rejects('invalid_value', store.trackColumns('shop.orders', 'month', columns))
})

test('a day whose events are gone is computed again', async () => {
  for (const [metric, options] of each) {
    const nothing = Object.keys(options).some((one) => one === 'mean' || one === 'minimum')
      ? null
      : 0
    for (const gone of [0, 1, 2]) {
      const left = events(55, 58).filter((_, at) => at !== gone)
      const again = [
        { recompute: true, since: '0001-01-01' },
        { from: date(55 + gone), to: date(55 + gone) },
        { lookBack: 5, since: '0001-01-01' },
        { since: date(55 - 1) },
      ]
      if (gone > 0) again.push({ recompute: true }, { lookBack: 5 })
      for (const how of again) {
        const store = await opened()
        await store.track(metric, 'day', events(55, 58), options)
        await store.track(metric, 'day', left, { ...options, ...how })
        const values = points(store.series(metric, 'day')).map(([, value]) => value)
        const isAsked = how.since !== date(54) || gone > 0
        assert.equal(
          values[gone],
          isAsked ? nothing : values[gone],
          JSON.stringify([metric, options, how]),
        )
      }
    }
  }
})

test('an object whose events are all gone is computed again', async () => {
  const by = { page: ({ user }) => user % 2 }
  for (const period of ['day', 'week', 'lifetime']) {
    const store = await opened()
    await store.track('shop.visits', period, events(0, 58), { time: 'at', by })
    const left = events(0, 58).filter(({ user }) => user % 2 === 0)
    const odd = () => points(store.series('shop.visits', period, { by: { page: 1 } }))
    const before = odd()
    await store.track('shop.visits', period, left, { time: 'at', by })
    assert.deepEqual(odd(), before)
    await store.track('shop.visits', period, left, {
      time: 'at',
      by,
      recompute: true,
      since: date(-60),
    })
    assert.ok(odd().every(([, value]) => value === 0))
    assert.equal(odd().length, before.length)
  }
})

test('only rows that would change are late, and a run says how to take them', async () => {
  const store = await opened()
  const all = [...events(0, 58), ...events(0, 58)]
  const track = (options) => store.track('shop.orders', 'day', all, { time: 'at', ...options })
  await track()
  let report = await track()
  assert.deepEqual([report.late, report.outdated, report.earlier], [0, [], 112])
  all.push(...events(20, 21), ...events(30, 32))
  report = await track()
  assert.deepEqual([report.late, report.oldestLate, report.lookBack], [9, date(20), 37])
  assert.deepEqual(report.outdated, [date(20), date(30), date(31)])
  report = await track({ lookBack: report.lookBack })
  assert.deepEqual([report.changed, report.late, report.outdated], [3, 0, []])
})

test('a day tracker that begins too late tells since when events are missing', async () => {
  const store = await opened()
  await store.track('shop.orders', 'day', events(0, 50), { time: 'at' })
  const before = points(store.series('shop.orders', 'day'))
  const report = await store.track('shop.orders', 'day', events(55, 58), { time: 'at' })
  assert.deepEqual([report.created, report.changed, report.neededSince], [3, 0, date(48)])
  assert.deepEqual(points(store.series('shop.orders', 'day')).slice(0, 50), before)
  // The half of a day is no day.
  const half = [...events(57, 58), ...events(57, 58)]
  await store.track('shop.orders', 'day', [...events(0, 57), ...half], {
    time: 'at',
    recompute: true,
  })
  await rejects(
    'invalid_value',
    store.track('shop.orders', 'day', events(57, 58), { time: 'at', lookBack: 0 }),
  )
})

test('several trackers read the events once and are written together', async () => {
  const store = await opened()
  let read = 0
  function* source() {
    for (const event of events(0, 58)) {
      read++
      yield event
    }
  }
  const trackers = [
    { metric: 'shop.orders', periods: ['day', 'week'], time: 'at' },
    { metric: 'shop.revenue', periods: 'day', time: 'at', sum: 'amount' },
    { metric: 'shop.visits', periods: 'day', time: 'at', by: { page: 'user' } },
  ]
  const reports = await store.trackAll(trackers, source())
  assert.equal(read, 58)
  const alone = await opened()
  for (const [at, { metric, periods, ...options }] of trackers.entries()) {
    assert.deepEqual(await alone.track(metric, periods, source(), options), reports[at])
  }
  assert.deepEqual(store.statistics({}), alone.statistics({}))
  assert.deepEqual(await store.trackAll([], []), [])
  for (const wrong of [undefined, {}, [5]]) {
    await rejects('invalid_value', store.trackAll(wrong, []))
  }
  const signal = new AbortController().signal
  await rejects('unknown_option', store.trackAll([{ ...trackers[0], signal }], []), /signal/)
  await rejects('unknown_option', store.trackAll(trackers, [], { lookBack: 3 }), /lookBack/)
  let asked
  await store.trackAll(trackers, ({ since }) => {
    asked = since
    return events(50, 58)
  })
  assert.equal(asked.date, date(50))
})

test('the host has turns while events are read, whatever they are', async () => {
  const slow = (event) => {
    const until = performance.now() + 0.2
    while (performance.now() < until);
    return event.at
  }
  const many = Array.from({ length: 1000 }, (_, at) => ({ at: NOW - at }))
  for (const source of [() => many, () => many.values(), () => async () => many]) {
    const store = await opened()
    let turns = 0
    let isOver = false
    const turn = () => {
      turns++
      if (!isOver) setTimeout(turn)
    }
    turn()
    await store.track('shop.orders', 'day', source(), { time: slow })
    isOver = true
    assert.ok(turns > 3, String(turns))
    const controller = new AbortController()
    let read = 0
    const at = (event) => {
      if (++read === 50) setTimeout(() => controller.abort())
      return slow(event)
    }
    const { signal } = controller
    await rejects(
      'aborted',
      store.track('shop.orders', 'day', source(), { time: at, signal, lookBack: 9 }),
    )
    // As many as take less than 50 ms.
    assert.ok(read < 300, String(read))
  }
})

test('columns are read in turns, and may be changed once the promise is there', async () => {
  const count = 200_000
  const [left, right] = [await opened(), await opened()]
  const columns = () => ({
    time: Array.from({ length: count }, (_, at) => new Date(NOW - (at % 500) * DAY).toISOString()),
    by: { page: Array.from({ length: count }, (_, at) => `page ${at % 50}`) },
    sum: Float64Array.from({ length: count }, (_, at) => at % 7),
  })
  const expected = await left.trackColumns('shop.visits', 'day', columns())
  let isOver = false
  let turns = 0
  const turn = () => {
    turns++
    if (!isOver) setTimeout(turn)
  }
  const given = columns()
  const running = right.trackColumns('shop.visits', 'day', given)
  turn()
  given.time.fill(0)
  given.by.page.fill('other')
  given.sum.fill(0)
  assert.deepEqual(await running, expected)
  isOver = true
  assert.ok(turns > 2, String(turns))
  assert.deepEqual(right.statistics({}), left.statistics({}))
  const controller = new AbortController()
  const stopped = right.trackColumns('shop.visits', 'day', columns(), { signal: controller.signal })
  setTimeout(() => controller.abort())
  await rejects('aborted', stopped)
})

test('a store of another day goes on from what a narrowed source left', async () => {
  // Random events, nights and narrowings, by a generator that gives the same each time.
  let seed = 7
  const random = (below) => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % below
  for (let round = 0; round < 25; round++) {
    const timeZone = ['UTC', 'Europe/Amsterdam', 'America/New_York'][round % 3]
    const all = Array.from({ length: 90 }, () => ({
      at: NOW - random(50) * DAY - random(DAY),
      user: (random(20) * random(20)) % 13,
      amount: 1 + random(9),
    }))
    const options = [{}, { sum: 'amount' }, { distinct: 'user' }, { maximum: 'amount' }][round % 4]
    const period = ['day', 'week', 'month'][round % 3]
    const tracker = { time: 'at', ...options, ...(round % 2 === 0 ? { by: { page: 'user' } } : {}) }
    const metric = round % 2 === 0 ? 'shop.visits' : 'shop.orders'
    let now = NOW - 40 * DAY
    const store = await open('memory:', { stats, timeZone, now: () => now })
    let hasGap = false
    for (let night = 0; night < 12; night++) {
      now += DAY / 2 + random(4 * DAY)
      const known = all.filter(({ at }) => at <= now)
      const cut = now - random(40) * DAY - random(DAY)
      // Of one day that was recorded in part nothing can be told.
      const isBlind = night > 3 && random(2) === 0
      const source = isBlind
        ? known.filter(({ at }) => at >= cut)
        : ({ since }) => known.filter(({ at }) => at >= since)
      const before = store.statistics({})
      const report = await store.track(metric, period, source, tracker).catch((error) => error)
      if (report instanceof Error) {
        assert.equal(report.code, 'invalid_value')
        assert.ok(isBlind)
        assert.deepEqual(store.statistics({}), before)
        continue
      }
      if (report.events === 0 && metric === 'shop.visits') {
        // An object without events is left alone, and here all are.
        assert.deepEqual(store.statistics({}), before)
        continue
      }
      hasGap ||= report.neededSince !== null || (before.length === 0 && isBlind)
      const whole = await open('memory:', { stats, timeZone, now: () => now })
      await whole.track(metric, period, known, tracker)
      const key = (row) => JSON.stringify([row.date, row.dimensions ?? row.by])
      const expected = new Map(whole.statistics({}).map((row) => [key(row), row.value]))
      const found = new Map(store.statistics({}).map((row) => [key(row), row.value]))
      if (hasGap && period !== 'day') break
      for (const [at, value] of found)
        assert.equal(value, expected.get(at), `${round} ${night} ${at}`)
      for (const [at, value] of expected) {
        const mayLack = hasGap || (metric === 'shop.visits' && (value ?? 0) === 0)
        if (!mayLack) assert.ok(found.has(at), `${round} ${night} ${at}`)
      }
    }
  }
})
