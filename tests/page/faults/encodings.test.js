// Encodings: found, said, and changeable.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { looked, taken } from './reading.js'

const text = (names) => `when;city\n${names.map((name) => `2024-01-05;${name}`).join('\n')}\n`

test('letters of Windows-1252 are told apart, and the encoding is said', async () => {
  const file = await taken(text(['Köln', 'Käln', 'Köln']), { by: 'city', encoding: 'windows-1252' })
  assert.deepEqual(file.parts, { Köln: 2, Käln: 1 })
  assert.equal(file.how.encoding, 'windows-1252')
  assert.match(file.notes.join(' '), /Windows-1252/)
})

test('a letter far down tells the encoding as well', async () => {
  const names = [...Array.from({ length: 300_000 }, () => 'Bonn'), 'Köln']
  const file = await taken(text(names), { by: 'city', encoding: 'windows-1252' })
  assert.equal(file.parts.Köln, 1)
})

test('the encoding can be chosen', async () => {
  const file = await taken(text(['Köln']), {
    by: 'city',
    encoding: 'windows-1252',
    given: { encoding: 'windows-1250' },
  })
  assert.equal(file.how.encoding, 'windows-1250')
  assert.deepEqual(file.parts, { Köln: 1 })
  const wrong = await taken(text(['Łódź']), { by: 'city', given: { encoding: 'windows-1252' } })
  assert.deepEqual(Object.keys(wrong.parts), ['Å\u0081Ã³dÅº'])
})

test('UTF-8 of which some letters are damaged stays UTF-8, and that is told', async () => {
  const good = Buffer.from(text(Array.from({ length: 50 }, () => 'Köln')))
  const bad = Buffer.concat([
    good,
    Buffer.from('2024-01-05;K'),
    Buffer.of(0xf6),
    Buffer.from('ln\n'),
  ])
  const { look } = await import('../../../www/src/bring/look.js')
  const file = await look(new File([bad], 'a.csv'), {}, () => undefined)
  assert.equal(file.how.encoding, 'utf-8')
  assert.match(file.notes.join(' '), /1 of its letters are damaged/)
})

test('UTF-16 is read with its mark and without', async () => {
  for (const encoding of ['utf-16le', 'utf-16be']) {
    for (const mark of [true, false]) {
      const file = await taken(text(['Köln', 'Łódź']), { by: 'city', encoding, mark })
      assert.deepEqual([file.how.encoding, file.parts], [encoding, { Köln: 1, Łódź: 1 }])
    }
  }
})

test('what is no text is refused', async () => {
  const bytes = String.fromCharCode(0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2)
  await assert.rejects(looked(bytes, { encoding: 'windows-1252' }), /it is no text/)
})
