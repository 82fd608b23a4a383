import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createContext, runInContext } from 'node:vm'

import * as polyfill from 'temporal-polyfill'

import { opened, points, refuses } from './shop.js'

const { Temporal } = polyfill

/** The date at which a store of a zone records what is given. */
async function dateOf(given, timeZone = 'UTC') {
  const store = await opened({ timeZone })
  store.record('shop.orders', 'day', 1, { date: given })
  return store.series('shop.orders', 'day').dates[0]
}

test('a text is a date, from the first of the calendar to the last', async () => {
  for (const text of [
    '0001-01-01',
    '1969-12-31',
    '1970-01-01',
    '2024-02-29',
    '2059-09-18',
    '2059-09-19',
    '9999-12-31',
  ]) {
    assert.equal(await dateOf(text, 'Pacific/Apia'), text)
  }
})

test('every day of four years is its own', async () => {
  const store = await opened()
  const orders = store.metric('shop.orders')
  for (let day = 0; day < 1461; day++) {
    const date = new Date(Date.UTC(1999, 0, 1 + day)).toISOString().slice(0, 10)
    orders.record('day', day, date)
    assert.equal(orders.value('day', date), day)
  }
  const { dates } = orders.series('day')
  assert.equal(dates.length, 1461)
  assert.deepEqual([...dates].sort(), dates)
})

test('a text that is no date is refused', async () => {
  const store = await opened()
  const bad = [
    '',
    '2026-11',
    '2026-1-1',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-11-00',
    '2026-11-31',
    '0000-01-01',
    '10000-01-01',
    '-001-01-01',
    '2026/11/23',
    '2026-11-23T00:00:00Z',
    ' 2026-11-23',
    '2026-11-23 ',
    '２０２６-11-23',
    'today',
  ]
  for (const date of bad) {
    refuses('invalid_date', () => store.record('shop.orders', 'day', 1, { date }))
    refuses('invalid_date', () => store.value('shop.orders', 'day', { date }))
    refuses('invalid_date', () => store.series('shop.orders', 'day', { from: date }))
    refuses('invalid_date', () => store.series('shop.orders', 'day').get(date))
  }
  assert.equal(store.size, 0)
})

test('what is no date at all is refused', async () => {
  const store = await opened()
  const fake = { [Symbol.toStringTag]: 'Date' }
  const bad = [
    null,
    0,
    20_000,
    1n,
    true,
    {},
    [],
    Symbol('x'),
    () => '2026-11-23',
    new Date(Number.NaN),
    fake,
    Object.create(Date.prototype),
  ]
  for (const date of bad) {
    refuses('invalid_date', () => store.record('shop.orders', 'day', 1, { date }))
  }
})

test('a Date is of the day that the clocks of the zone show', async () => {
  const instant = new Date('2026-11-23T22:30:00Z')
  assert.equal(await dateOf(instant, 'UTC'), '2026-11-23')
  assert.equal(await dateOf(instant, 'Europe/Amsterdam'), '2026-11-23')
  assert.equal(await dateOf(instant, 'Asia/Kathmandu'), '2026-11-24')
  assert.equal(await dateOf(instant, 'America/Los_Angeles'), '2026-11-23')
  assert.equal(await dateOf(new Date('2026-11-23T23:30:00Z'), 'Europe/Amsterdam'), '2026-11-24')
  assert.equal(await dateOf(instant, '+05:30'), '2026-11-24')
  assert.equal(await dateOf(instant, '-05:00'), '2026-11-23')
})

test('a Date at a change of the clocks is of the day that they show', async () => {
  // In Beirut midnight of 2024-03-31 was passed over; in Havana one of 2024-11-03 was shown twice.
  assert.equal(await dateOf(new Date('2024-03-30T21:59:59Z'), 'Asia/Beirut'), '2024-03-30')
  assert.equal(await dateOf(new Date('2024-03-30T22:00:00Z'), 'Asia/Beirut'), '2024-03-31')
  assert.equal(await dateOf(new Date('2024-11-03T03:59:59Z'), 'America/Havana'), '2024-11-02')
  assert.equal(await dateOf(new Date('2024-11-03T04:30:00Z'), 'America/Havana'), '2024-11-03')
  assert.equal(await dateOf(new Date('2024-11-03T05:30:00Z'), 'America/Havana'), '2024-11-03')
  // Apia has no 2011-12-30.
  assert.equal(await dateOf(new Date('2011-12-30T09:59:59Z'), 'Pacific/Apia'), '2011-12-29')
  assert.equal(await dateOf(new Date('2011-12-30T10:00:00Z'), 'Pacific/Apia'), '2011-12-31')
})

test('a Date outside the calendar is refused', async () => {
  const store = await opened()
  for (const date of [
    new Date(8.64e15),
    new Date(-8.64e15),
    new Date('+010000-01-01'),
    new Date('0000-12-31'),
  ]) {
    refuses('invalid_date', () => store.record('shop.orders', 'day', 1, { date }))
  }
})

test('a Date of another realm is one', async () => {
  const foreign = runInContext("new Date('2026-11-23T12:00:00Z')", createContext())
  assert.ok(!(foreign instanceof Date))
  assert.equal(await dateOf(foreign), '2026-11-23')
})

test('a Temporal date is one, whatever its calendar', async () => {
  assert.equal(await dateOf(Temporal.PlainDate.from('2026-11-23')), '2026-11-23')
  assert.equal(await dateOf(Temporal.PlainDate.from('2026-11-23[u-ca=gregory]')), '2026-11-23')
  const store = await opened()
  const range = {
    from: Temporal.PlainDate.from('2026-11-01'),
    to: Temporal.PlainDate.from('2026-11-03'),
  }
  store.record('shop.orders', 'day', 1, { date: '2026-11-02' })
  assert.deepEqual(points(store.series('shop.orders', 'day', range)), [['2026-11-02', 1]])
  assert.equal(store.series('shop.orders', 'day').get(Temporal.PlainDate.from('2026-11-02')), 1)
  for (const given of ['-000001-01-01', '+010000-01-01']) {
    const date = Temporal.PlainDate.from(given)
    refuses('invalid_date', () => store.record('shop.orders', 'day', 1, { date }))
  }
})

test('a zone is a name of the host or an offset, and nothing else', async () => {
  for (const timeZone of ['Mars/Olympus', '', 'utc+1', '+25:00', 'x'.repeat(1000)]) {
    await assert.rejects(opened({ timeZone }), { name: 'TrackstatsError', code: 'unknown_zone' })
  }
  const store = await opened({ timeZone: 'Europe/Amsterdam' })
  assert.equal(store.timeZone, 'Europe/Amsterdam')
  assert.equal((await opened()).timeZone, 'UTC')
})

test('today is what the clock of the store tells in its zone', async () => {
  let now = Date.UTC(2026, 10, 23, 23, 30)
  const store = await opened({ timeZone: 'Europe/Amsterdam', now: () => now })
  assert.equal(store.today, '2026-11-24')
  now = new Date('2026-12-31T12:00:00Z')
  assert.equal(store.today, '2026-12-31')
  for (now of [Number.NaN, undefined, '2026-11-23', new Date(Number.NaN), 1n, Symbol('x')]) {
    refuses('invalid_date', () => store.today, /clock/)
  }
})
