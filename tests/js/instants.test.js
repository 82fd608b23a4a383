// Where dates and hours begin.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { startOfDay, startOfHour } from 'trackstats'

import { refuses } from './shop.js'

const first = (date, zone) => startOfDay(date, zone)?.toISOString()
const hour = (instant, zone) => startOfHour(new Date(instant), zone).toISOString()

test('a date begins at midnight of its zone', () => {
  assert.equal(first('2026-11-23', 'UTC'), '2026-11-23T00:00:00.000Z')
  assert.equal(first('2026-11-23', 'Europe/Amsterdam'), '2026-11-22T23:00:00.000Z')
  assert.equal(first('2026-11-23', 'Asia/Kathmandu'), '2026-11-22T18:15:00.000Z')
  assert.equal(first('2026-11-23', '-03:30'), '2026-11-23T03:30:00.000Z')
  assert.equal(
    first(new Date('2026-11-23T23:30:00Z'), 'Europe/Amsterdam'),
    '2026-11-23T23:00:00.000Z',
  )
})

test('a date whose midnight was passed over begins after it, and one that was passed over begins never', () => {
  assert.equal(first('2024-03-31', 'Asia/Beirut'), '2024-03-30T22:00:00.000Z')
  assert.equal(first('2024-11-03', 'America/Havana'), '2024-11-03T04:00:00.000Z')
  assert.equal(first('2011-12-30', 'Pacific/Apia'), undefined)
  assert.equal(first('2011-12-31', 'Pacific/Apia'), '2011-12-30T10:00:00.000Z')
})

test('an hour begins where the clocks of the zone begin it', () => {
  assert.equal(hour('2026-11-23T10:20:30.400Z', 'UTC'), '2026-11-23T10:00:00.000Z')
  assert.equal(hour('2026-11-23T10:20:30Z', 'Asia/Kolkata'), '2026-11-23T09:30:00.000Z')
  assert.equal(hour('1969-12-31T23:59:59.999Z', 'UTC'), '1969-12-31T23:00:00.000Z')
  // One o'clock twice, and two o'clock never.
  assert.equal(hour('2024-11-03T05:30:00Z', 'America/New_York'), '2024-11-03T05:00:00.000Z')
  assert.equal(hour('2024-11-03T06:30:00Z', 'America/New_York'), '2024-11-03T06:00:00.000Z')
  // Half an hour back: one hour and a half that is shown as one.
  assert.equal(
    hour('2024-04-06T15:20:00Z', 'Australia/Lord_Howe'),
    hour('2024-04-06T14:40:00Z', 'Australia/Lord_Howe'),
  )
  // Half an hour forward: the hour begins in its middle.
  assert.equal(hour('2024-10-05T15:45:00Z', 'Australia/Lord_Howe'), '2024-10-05T15:30:00.000Z')
  assert.equal(startOfHour(0, 'UTC').getTime(), 0)
})

test('what is no date, no time or no zone is refused', () => {
  refuses('invalid_date', () => startOfDay('2026-02-30', 'UTC'))
  refuses('invalid_date', () => startOfHour('2026-11-23', 'UTC'))
  refuses('invalid_date', () => startOfHour(Number.NaN, 'UTC'))
  refuses('invalid_date', () => startOfHour(8.64e15, 'UTC'))
  refuses('unknown_zone', () => startOfDay('2026-11-23', 'Mars'))
  refuses('unknown_zone', () => startOfDay('2026-11-23'))
})
