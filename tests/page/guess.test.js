// What the page takes columns for, and which day it reads in them.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { guessColumns, guessPlan, isHeading, namesOf } from '../../www/src/bring/guess.js'
import { referenceOf } from '../../www/src/bring/take.js'
import { reader } from '../../www/src/bring/time.js'
import { placeOf } from '../../www/src/sql/place.js'

/** The guess for columns that are given by their texts. */
function guess(columns) {
  const names = Object.keys(columns)
  const rows = columns[names[0]].map((_, at) => names.map((name) => columns[name][at]))
  const guessed = guessColumns(names, rows)
  const { time, form, split } = guessPlan(guessed)
  const numbers = names.filter((_, at) => guessed[at].numbers)
  return { time: names[time], form, split: split.map((at) => names[at]), numbers }
}

test('times are told by their form, and by the name of their column', () => {
  const forms = [
    [['2026-11-25', '2026-11-26T10:00:00Z'], 'iso'],
    [['2026-11-25 10:00', '2026-11-26 11:00:30.5 +0100'], 'iso'],
    [['25/11/2026', '01/12/2026'], 'dmy'],
    [['11/25/2026', '12/01/2026'], 'mdy'],
    [['25.11.2026 10:00', '26.11.2026 11:00'], 'dmy'],
    [['2026/11/25', '2026/1/5'], 'ymd'],
    [['20261125', '20261126'], 'packed'],
    [['1795600000', '1795600001.5'], 'seconds'],
    [['1795600000000', '1795600000001'], 'milliseconds'],
  ]
  for (const [texts, form] of forms) assert.equal(guess({ column: texts }).form, form, texts[0])
  const ids = ['1795600000', '1795600001']
  assert.equal(guess({ id: ids, created_at: ['2026-11-25', '2026-11-26'] }).time, 'created_at')
  assert.equal(guess({ order: ids, ts: ['1795600009', '1795600010'] }).time, 'ts')
  assert.equal(guess({ a: ['x', 'y'] }).time, undefined)
})

test('what repeats itself is split by, what is different in each row is not', () => {
  const count = 60
  const columns = {
    day: Array.from({ length: count }, () => '2026-11-25'),
    country: Array.from({ length: count }, (_, at) => ['NL', 'BE', 'DE'][at % 3]),
    order: Array.from({ length: count }, (_, at) => `A-${at}`),
    amount: Array.from({ length: count }, (_, at) => `${at}.5`),
    empty: Array.from({ length: count }, () => ''),
  }
  assert.deepEqual(guess(columns), {
    time: 'day',
    form: 'iso',
    split: ['country'],
    numbers: ['amount'],
  })
})

test('a first row with data in it is no heading, and names are given once', () => {
  assert.ok(isHeading(['date', 'country', '']))
  assert.ok(!isHeading(['2026-11-25', 'NL']))
  assert.ok(!isHeading(['NL', '3.5']))
  assert.deepEqual(namesOf(['a', ' a ', '', 'a']), ['a', 'a (2)', 'Column 3', 'a (3)'])
})

test('days are read in every form, and what is no day is none', () => {
  const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000
  const read = (form, text, zone = 'UTC') => reader(form, zone)(text)
  assert.equal(read('iso', '2026-11-25'), day('2026-11-25'))
  assert.equal(read('dmy', '25/11/2026 10:00'), day('2026-11-25'))
  assert.equal(read('mdy', '1/5/2026'), day('2026-01-05'))
  assert.equal(read('ymd', '2026.1.5'), day('2026-01-05'))
  assert.equal(read('packed', '20260105'), day('2026-01-05'))
  assert.equal(read('iso', '0099-12-31'), Date.UTC(2099, 11, 31) / 86_400_000 - 730_485)
  for (const [form, text] of [
    ['iso', '2026-02-29'],
    ['iso', '2026-13-01'],
    ['iso', '0000-01-01'],
    ['iso', '2026-11-25T99:00:00Z'],
    ['iso', 'today'],
    ['dmy', '31/04/2026'],
    ['mdy', '25/11/2026'],
    ['packed', '20261301'],
    ['seconds', '1e9'],
    ['milliseconds', '99999999999999999'],
  ]) {
    assert.ok(Number.isNaN(read(form, text)), `${form} ${text}`)
  }
})

test('instants are dated on the clocks of the zone, over changes of them too', () => {
  const text = (day) => new Date(day * 86_400_000).toISOString().slice(0, 10)
  for (const [zone, instant, date] of [
    ['Europe/Amsterdam', '2026-03-28T22:59:59Z', '2026-03-28'],
    ['Europe/Amsterdam', '2026-03-28T23:00:00Z', '2026-03-29'],
    ['Europe/Amsterdam', '2026-03-29T22:00:00Z', '2026-03-30'],
    ['Asia/Kathmandu', '2026-11-25T18:14:59Z', '2026-11-25'],
    ['Asia/Kathmandu', '2026-11-25T18:15:00Z', '2026-11-26'],
    ['America/St_Johns', '2026-11-25T23:30:00-03:30', '2026-11-25'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31'],
    ['UTC', '2026-11-25 23:30 -0100', '2026-11-26'],
    ['UTC', '2026-1-5 0:30+05:30', '2026-01-04'],
  ]) {
    assert.equal(text(reader('iso', zone)(instant)), date, `${zone} ${instant}`)
  }
  assert.equal(text(reader('seconds', 'Asia/Tokyo')('1795618799')), '2026-11-25')
  assert.equal(text(reader('milliseconds', 'Asia/Tokyo')('1795618800000')), '2026-11-26')
})

test('references are made of any text', () => {
  assert.equal(referenceOf('My Sales 2026.v2', 'x'), 'my_sales_2026_v2')
  assert.equal(referenceOf(' .\u0000\n', 'x'), 'x')
  assert.equal(referenceOf('é'.repeat(300), 'x').length, 60)
})

test('the place of an error is where it says, or where the word is that it names', () => {
  assert.deepEqual(placeOf('found: b at Line: 2, Column: 3', 'a\n  bad c'), {
    from: 4,
    to: 7,
    line: 2,
    column: 3,
  })
  assert.deepEqual(placeOf("no table 'x y'", 'SELECT\n"x y"'), {
    from: 8,
    to: 11,
    line: 2,
    column: 2,
  })
  assert.deepEqual(placeOf('found: EOF', 'SELECT ('), { from: 8, to: 8, line: 1, column: 9 })
  assert.equal(placeOf('too deep', 'SELECT 1'), undefined)
  assert.equal(placeOf('at Line: 9, Column: 900', 'SELECT').from, 6)
})
