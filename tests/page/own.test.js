// A person's own data, where files are not as one wishes: what is asked, said and changeable, and what is left
// behind when it fails.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { faultsOf, opened, person, served, skip, textOf } from './place.js'

const { address } = skip ? {} : await served()

async function choose(page, name, text) {
  const buffer = typeof text === 'string' ? Buffer.from(text) : text
  await page.setInputFiles('#file', { name, mimeType: 'application/octet-stream', buffer })
}

const submit = (page) => page.click('.confirm button[type=submit]')

const partsOf = (page) => page.locator('.parts li').allTextContents()

test('decimal commas are summed as they are meant', { skip }, async () => {
  const page = await opened(await person(), address)
  await choose(page, 'prices.csv', 'when;price\n2026-11-01;0,145\n2026-11-02;0,250\n')
  await page.selectOption('.confirm select >> nth=2', '1')
  await submit(page)
  assert.match(await textOf(page, '.report-said'), /^2 rows/)
  // Rounded as all sums are that are shown.
  assert.match(await textOf(page, '#caption'), /^price, .*: 0\.4,/)
  assert.deepEqual(await faultsOf(page), [])
})

test('what a file does not tell is asked before it is taken', { skip }, async () => {
  const page = await opened(await person(), address)
  await choose(page, 'doubt.csv', 'when;n\n03/04/2026;1.500\n05/06/2026;2.300\n')
  await page.waitForSelector('.confirm')
  const isOff = () => page.locator('.confirm button[type=submit]').isDisabled()
  assert.ok(await isOff())
  assert.match(await textOf(page, '.confirm [role=status]'), /Does the day come first/)
  await page.selectOption('.confirm select >> nth=1', 'dmy')
  assert.ok(!(await isOff()))
  await page.selectOption('.confirm select >> nth=2', '1')
  assert.ok(await isOff())
  assert.match(await textOf(page, '.confirm [role=status]'), /more than a thousand or a fraction/)
  await page.selectOption('.confirm select >> nth=1', 'dmy')
  await page.selectOption('.confirm select >> nth=3', 'comma')
  await submit(page)
  assert.match(await textOf(page, '#caption'), /^n, 3 Apr 2026 to .*: 3,800/)
})

test('the encoding is said, and what is read changes with it', { skip }, async () => {
  const page = await opened(await person(), address)
  const text = 'when;city\n2026-11-01;Köln\n2026-11-01;Käln\n2026-11-02;Köln\n'
  await choose(page, 'cities.csv', Buffer.from(text, 'latin1'))
  await page.waitForSelector('.confirm')
  assert.match((await page.locator('.confirm .note').allTextContents()).join(' '), /Windows-1252/)
  const chosen = () =>
    page
      .locator('.read-as select')
      .evaluateAll((all) => all.map((one) => one.selectedOptions[0].textContent))
  assert.deepEqual(await chosen(), [
    'Windows-1252, Western Europe',
    'semicolons',
    'the names of the columns',
  ])
  await page.selectOption('.read-as select >> nth=0', 'windows-1251')
  await textOf(page, '.confirm tbody', (rows) => rows.includes('Kцln'))
  await page.selectOption('.read-as select >> nth=0', 'windows-1252')
  await textOf(page, '.confirm tbody', (rows) => rows.includes('Köln'))
  await page.selectOption('.read-as select >> nth=2', 'data')
  await textOf(page, '.confirm thead', (names) => names.includes('Column 2'))
  await page.selectOption('.read-as select >> nth=2', 'names')
  await textOf(page, '.confirm thead', (names) => names.includes('city'))
  await submit(page)
  assert.match(await textOf(page, '.report-said'), /^3 rows/)
  assert.deepEqual(await partsOf(page), ['Köln2', 'Käln1'])
})

test('a column with a reserved name is taken under another, which is told', { skip }, async () => {
  const page = await opened(await person(), address)
  const names = ['domain', 'metric', 'period']
  const row = (at) => names.map((name) => `${name}${at % 2}`).join(',')
  const rows = Array.from({ length: 6 }, (_, at) => `2026-11-0${at + 1},${row(at)}`)
  await choose(page, 'sites.csv', `when,${names.join(',')}\n${rows.join('\n')}\n`)
  await submit(page)
  assert.match(await textOf(page, '.report-said'), /^6 rows/)
  const told = await page.locator('.report > ul > li').allTextContents()
  assert.ok(told.includes('domain is called domain_column here: its own name is reserved'))
  assert.deepEqual(await partsOf(page), ['domain03', 'domain13'])
  assert.deepEqual(await faultsOf(page), [])
})

test('what fails leaves nothing behind, in the list of metrics neither', { skip }, async () => {
  const page = await opened(await person(), address)
  const before = await page.locator('#catalog a').allTextContents()
  // A total that no float holds.
  const text = 'when;n\n2026-11-01;1,5e308\n2026-11-01;1,5e308\n'
  await choose(page, 'large.csv', text)
  await page.selectOption('.confirm select >> nth=2', '1')
  await submit(page)
  await textOf(page, '.report.error')
  assert.deepEqual(await page.locator('#catalog a').allTextContents(), before)
})

test('an address that names a store that is not there makes none', { skip }, async () => {
  const context = await person()
  const page = await opened(context, `${address}?store=anything&metric=shop.orders`)
  assert.match(await textOf(page, '#toast'), /no store of that name/)
  assert.doesNotMatch(page.url(), /store=/)
  assert.match(await textOf(page, '#caption'), /^Orders/)
  const names = await page.evaluate(async () =>
    (await indexedDB.databases()).map(({ name }) => name).sort(),
  )
  assert.deepEqual(names, ['trackstats:page'])
  assert.deepEqual(await faultsOf(page), [])
})

test('what trackstats and django-trackstats write is taken as it is', { skip }, async () => {
  const context = await person()
  const page = await opened(context, address)
  const dump = [
    { model: 'contenttypes.contenttype', pk: 4, fields: { app_label: 'auth', model: 'user' } },
    { model: 'trackstats.domain', pk: 1, fields: { ref: 'blog', name: 'Blog' } },
    { model: 'trackstats.metric', pk: 1, fields: { domain: 1, ref: 'comments', name: 'Comments' } },
    {
      model: 'trackstats.statisticbydateandobject',
      pk: 1,
      fields: {
        metric: 1,
        value: 7,
        period: 86400,
        object_type: 4,
        object_id: 42,
        date: '2026-11-01',
      },
    },
  ]
  const statistic = '{"metric":"blog.comments","period":"day","date":"2026-11-02","value":8}'
  const files = [
    ['dump.json', JSON.stringify(dump), /1 statistics are new/],
    ['dump.json', JSON.stringify(dump, null, 2), /0 statistics are new, 0 changed, 1 were there/],
    [
      'dump.jsonl',
      Buffer.from(`\ufeff${dump.map((one) => JSON.stringify(one)).join('\n')}`, 'utf16le'),
      /1 were there/,
    ],
    ['lines.jsonl', `${statistic}\n`, /1 statistics are new/],
    [
      'own.csv',
      'metric,period,date,value\nblog.comments,day,2026-11-03,9\n',
      /1 statistics are new/,
    ],
  ]
  for (const [name, text, said] of files) {
    await choose(page, name, text)
    assert.match(await textOf(page, '.report-said', (text) => text.startsWith(name)), said)
    await page.click('.report .button')
  }
  assert.deepEqual(await faultsOf(page), [])
})
