// What leaves the page: files, and the code for what is on screen.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'

import { ago, faultsOf, numberIn, opened, person, served, skip, textOf } from './place.js'

const { address } = skip ? {} : await served()
const orders = `${address}?metric=shop.orders`

/** The bytes that a button of the page gives. */
async function taken(page, title) {
  const download = page.waitForEvent('download', { timeout: 20_000 })
  await page.click(`#export-body button:text-is("${title}")`)
  return readFile(await (await download).path())
}

/** The package, installed beside the page that was built with it. */
async function trackstats() {
  const folder = `${process.env.TRACKSTATS_PACKAGES}/node_modules/trackstats`
  return import(pathToFileURL(`${folder}/index.js`))
}

test('the files that are given hold everything', { skip }, async () => {
  const page = await opened(await person(), orders)
  const count = Number(
    /^[\d,]+/
      .exec(await textOf(page, '#kept', (text) => /statistics/.test(text)))[0]
      .replace(',', ''),
  )
  const csv = (await taken(page, 'CSV')).toString()
  assert.equal(csv.split('\n')[0], 'metric,period,date,value,area,author,country,product,source')
  assert.equal(csv.trim().split('\n').length, count + 1)
  const lines = (await taken(page, 'JSON Lines')).toString().trim().split('\n')
  assert.equal(JSON.parse(lines[0]).statistics, count)
  const { open } = await trackstats()
  const copy = await open('memory:', { snapshot: new Uint8Array(await taken(page, 'Store file')) })
  assert.equal(copy.size, count)
  assert.deepEqual(await faultsOf(page), [])
})

test('what was taken out as CSV is taken in again', { skip }, async () => {
  const page = await opened(await person(), orders)
  const before = numberIn(await textOf(page, '#caption'))
  await page.click('#plus')
  await textOf(page, '#caption', (text) => numberIn(text) === before + 1)
  const buffer = await taken(page, 'CSV')
  const fresh = await opened(await person(), orders)
  await fresh.setInputFiles('#file', { name: 'trackstats.csv', mimeType: 'text/csv', buffer })
  assert.match(
    await textOf(fresh, '.report-said'),
    /0 statistics are new, 2 changed, [\d,]+ were there, 0 lines skipped/,
  )
  await textOf(fresh, '#caption', (text) => numberIn(text) === before + 1)
})

test(
  'a store file is opened beside the store that is there, and can be forgotten',
  { skip },
  async () => {
    const { open } = await trackstats()
    const other = await open('memory:')
    other.register({ name: 'plants.height', title: 'Height', kind: 'float' })
    other.dynamic.record('plants.height', 'day', 41.5, { date: ago(5) })
    const buffer = Buffer.from(other.snapshot())
    const context = await person()
    const page = await opened(context, orders)
    const caption = await textOf(page, '#caption')
    await page.setInputFiles('#file', {
      name: 'my plants.stats',
      mimeType: 'application/octet-stream',
      buffer,
    })
    await page.waitForURL(/store=opened-my-plants-[0-9a-f]{8}/)
    await page.waitForSelector('html.ready')
    assert.match(await textOf(page, '#caption'), /^Height, .*: 41\.5/)
    assert.deepEqual(await page.locator('#catalog h2').allTextContents(), ['plants'])
    assert.ok(await page.isHidden('#busy'))
    assert.equal(await page.title(), 'Height · trackstats')
    await page.click('#plus')
    assert.match(await textOf(page, '#caption', (text) => /42\.5/.test(text)), /^Height/)
    await page.click('#export-body a')
    await page.waitForSelector('html.ready')
    await page.goto(orders)
    await page.waitForSelector('html.ready')
    assert.equal(await textOf(page, '#caption'), caption)
    const databases = () => page.evaluate(async () => (await indexedDB.databases()).length)
    const before = await databases()
    await page.goBack()
    await page.goBack()
    await page.waitForSelector('html.ready')
    await page.click('#export-body button:text("Forget")')
    await page.click('#export-body button:text("Delete all")')
    await page.waitForURL(address)
    await page.waitForSelector('html.ready')
    assert.equal(await databases(), before - 1)
  },
)

