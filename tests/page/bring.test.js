// A person's own files: guessed, confirmed, read, reported on; and what is hostile in them.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { faultsOf, numberIn, opened, person, served, skip, textOf } from './place.js'

const { address } = skip ? {} : await served()

/** Gives the page a file as the person would who chooses it. */
async function choose(page, name, text) {
  const buffer = typeof text === 'string' ? Buffer.from(text) : text
  await page.setInputFiles('#file', { name, mimeType: 'application/octet-stream', buffer })
}

/** Chooses a file and takes the guess as it is; resolves to the report. */
async function takeIn(page, name, text) {
  await choose(page, name, text)
  await page.click('.confirm button[type=submit]')
  return textOf(page, '.report-said')
}

/** What the form proposes. */
const guessOf = (page) =>
  page.locator('.confirm').evaluate((form) => ({
    title: form.querySelector('input[type=text]').value,
    chosen: [...form.querySelectorAll('select')].map((one) => one.selectedOptions[0].textContent),
    split: [...form.querySelectorAll('input:checked')].map((one) => one.parentElement.textContent),
  }))

const csv = `when,country,amount
2026-11-01,NL,10
2026-11-01,BE,2.5
2026-11-02,NL,4
2026-11-02,NL,
never,NL,3
,BE,4
2026-11-04,"B""E, the ""one""",many
2026-11-05,NL,7
`

test(
  'a CSV file is guessed, confirmed and shown, and what was skipped is told',
  { skip },
  async () => {
    const page = await opened(await person(), address)
    await choose(page, 'My sales.csv', csv)
    await page.waitForSelector('.confirm')
    assert.deepEqual(await guessOf(page), {
      title: 'My sales',
      chosen: ['when', '2026-11-25, with or without a time', 'the rows'],
      split: ['country (3)'],
    })
    await page.selectOption('.confirm select >> nth=2', '2')
    await page.click('.confirm button[type=submit]')
    assert.match(
      await textOf(page, '.report-said'),
      /^4 rows of My sales\.csv taken in [\d.]+ s, 4 skipped\.$/,
    )
    const reasons = await page
      .locator('.report > ul > li')
      .evaluateAll((items) =>
        items.map((item) => item.firstChild.textContent + item.querySelector('li').textContent),
      )
    assert.deepEqual(reasons.sort(), [
      '1 row: it has no timerow 7',
      '1 row: it has no valuerow 5',
      '1 row: its time is not in that formrow 6: never',
      '1 row: its value is no numberrow 8: many',
    ])
    assert.match(await textOf(page, '#caption'), /^amount, 1 Nov 2026 to .*: 23\.5/)
    assert.deepEqual(await page.locator('.parts li').allTextContents(), ['NL21', 'BE2.5'])
    assert.match(page.url(), /metric=my_sales\.amount/)
    await page.waitForTimeout(400)
    await page.reload()
    await page.waitForSelector('html.ready')
    assert.match(await textOf(page, '#caption'), /^amount, .*: 23\.5/)
    assert.deepEqual(await faultsOf(page), [])
  },
)

