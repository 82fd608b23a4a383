// The code for a view as text. The Rust of one view with everything in it is an example of the crate, so
// that it is known to compile.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'

import { inJavaScript } from '../../www/src/code/javascript.js'
import { quoted } from '../../www/src/code/literal.js'
import { inRust } from '../../www/src/code/rust.js'

const range = { from: '2026-01-01', to: '2026-02-28' }

/** A view with all that can be chosen. */
const everything = {
  question: {
    metric: 'shop.orders',
    by: { country: 'N"L\n\u202e\\' },
    period: 'day',
    kind: 'window',
    range,
    options: {
      ...range,
      fill: 'zero',
      rolling: { days: 7, aggregate: 'mean' },
      bucket: { span: 'month', aggregate: 'last' },
    },
  },
  split: 'country',
  parts: { ...range, aggregate: 'last' },
  period: 'days_28',
  top: 5,
  store: 'page',
  zone: 'Europe/Amsterdam',
  more: { period: 'lifetime', places: [{}, { country: 'NL' }] },
}

/** Code without what a formatter changes. */
const bare = (code) => code.replace(/\s+/g, '').replace(/,(?=[)}\]])/g, '')

test('the Rust for a view compiles', async () => {
  const file = new URL('../../core/examples/view.rs', import.meta.url)
  const text = await readFile(file, 'utf8')
  const example = text.slice(text.indexOf('use trackstats'))
  assert.equal(bare(inRust(everything)), bare(example))
})

test('the Rust for other views differs only where the view does', () => {
  const plain = {
    ...everything,
    split: undefined,
    zone: 'UTC',
    more: { period: 'day', places: [{}] },
  }
  plain.question = { ...everything.question, by: {}, options: { ...range, cumulative: true } }
  const code = inRust(plain)
  assert.match(code, /^use trackstats::\{MetricRef, Period, Store\};$/m)
  assert.match(code, /\.range\(\.\.="2026-02-28"\)\n\s+\.cumulative\(\)\n/)
  assert.match(code, /store\.increment\(MetricRef::new\("shop\.orders"\), today, 1\)\?;/)
  assert.ok(!code.includes('breakdown') && !code.includes('.zone('))
})

test('the JavaScript for a view is JavaScript, whatever is in its names', () => {
  const strange = ["it's", '</script>', '\u2028', '\\', '`${1}`', '__proto__', '\u0000']
  for (const text of strange) {
    assert.equal(new Function(`return ${quoted(text, "'")}`)(), text)
    const question = { ...everything.question, by: { [text]: text } }
    const code = inJavaScript({
      ...everything,
      question,
      more: { period: 'day', places: [{ [text]: text }] },
    })
    const body = code.replace(/^import.*\n/, '').replace('(await open', '(open')
    const asked = []
    const store = {
      series: (...words) => asked.push(words) && { dates: [], values: [] },
      breakdown: () => undefined,
      compare: () => ({}),
      increment: (...words) => asked.push(words),
    }
    new Function('open', 'console', body)(() => ({ dynamic: store }), { log: () => undefined })
    assert.deepEqual(Object.entries(asked[0][2].by), [[text, text]])
    assert.deepEqual(Object.entries(asked[1][2].by), [[text, text]])
  }
})
