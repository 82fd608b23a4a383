// JSON in its forms: arrays, objects with a list, lines.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { looked, taken } from './reading.js'

const names = ({ columns }) => columns.map(({ name }) => name)

test('the keys of all objects are columns', async () => {
  const rows = [{ at: '2024-01-05' }, { at: '2024-01-06', n: 3 }, { n: 4, at: '2024-01-06', m: 1 }]
  for (const text of [JSON.stringify(rows), rows.map((row) => JSON.stringify(row)).join('\n')]) {
    const file = await taken(text, { sum: 'n' })
    assert.deepEqual([names(file), file.total], [['at', 'n', 'm'], 7])
    assert.deepEqual(file.report.skipped[0].why, 'it has no value')
  }
})

test('the list that has rows is taken, whichever it is', async () => {
  const rows = [
    { at: '2024-01-05', n: 1 },
    { at: '2024-01-06', n: 2 },
  ]
  for (const value of [
    { dimensionHeaders: [{ name: 'date' }], rows },
    { tags: ['a', 'b', 'c'], list: rows },
    { meta: { list: [] }, answer: { page: { hits: rows } } },
    { columns: ['at', 'n'], data: rows.map(({ at, n }) => [at, n]) },
    { empty: [], rows, total: 2 },
  ]) {
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      const file = await taken(text, { sum: 'n' })
      assert.deepEqual([names(file), file.total], [['at', 'n'], 3], text)
    }
  }
})

test('what is inside an object is a column by its path', async () => {
  const text = JSON.stringify({
    dimensionHeaders: [{ name: 'date' }, { name: 'country' }],
    rows: [
      { dimensionValues: [{ value: '20240105' }, { value: 'NL' }], metricValues: [{ value: '5' }] },
      { dimensionValues: [{ value: '20240106' }, { value: 'BE' }], metricValues: [{ value: '6' }] },
    ],
  })
  const file = await taken(text, { sum: 'metricValues.0.value', by: 'dimensionValues.1.value' })
  assert.deepEqual(
    [file.days, file.parts],
    [
      { '2024-01-05': 5, '2024-01-06': 6 },
      { NL: 5, BE: 6 },
    ],
  )
})

test('one object alone is a row, also with a list in it', async () => {
  for (const value of [
    { at: '2024-01-05', tags: ['a', 'b'] },
    { at: '2024-01-05', n: 3 },
    [{ at: '2024-01-05', tags: ['a'] }],
  ]) {
    assert.equal((await taken(JSON.stringify(value))).total, 1, JSON.stringify(value))
  }
})

test('a list among objects is no record, and lines of lists are rows', async () => {
  const mixed = '\n{"at":"2024-01-05"}\n["2024-01-06"]\n{"at":"2024-01-07"}\n5\n'
  const file = await taken(mixed)
  assert.deepEqual(Object.keys(file.days), ['2024-01-05', '2024-01-07'])
  assert.deepEqual(
    file.report.skipped.map(({ why, examples }) => [why, examples.map(({ number }) => number)]),
    [['it is no object of JSON', [3, 5]]],
  )
  const lists = await taken('["2024-01-05",1]\n["2024-01-06",2]\n', { sum: 'Column 2' })
  assert.equal(lists.total, 3)
})

test('columns are bounded, and told', async () => {
  const row = Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`c${at}`, at]))
  const file = await looked(JSON.stringify([{ at: '2024-01-05', ...row }]))
  assert.equal(file.columns.length, 500)
  assert.match(file.notes.join(' '), /201 columns more/)
})

test('names such as __proto__ are columns like others', async () => {
  const text = '[{"at":"2024-01-05","__proto__":3,"constructor":4}]'
  const file = await taken(text, { sum: '__proto__' })
  assert.deepEqual([names(file), file.total], [['at', '__proto__', 'constructor'], 3])
})

test('what trackstats and django-trackstats write is told by how it begins', async () => {
  const statistic = '{"metric":"a.b","period":"day","date":"2024-01-05","value":3}'
  const model = '{"model": "contenttypes.contenttype", "pk": 1, "fields": {"app_label": "a"}}'
  for (const [text, format] of [
    ['{"trackstats":1,"time_zone":"UTC"}\n', 'jsonl'],
    ['\n\n{ "trackstats": 1 }\n', 'jsonl'],
    [`${statistic}\n${statistic}\n`, 'jsonl'],
    ['metric,period,date,value,country\n', 'csv'],
    ['"date","metric","value","period"\n', 'csv'],
    [`[${model}]`, 'django'],
    [`[\n  ${model}\n]`, 'django'],
    [`\n${model}\n${model}\n`, 'django'],
  ]) {
    for (const encoding of ['utf-8', 'utf-16le']) {
      const { how } = await looked(text, { encoding, mark: encoding !== 'utf-8' })
      assert.deepEqual([how.kind, how.format, how.encoding], ['own', format, encoding], text)
    }
  }
  assert.equal((await looked('metric,when,value\na,2024-01-05,3\n')).how.kind, 'csv')
  assert.equal((await looked('[{"model":"T","at":"2024-01-05"}]')).how.kind, 'array')
})