test('a store file that is cut off is refused, and nothing is lost', { skip }, async () => {
  const page = await opened(await person(), orders)
  const caption = await textOf(page, '#caption')
  const whole = await taken(page, 'Store file')
  const buffer = whole.subarray(0, whole.length - 20)
  await page.setInputFiles('#file', {
    name: 'bad.stats',
    mimeType: 'application/octet-stream',
    buffer,
  })
  assert.match(await textOf(page, '.report.error'), /^bad\.stats was not taken: /)
  assert.equal(await textOf(page, '#caption'), caption)
})

test('everything can be begun anew', { skip }, async () => {
  const page = await opened(await person(), orders)
  const before = numberIn(await textOf(page, '#caption'))
  await page.click('#plus')
  await textOf(page, '#caption', (text) => numberIn(text) === before + 1)
  await page.click('#export-body button:text("Begin anew")')
  await page.click('#export-body button:text("Delete all")')
  await page.waitForURL(address)
  await page.waitForSelector('html.ready')
  await page.click('#catalog a:text("Orders")')
  assert.equal(
    numberIn(await textOf(page, '#caption', (text) => text.startsWith('Orders'))),
    before,
  )
})

test('the JavaScript that is shown computes what is shown', { skip }, async () => {
  const { open } = await trackstats()
  for (const [search, at] of [
    ['?metric=shop.orders', 'sum'],
    ['?metric=shop.orders&period=week&fill=zero', 'last'],
    ['?metric=shop.revenue&at.product=Bell&range=365&bucket=month', 'last'],
    ['?metric=shop.visits&window=28&by=mean&range=all', 'last'],
    ['?metric=shop.orders&period=lifetime', 'last'],
    ['?metric=shop.customers&period=lifetime', 'last'],
  ]) {
    const page = await opened(await person(), address + search)
    const code = await textOf(page, '#code-body code')
    const snapshot = new Uint8Array(await taken(page, 'Store file'))
    const said = []
    const Async = (async () => undefined).constructor
    // The same store, under another address.
    const from = () => open('memory:', { snapshot })
    const body = code.replace("import { open } from 'trackstats'\n", '')
    await new Async('open', 'console', body)(from, { log: (...words) => said.push(words) })
    const [[, values]] = said
    const ours = at === 'sum' ? values.reduce((sum, value) => sum + value, 0) : values.at(-1)
    const caption = await textOf(page, '#caption')
    assert.ok(
      Math.abs(ours - numberIn(caption)) < 0.006,
      `${search}: ${ours}, and the page: ${caption}`,
    )
    await page.context().close()
  }
})

test('the code is in step with the view, in both languages', { skip }, async () => {
  const page = await opened(await person(), orders)
  await page.check('.code-acts input[value=rust]')
  assert.match(await textOf(page, '#code-body code'), /store\n +\.series\(&metric, Period::Day\)/)
  await page.selectOption('#more select >> nth=3', 'month')
  assert.match(
    await textOf(page, '#code-body code'),
    /\.bucket\(Bucket::Month, AnyAggregate::Sum\)/,
  )
  await page.check('.code-acts input[value=js]')
  assert.match(
    await textOf(page, '#code-body code'),
    /bucket: \{ span: 'month', aggregate: 'sum' \}/,
  )
  await page.click('.part-name >> nth=1')
  assert.match(await textOf(page, '#code-body code'), /by: \{ country: 'DE' \}/)
})

test('the code can be copied', { skip }, async () => {
  const context = await person({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await opened(context, orders)
  await page.click('.code-acts button')
  assert.equal(await textOf(page, '#toast'), 'Copied')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  assert.equal(copied, await page.textContent('#code-body code'))
})

test('an empty store says that it is empty, and takes data', { skip }, async () => {
  const { open } = await trackstats()
  const buffer = Buffer.from((await open('memory:')).snapshot())
  const page = await opened(await person(), address)
  await page.setInputFiles('#file', {
    name: 'none.snapshot',
    mimeType: 'application/octet-stream',
    buffer,
  })
  await page.waitForURL(/store=opened-none-/)
  await page.waitForSelector('html.ready')
  assert.equal(await textOf(page, '#caption'), 'This store is empty.')
  const rows = Buffer.from('date,who\n2026-11-01,a\n')
  await page.setInputFiles('#file', { name: 'a.csv', mimeType: 'text/csv', buffer: rows })
  await page.click('.confirm button[type=submit]')
  assert.match(await textOf(page, '.report-said'), /^1 row /)
  assert.match(await textOf(page, '#caption'), /^Rows, /)
  assert.deepEqual(await faultsOf(page), [])
})
