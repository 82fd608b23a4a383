// Numbers with a comma before the fraction, and with a point.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { taken } from './reading.js'

test('a comma before three digits is a fraction where no thousand can begin so', async () => {
  const file = await taken('when;price\n2024-01-05;0,145\n2024-01-06;0,250\n', { sum: 'price' })
  assert.deepEqual([file.total, file.asked.numbers], [0.395, false])
})

test('what does not fit the style of the column is skipped and told', async () => {
  const rows = ['1,5', '2,25', '0,75', '3,5', '1.5', '12.345,5', 'x']
  const text = `when;price\n${rows.map((row) => `2024-01-05;${row}`).join('\n')}\n`
  const file = await taken(text, { sum: 'price' })
  assert.equal(file.columns[1].numbers, 'comma')
  assert.equal(file.total, 12353.5)
  assert.deepEqual(
    file.report.skipped.map(({ why, count, examples }) => [why, count, examples[0].number]),
    [
      ['its value is no number with a comma before the fraction', 1, 6],
      ['its value is no number', 1, 8],
    ],
  )
})

test('where nothing tells a thousand from a fraction, it is asked', async () => {
  for (const [text, style] of [
    ['when;n\n2024-01-05;1.500\n2024-01-06;2.300\n', 'comma'],
    ['when;n\n2024-01-05;1,500\n2024-01-06;2,300\n', 'comma'],
    ['when,n\n2024-01-05,"1,500"\n2024-01-06,"2,300"\n', 'point'],
    ['when,n\n2024-01-05,1.500\n2024-01-06,2.300\n', 'point'],
  ]) {
    const file = await taken(text, { sum: 'n' })
    assert.equal(file.asked.numbers, true, text)
    assert.equal(file.columns[1].numbers, style, text)
  }
})

test('another column of the file tells how its numbers are written', async () => {
  const text = 'when;n;price\n2024-01-05;1.500;2,5\n2024-01-06;2.300;0,25\n'
  const file = await taken(text, { sum: 'n' })
  assert.deepEqual([file.total, file.asked.numbers], [3800, false])
})

test('a style that shows only far down is seen', async () => {
  const rows = Array.from({ length: 2000 }, () => '2024-01-05;1.500')
  const file = await taken(`when;n\n${rows.join('\n')}\n2024-01-06;2,5\n`, { sum: 'n' })
  assert.deepEqual([file.total, file.asked.numbers], [2000 * 1500 + 2.5, false])
})

test('groups, signs and currencies are read as they are written', async () => {
  for (const [style, number, value] of [
    ['point', '1,234,567.5', 1234567.5],
    ['comma', '1.234.567,5', 1234567.5],
    ['comma', '1 234 567,5', 1234567.5],
    ['comma', '1\u00a0234,5', 1234.5],
    ['point', "1'234.5", 1234.5],
    ['point', '-0.5', -0.5],
    ['comma', '−0,5', -0.5],
    ['comma', '12,50 €', 12.5],
    ['point', '$1,234.50', 1234.5],
    ['point', '1.5e3', 1500],
  ]) {
    const sign = style === 'comma' ? '0,5' : '0.5'
    const text = `when;n\n2024-01-05;${number}\n2024-01-05;${sign}\n2024-01-05;${sign}\n`
    const file = await taken(text, { sum: 'n' })
    assert.deepEqual([file.total, file.report.skipped], [value + 1, []], number)
  }
})

test('numbers of JSON are never in doubt, texts that look like some are', async () => {
  const rows = (n) =>
    JSON.stringify([
      { at: '2024-01-05', n },
      { at: '2024-01-06', n },
    ])
  assert.deepEqual([(await taken(rows(1.125), { sum: 'n' })).total], [2.25])
  assert.equal((await taken(rows(1.125), { sum: 'n' })).asked.numbers, false)
  assert.equal((await taken(rows('1.125'), { sum: 'n' })).asked.numbers, true)
})