test('JSON Lines, a JSON array, and rows that are pasted are read alike', { skip }, async () => {
  const rows = [
    { at: '2026-11-03T10:00:00Z', who: 'Ann', n: 2 },
    { at: '2026-11-03T11:00:00Z', who: 'Bob', n: 3 },
    { at: '2026-11-05T11:00:00Z', who: 'Ann', n: null },
  ]
  const context = await person({ timezoneId: 'Asia/Tokyo' })
  const lines = rows.map((row) => JSON.stringify(row)).join('\n')
  for (const [name, text] of [
    ['rows.jsonl', `${lines}\n{broken\n`],
    ['rows.json', JSON.stringify(rows, null, 2)],
    ['data.json', JSON.stringify({ rows })],
  ]) {
    const page = await opened(context, address)
    const skipped = text.includes('broken') ? 1 : 0
    assert.match(await takeIn(page, name, text), new RegExp(`^3 rows of .* ${skipped} skipped`))
    assert.match(await textOf(page, '#caption'), /^Rows, 3 Nov 2026 to .*: 3/)
    assert.deepEqual(await page.locator('.parts li').allTextContents(), ['Ann2', 'Bob1'])
    await page.close()
  }
  const page = await opened(context, address)
  await page.fill('#pasted', 'day\tplace\n03/11/2026\tx\n25/11/2026\ty\n')
  await page.click('#bring button:text("Use these rows")')
  await page.click('.confirm button[type=submit]')
  assert.match(await textOf(page, '.report-said'), /^2 rows/)
  assert.match(await textOf(page, '#caption'), /^Rows, 3 Nov 2026/)
})

test('instants are dated in the zone of the store', { skip }, async () => {
  const page = await opened(await person({ timezoneId: 'America/New_York' }), address)
  const text = 'time,n\n2026-11-02T03:30:00Z,1\n2026-11-02T23:30:00-05:00,1\n2026-11-02 03:30,1\n'
  await takeIn(page, 'zones.csv', text)
  await page.click('#numbers summary')
  await page.waitForSelector('#numbers tbody tr')
  assert.deepEqual(await page.locator('#numbers tbody tr').allTextContents(), [
    'Mon, 2 November 20262',
    'Sun, 1 November 20261',
  ])
})

