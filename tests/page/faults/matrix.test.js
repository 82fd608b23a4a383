// Files of every make, of which the totals are known: they are read right, or it is asked, never wrong in silence.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { reader } from '../../../www/src/bring/time.js'
import { dateOf, taken } from './reading.js'

const zone = 'America/New_York'

const dialects = [
  { delimiter: ',', quote: false },
  { delimiter: ',', quote: true },
  { delimiter: ';', quote: false },
  { delimiter: '\t', quote: false },
  { delimiter: '|', quote: true },
]

const pad = (number) => String(number).padStart(2, '0')

const dates = {
  iso: ([y, m, d]) => `${y}-${pad(m)}-${pad(d)}`,
  ymd: ([y, m, d]) => `${y}/${m}/${d}`,
  dmy: ([y, m, d]) => `${pad(d)}.${pad(m)}.${y}`,
  dmySlash: ([y, m, d]) => `${d}/${m}/${y}`,
  mdy: ([y, m, d]) => `${m}/${d}/${y}`,
  packed: ([y, m, d]) => `${y}${pad(m)}${pad(d)}`,
}

const offsets = ['', 'Z', ' +0000', '+05:30', '-03']

const numbers = {
  point: (n) => n.toFixed(2),
  pointGroups: (n) => n.toLocaleString('en-US', { minimumFractionDigits: 2 }),
  comma: (n) => n.toFixed(2).replace('.', ','),
  commaGroups: (n) => n.toLocaleString('de-DE', { minimumFractionDigits: 2 }),
  thousandths: (n) => n.toFixed(3).replace('.', ','),
  whole: (n) => String(Math.round(n)),
}

const orders = {
  up: (rows) => rows,
  down: (rows) => rows.toReversed(),
  mixed: (rows) => rows.map((_, at) => rows[(at * 7) % rows.length]),
}

/** Numbers that repeat themselves, without chance. */
function* counter(seed) {
  for (let state = seed; ;) {
    state = (state * 48_271) % 2_147_483_647
    yield state
  }
}

const encodings = [
  { encoding: 'utf-8', mark: false },
  { encoding: 'utf-8', mark: true },
  { encoding: 'windows-1252', mark: false },
  { encoding: 'utf-16le', mark: true },
]

/** The date in the zone of what was written, told by the clock alone. */
function expectedDate([y, m, d], hour, offset) {
  if (offset === '') return `${y}-${pad(m)}-${pad(d)}`
  const sign = { '+05:30': '+05:30', '-03': '-03:00' }[offset] ?? 'Z'
  const instant = new Date(`${y}-${pad(m)}-${pad(d)}T${pad(hour)}:15:00${sign}`)
  return instant.toLocaleDateString('sv-SE', { timeZone: zone })
}

function made({ dialect, form, offset, style, order, heading, seed, days }) {
  const random = counter(seed)
  const rows = Array.from({ length: days }, (_, at) => {
    const day = new Date(Date.UTC(2026, 0, 1 + at))
    const date = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()]
    const hour = random.next().value % 24
    const amount = (random.next().value % 400_000) / 100
    return { date, hour, amount, city: ['Köln', 'Käln', 'Bonn'][random.next().value % 3] }
  })
  const cell = (text) => (dialect.quote || text.includes(dialect.delimiter) ? `"${text}"` : text)
  const ordered = orders[order](rows)
  const lines = ordered.map(({ date, hour, amount, city }) => {
    const time = offset === undefined ? '' : ` ${pad(hour)}:15:00${offset}`
    const written = numbers[style](amount)
    return [`${dates[form](date)}${time}`, city, written].map(cell).join(dialect.delimiter)
  })
  if (heading) lines.unshift(['when', 'city', 'amount'].map(cell).join(dialect.delimiter))
  const days_ = {}
  for (const { date, hour, amount } of ordered) {
    const key = expectedDate(date, hour, offset ?? '')
    const value = style === 'whole' ? Math.round(amount) : amount
    days_[key] = Math.round(((days_[key] ?? 0) + value) * 1e6) / 1e6
  }
  return { text: `${lines.join('\r\n')}\r\n`, days: days_ }
}

const rounded = (days) =>
  Object.fromEntries(
    Object.entries(days)
      .map(([day, value]) => [day, Math.round(value * 1e6) / 1e6])
      .sort(),
  )

test('files of every make are read right, or it is asked', async () => {
  let [count, asked, seed] = [0, 0, 1]
  for (const dialect of dialects)
    for (const form of Object.keys(dates))
      for (const style of Object.keys(numbers))
        for (const order of Object.keys(orders)) {
          // What is left varies along, so that each meets each.
          seed += 1
          const offset = [undefined, ...offsets][seed % 6]
          const encoded = encodings[(seed >> 1) % 4]
          const heading = seed % 3 !== 0
          const days = [12, 40, 5][seed % 3]
          const { text, days: expected } = made({
            ...{ dialect, form, offset, style, order, heading, days },
            seed,
          })
          const label = `${JSON.stringify({ dialect, form, offset, style, order, heading, days, ...encoded })}\n${text.slice(0, 200)}`
          const sum = heading ? 'amount' : 'Column 3'
          const file = await taken(text, { sum, zone, ...encoded })
          count += 1
          assert.equal(file.how.delimiter, dialect.delimiter, label)
          if (file.asked.form || file.asked.numbers) {
            asked += 1
            // What a person answers is then right.
            const answers = {
              ...(file.asked.form && { form: form.startsWith('dmy') ? 'dmy' : form }),
              ...(file.asked.numbers && { numbers: style.startsWith('point') ? 'point' : 'comma' }),
            }
            const again = await taken(text, { sum, zone, answers, ...encoded })
            assert.deepEqual(rounded(again.days), rounded(expected), label)
            continue
          }
          assert.deepEqual(rounded(file.days), rounded(expected), label)
          assert.deepEqual(file.report.skipped, [], label)
        }
  assert.equal(count, 540)
  assert.ok(asked < count / 4, `${asked} of ${count} were asked`)
})

test('cities are the same in every encoding', async () => {
  for (const encoded of encodings) {
    const text = 'when;city\n2026-01-05;Köln\n2026-01-05;Käln\n2026-01-05;Köln\n'
    const file = await taken(text, { by: 'city', ...encoded })
    assert.deepEqual(file.parts, { Köln: 2, Käln: 1 }, JSON.stringify(encoded))
  }
})

test('instants are dated alike in all forms', () => {
  for (const zone of ['America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC']) {
    for (let at = 0; at < 200; at += 1) {
      const instant = new Date(Date.UTC(2026, 0, 1) + at * 3_600_000 * 17)
      const [date, clock] = instant.toISOString().slice(0, 19).split('T')
      const [y, m, d] = date.split('-')
      const expected = instant.toLocaleDateString('sv-SE', { timeZone: zone })
      for (const [form, text] of [
        ['iso', `${date}T${clock}Z`],
        ['ymd', `${y}/${m}/${d} ${clock} +0000`],
        ['dmy', `${d}.${m}.${y}, ${clock} UTC`],
        ['mdy', `${m}/${d}/${y} ${clock}+00:00`],
        ['packed', `${y}${m}${d}T${clock.replaceAll(':', '')}Z`],
        ['seconds', String(instant / 1000)],
        ['milliseconds', String(Number(instant))],
      ]) {
        assert.equal(dateOf(reader(form, zone)(text)), expected, `${zone} ${text}`)
      }
    }
  }
})
