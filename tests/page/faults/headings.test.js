// Which row is the heading, and what parts the cells.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { namesOf } from '../../../www/src/bring/guess.js'
import { looked, taken } from './reading.js'

const names = ({ columns }) => columns.map(({ name }) => name)

test('names that look a little like numbers are names', async () => {
  for (const heading of ['when,e1', 'when,+', 'when,-', 'when,1st', 'e1,E10', 'when,3']) {
    const file = await looked(`${heading}\n2024-01-05,4\n2024-01-06,5\n`)
    assert.deepEqual(names(file), heading.split(','), heading)
  }
})

test('years are names over numbers, and data over years', async () => {
  assert.deepEqual(names(await looked('region,2023,2024\nnorth,5,7\nsouth,2,3\n'))[1], '2023')
  assert.deepEqual(names(await looked('2024-01-05,2023\n2024-01-06,2024\n'))[1], 'Column 2')
})

test('a first row of the same kind as the others is data', async () => {
  const file = await taken('2024-01-05,NL\n2024-01-06,BE\n')
  assert.deepEqual([names(file), file.total], [['Column 1', 'Column 2'], 2])
})

test('whether the first row is names can be said', async () => {
  const text = `when,3\n${'2024-01-05,4\n2024-01-06,5\n'.repeat(2)}`
  assert.equal((await looked(text)).how.isNamed, true)
  const data = await taken(text, { given: { isNamed: false } })
  assert.deepEqual([names(data), data.total], [['Column 1', 'Column 2'], 4])
  assert.equal(data.report.skipped[0].count, 1)
})

test('a line that says what parts the cells is no row', async () => {
  for (const said of ['sep=;', '"sep=;"', 'SEP=;', '\ufeffsep=;']) {
    const file = await taken(`${said}\r\nwhen;n\r\n2024-01-05;1,5\r\n`, { sum: 'n' })
    assert.deepEqual([names(file), file.total], [['when', 'n'], 1.5], said)
  }
})

test('a row longer than the heading loses nothing, and is told', async () => {
  const file = await taken('when,n\n2024-01-05,1\n2024-01-06,2,7\n', { sum: 'Column 3' })
  assert.deepEqual(names(file), ['when', 'n', 'Column 3'])
  assert.equal(file.total, 7)
  assert.match(file.notes.join(' '), /longer than the heading/)
  // Far down too, where the names were given already.
  const rows = Array.from({ length: 200_000 }, () => '2024-01-05,1')
  const long = await looked(`when,n\n${rows.join('\n')}\n2024-01-06,2,7\n`)
  assert.deepEqual(names(long), ['when', 'n', 'Column 3'])
})

test('cells are parted by what makes them dates and numbers', async () => {
  for (const [text, cells] of [
    ['2024-01-05;0,5\n2024-01-06;1,5\n', ['2024-01-05', '0,5']],
    ['2024-01-05\t0,5\n2024-01-06\t1,5\n', ['2024-01-05', '0,5']],
    ['when,what\n2024-01-05,a;b\n2024-01-06,c;d\n', ['2024-01-05', 'a;b']],
    ['when|n\n2024-01-05|1\n', ['2024-01-05', '1']],
    ['when,what\n2024-01-05,"a\n, ""b"""\n', ['2024-01-05', 'a\n, "b"']],
  ]) {
    const file = await looked(text)
    assert.deepEqual(file.rows[0], cells, text)
  }
  const chosen = await looked('a;b,c\n2024-01-05;1,2\n', { given: { delimiter: ',' } })
  assert.deepEqual(chosen.rows[0], ['2024-01-05;1', '2'])
})

test('rows have the number of their line, and lines may end in three ways', async () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const good = Array.from({ length: 9 }, () => '2024-01-05,e')
    const text = ['when,what', '', '2024-01-05,"a', 'b"', 'never,c', ...good, 'soon,"d'].join(end)
    const file = await taken(text)
    assert.deepEqual(file.days, { '2024-01-05': 10 })
    const told = file.report.skipped.flatMap(({ examples }) => examples.map(({ number }) => number))
    assert.deepEqual(
      told.toSorted((a, b) => a - b),
      [5, 15, 15],
      JSON.stringify(end),
    )
  }
})

test('twenty thousand equal names are given once each, and bounded', async () => {
  const count = 20_000
  const given = namesOf(Array.from({ length: count }, () => 'x'))
  assert.deepEqual([new Set(given).size, given[0], given.at(-1)], [count, 'x', 'x (20000)'])
  assert.deepEqual(namesOf(['a', 'a (2)', 'a', 'a']), ['a', 'a (2)', 'a (3)', 'a (4)'])
  const heading = Array.from({ length: count }, () => 'x').join(',')
  const file = await looked(`when,${heading}\n2024-01-05${',1'.repeat(count)}\n`)
  assert.equal(file.columns.length, 500)
  assert.match(file.notes.join(' '), /19501 columns more than the 500/)
})

test('naming columns that are called the same asks each name a bounded number of times', () => {
  // As many sets would be looked into as there are names, and not their square.
  let asked = 0
  const { has } = Set.prototype
  Set.prototype.has = function counted(one) {
    asked += 1
    return has.call(this, one)
  }
  try {
    namesOf(Array.from({ length: 5000 }, () => 'x'))
  } finally {
    Set.prototype.has = has
  }
  assert.ok(asked < 20_000, `${asked}`)
})