test('five hundred thousand lines are read without the page standing still', { skip }, async () => {
  const lines = ['at,country,amount']
  for (let at = 0; at < 500_000; at += 1) {
    const day = new Date(Date.UTC(2024, 0, 1) + (at % 700) * 86_400_000).toISOString().slice(0, 10)
    lines.push(`${day},C${at % 40},${at % 97}`)
  }
  const page = await opened(await person(), address)
  await choose(page, 'large.csv', lines.join('\n'))
  await page.waitForSelector('.confirm')
  await page.evaluate(() => {
    globalThis.longest = 0
    globalThis.begun = performance.now()
    let last = globalThis.begun
    const beat = () => {
      const now = performance.now()
      globalThis.longest = Math.max(globalThis.longest, now - last)
      last = now
      setTimeout(beat, 4)
    }
    beat()
    globalThis.bars = new Set()
    new MutationObserver(() => {
      const said = document.querySelector('.working .note')?.textContent
      if (said) globalThis.bars.add(said)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await page.click('.confirm button[type=submit]')
  assert.match(await textOf(page, '.report-said'), /^500,000 rows/)
  const { longest, whole, bars } = await page.evaluate(() => ({
    longest: globalThis.longest,
    whole: performance.now() - globalThis.begun,
    bars: globalThis.bars.size,
  }))
  // A part of the whole, since a busy machine takes longer for both.
  assert.ok(longest < whole / 5, `the page stood still for ${longest} of ${whole} ms`)
  assert.ok(bars > 3, `the progress was told ${bars} times`)
  assert.equal(numberIn(await textOf(page, '#caption')), 500_000)
  assert.equal(await page.locator('.parts li').count(), 6)
})

test('reading can be cancelled, and then nothing was taken', { skip }, async () => {
  const page = await opened(await person(), address)
  const before = await page.locator('#catalog a').count()
  const rows = Array.from({ length: 400_000 }, (_, at) => `2026-11-0${(at % 9) + 1},x${at % 7}`)
  await choose(page, 'long.csv', `day,what\n${rows.join('\n')}`)
  await page.click('.confirm button[type=submit]')
  await page.click('.working button')
  await page.waitForSelector('#drop')
  assert.equal(await page.locator('.report, .working').count(), 0)
  await page.waitForTimeout(300)
  assert.equal(await page.locator('#catalog a').count(), before)
  assert.match(await takeIn(page, 'short.csv', 'day,what\n2026-11-01,x\n'), /^1 row /)
})

test('what is no data is refused with a reason', { skip }, async () => {
  const page = await opened(await person(), address)
  for (const [name, content, reason] of [
    ['empty.csv', '', /there is nothing in it/],
    ['head.csv', 'a,b,c\n', /it has no rows/],
    ['picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]), /it is no text/],
    ['broken.json', '[{"a":1},', /it is no JSON/],
    ['list.json', '[]', /it has no rows/],
    ['numbers.json', '[1, 2, 3]', /it has no rows/],
    ['object.json', '{"a": 1}', /it has no list of rows|it has no rows|seem to be no times/],
  ]) {
    await choose(page, name, content)
    const isOf = (text) => text.includes(name) || text.includes('seem to be no times')
    assert.match(await textOf(page, '.report.error, .confirm', isOf), reason, name)
    if (await page.locator('.confirm').count()) await page.click('.confirm button[type=button]')
  }
  assert.deepEqual(await faultsOf(page), [])
})

test('names and values that are markup, code or formulas are only text', { skip }, async () => {
  const context = await person()
  const page = await opened(context, address)
  const name = '<img src=x onerror=alert(1)>"\'`${alert(2)}.csv'
  const evil = [
    'date,<script>alert(3)</script>,__proto__,constructor,"a.b c"',
    '2026-11-01,<b>bold</b>,__proto__,toString,"=HYPERLINK(""http://x.example"")"',
    "2026-11-01,</script><svg onload=alert(4)>,hasOwnProperty,valueOf,'; DROP TABLE metric --",
    '2026-11-02,javascript:alert(5),\u202Egnp.exe,\u0000\u0007,\u2028',
  ]
    .join('\n')
    .replace('\u0000', '')
  await choose(page, name, evil)
  await page.waitForSelector('.confirm')
  for (const box of await page.locator('.splits input').all())
    if (await box.isEnabled()) await box.check()
  await page.click('.confirm button[type=submit]')
  assert.match(await textOf(page, '.report-said'), /^3 rows/)
  const options = await page
    .locator('.parts-choices select >> nth=0')
    .locator('option')
    .allTextContents()
  assert.equal(options.length, 4)
  const seen = []
  for (const option of options) {
    await page.selectOption('.parts-choices select >> nth=0', option)
    seen.push(...(await page.locator('.part-name').allTextContents()))
    await page.click('.part-name >> nth=0')
    assert.match(await textOf(page, '#caption', (text) => text.startsWith('Rows, ')), /: 1/)
    await page.click('.chosen')
  }
  assert.ok(seen.includes('<b>bold</b>'))
  assert.ok(seen.includes('__proto__'))
  assert.equal(await page.locator('main img, main script, main b, main svg:not(.spark)').count(), 0)
  assert.deepEqual(await faultsOf(page), [])
})

test(
  'a file that is dropped anywhere is looked at, and data that ended long ago ends there',
  { skip },
  async () => {
    const page = await opened(await person(), address)
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File(['date,who\n2019-03-01,a\n2019-03-09,b\n'], 'old.csv'))
      for (const type of ['dragover', 'drop']) {
        const event = new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true })
        document.getElementById('chart').dispatchEvent(event)
        if (!event.defaultPrevented) throw new Error(`the browser would take the ${type}`)
      }
    })
    await page.click('.confirm button[type=submit]')
    assert.match(await textOf(page, '.report-said'), /^2 rows of old\.csv/)
    assert.match(await textOf(page, '#caption'), /^Rows, 1 Mar 2019 to 9 Mar 2019: 2/)
    await page.selectOption('#more select >> nth=0', '30')
    assert.match(await textOf(page, '#caption'), /^Rows, 30 days until 9 Mar 2019: 2/)
    await page.click('#plus')
    await textOf(page, '#caption', (text) => text.startsWith('Rows, 30 days: 1'))
  },
)
