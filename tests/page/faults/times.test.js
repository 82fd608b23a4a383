// Dates with whatever stands behind them, and whether day or month comes first.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { reader } from '../../../www/src/bring/time.js'
import { dateOf, taken } from './reading.js'

test('an offset behind a date of any form is read', async () => {
  for (const [form, text, date] of [
    ['iso', '2024-01-05 03:30:00 +0000', '2024-01-04'],
    ['iso', '2024-01-05T03:30:00.123456Z', '2024-01-04'],
    ['iso', '2024-01-05 03:30:00+00', '2024-01-04'],
    ['iso', '2024-01-05T03Z', '2024-01-04'],
    ['ymd', '2024/01/05 03:30:00 +0000', '2024-01-04'],
    ['ymd', '2024.01.05 03:30 UTC', '2024-01-04'],
    ['mdy', '01/15/2024 03:30:00Z', '2024-01-14'],
    ['mdy', '1/15/2024, 3:30:00 AM GMT', '2024-01-14'],
    ['dmy', '15.01.2024 03:30:00 +01:00', '2024-01-14'],
    ['dmy', '15/01/2024 22:30 GMT-0500', '2024-01-15'],
    ['packed', '20240115T033000Z', '2024-01-14'],
    ['packed', '20240115 0330+0000', '2024-01-14'],
    ['named', 'Mon, 15 Jan 2024 03:30:00 +0000', '2024-01-14'],
    ['named', '15/Jan/2024:03:30:00 +0000', '2024-01-14'],
    ['named', 'Jan 15, 2024 3:30 AM UTC', '2024-01-14'],
    ['iso', '2024-01-15T03:30:00+01:00[Europe/Paris]', '2024-01-14'],
  ]) {
    assert.equal(dateOf(reader(form, 'America/New_York')(text)), date, text)
    const file = await taken(`when|what\n${text}|a\n${text}|b\n`, { zone: 'America/New_York' })
    // One date such as 15/01 tells the order of its parts.
    assert.deepEqual([file.plan.form, file.days], [form, { [date]: 2 }], text)
  }
})

test('without an offset the clocks are those of the store', () => {
  for (const [form, text, date] of [
    ['iso', '2024-01-05T23:59:60', '2024-01-05'],
    ['mdy', '01/15/2024 11:59:59 PM', '2024-01-15'],
    ['iso', '2024-01-05 24:00', '2024-01-06'],
    ['named', '5 January 2024', '2024-01-05'],
  ]) {
    assert.equal(dateOf(reader(form, 'Asia/Tokyo')(text)), date, text)
  }
})

test('what is not understood behind a date makes it none', () => {
  for (const [form, text] of [
    ['iso', '2024-01-05 10:00 CET'],
    ['iso', '2024-01-05 and more'],
    ['iso', '2024-01-05+02:00'],
    ['iso', '2024-01-05 10'],
    ['iso', '2024-01-05 10:00 [Europe/Paris]'],
    ['iso', '2024-01-05 10:60'],
    ['iso', '2024-01-05 25:00'],
    ['iso', '2024-01-05 24:01'],
    ['iso', '2024-01-05 10:00 +99:00'],
    ['mdy', '01/15/2024 13:00 PM'],
    ['mdy', '01/15/20245'],
    ['dmy', '15.01.2024 10:00 Uhr'],
    ['ymd', '2024/01/05 EST'],
    ['packed', '2024011503'],
    ['named', 'Jan 15, 2024 PST'],
  ]) {
    assert.ok(Number.isNaN(reader(form, 'UTC')(text)), text)
  }
})

test('a leap second is the second before it, as in a tracker', () => {
  assert.equal(dateOf(reader('iso', 'UTC')('2024-01-05T23:59:60Z')), '2024-01-05')
  assert.ok(Number.isNaN(reader('iso', 'UTC')('2024-01-05T23:59:61Z')))
})

test('a time that is not understood is skipped, and told with its row', async () => {
  const good = Array.from({ length: 9 }, () => '2024-01-05 10:00,a')
  const file = await taken(`when,what\n${good.join('\n')}\n2024-01-05 10:00 CET,a\n`)
  assert.deepEqual(file.days, { '2024-01-05': 9 })
  assert.deepEqual(file.report.skipped, [
    {
      why: 'its time is not in that form',
      count: 1,
      examples: [{ number: 11, text: '2024-01-05 10:00 CET' }],
    },
  ])
})

test('whether day or month comes first is judged by the whole file', async () => {
  const early = Array.from(
    { length: 520 },
    (_, at) => `01/${String((at % 12) + 1).padStart(2, '0')}/2026`,
  )
  const late = Array.from({ length: 40 }, (_, at) => `01/${13 + (at % 18)}/2026`)
  const file = await taken(`when\n${[...early, ...late].join('\n')}\n`)
  assert.equal(file.plan.form, 'mdy')
  assert.equal(file.asked.form, false)
  assert.ok(Object.keys(file.days).every((date) => date.startsWith('2026-01-')))
  assert.equal(file.total, 560)
})

test('where the file does not tell, it is asked', async () => {
  for (const dates of [
    ['03/04/2026', '05/06/2026'],
    ['13/04/2026', '04/13/2026'],
  ]) {
    const file = await taken(`when\n${dates.join('\n')}\n`)
    assert.equal(file.asked.form, true, dates[0])
  }
  // With points the day is first; and in order they can be in one way only.
  assert.equal((await taken('when,n\n03.04.2026,1\n05.06.2026,2\n')).asked.form, false)
  const ordered = Array.from(
    { length: 12 },
    (_, at) => `${String(at + 1).padStart(2, '0')}/01/2026`,
  )
  const next = ordered.map((_, at) => `${String(at + 1).padStart(2, '0')}/02/2026`)
  const file = await taken(`when\n${[...ordered, ...next].join('\n')}\n`)
  assert.deepEqual([file.asked.form, file.plan.form], [false, 'dmy'])
})
