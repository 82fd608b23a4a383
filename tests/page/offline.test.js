// Without a network, and with a server and a policy that let nothing else in.

import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'

import { faultsOf, numberIn, opened, person, served, skip, textOf } from './place.js'

/** Asks as no browser would: the path as it is, and with any header. */
function ask(address, path, headers = {}, method = 'GET') {
  const { hostname, port } = new URL(address)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers, method }, (answer) => {
      let body = ''
      answer.setEncoding('latin1').on('data', (text) => (body += text))
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body }))
    })
    asked.on('error', reject).end()
  })
}

test('the page opens without a network, with what was used before', { skip }, async () => {
  const { address, close } = await served()
  const context = await person()
  const page = await opened(context, `${address}?metric=shop.orders`)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.click('#sql-body .main-act')
  await page.waitForSelector('.answer table', { timeout: 20_000 })
  const before = numberIn(await textOf(page, '#caption'))
  await page.click('#plus')
  const caption = await textOf(page, '#caption', (text) => numberIn(text) === before + 1)
  await page.waitForTimeout(500)
  close()
  await page.reload()
  await page.waitForSelector('html.ready')
  assert.equal(await textOf(page, '#caption'), caption)
  await page.click('#plus')
  await textOf(page, '#caption', (text) => numberIn(text) === numberIn(caption) + 1)
  await page.click('#sql-body .main-act')
  await page.waitForSelector('.answer table')
  const buffer = Buffer.from('date,who\n2026-11-01,a\n')
  await page.setInputFiles('#file', { name: 'a.csv', mimeType: 'text/csv', buffer })
  await page.click('.confirm button[type=submit]')
  assert.match(await textOf(page, '.report-said'), /^1 row /)
  const other = await opened(context, `${address}?metric=shop.visits`)
  assert.match(await textOf(other, '#caption'), /^Visits/)
})

test('an old page does not stay: a new one is seen at the next visit', { skip }, async () => {
  const { address, change } = await served()
  const page = await opened(await person(), address)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await change('index.html', (text) =>
    text.replace('<h1 class="brand">trackstats', '<h1 class="brand">changed'),
  )
  await page.reload()
  await page.waitForSelector('html.ready')
  assert.equal(await page.textContent('.brand'), 'changed')
})

test("scripts that are not the page's own are refused", { skip }, async () => {
  const { address } = await served()
  const page = await opened(await person(), address)
  await page.evaluate(() => {
    const inline = document.createElement('script')
    inline.textContent = 'globalThis.broken = true'
    const image = document.createElement('img')
    image.src = 'http://127.0.0.1:9/x.png'
    document.body.append(inline, image)
  })
  await page.waitForTimeout(200)
  assert.equal(await page.evaluate(() => globalThis.broken), undefined)
  const refused = (await page.evaluate(() => globalThis.faults)).filter((text) =>
    text.startsWith('refused'),
  )
  // By the policy of the header and by that of the page.
  assert.ok(
    refused.some((text) => /script-src/.test(text)),
    refused.join('; '),
  )
  assert.ok(
    refused.some((text) => /img-src/.test(text)),
    refused.join('; '),
  )
})

test(
  'nothing is refused, and nothing is asked elsewhere, while all parts are used',
  { skip },
  async () => {
    const { address } = await served()
    const page = await opened(await person(), address)
    await page.click('#busy')
    await page.click('#sql-body .main-act')
    await page.waitForSelector('.answer table', { timeout: 20_000 })
    for (const title of ['CSV', 'JSON Lines', 'Store file']) {
      const download = page.waitForEvent('download', { timeout: 20_000 })
      await page.click(`#export-body button:text-is("${title}")`)
      await download
    }
    await page.click('#busy')
    assert.deepEqual(await faultsOf(page), [])
  },
)

test(
  'the server gives the files of the page and nothing else, to this machine',
  { skip },
  async () => {
    const { address } = await served()
    const page = await ask(address, '/')
    assert.equal(page.status, 200)
    assert.match(
      page.headers['content-security-policy'],
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; .*frame-ancestors 'none'$/,
    )
    assert.equal(page.headers['x-content-type-options'], 'nosniff')
    assert.equal(page.headers['content-encoding'], undefined)
    const packed = await ask(address, '/', { 'accept-encoding': 'gzip, br' })
    assert.equal(packed.headers['content-encoding'], 'br')
    const zipped = await ask(address, '/', { 'accept-encoding': 'gzip, br;q=0' })
    assert.equal(zipped.headers['content-encoding'], 'gzip')
    assert.equal((await ask(address, '/', { 'if-none-match': page.headers.etag })).status, 304)
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '//etc/passwd',
      '/data/',
      '/index.html.br',
      '/%',
      '/\\..\\x',
    ]) {
      assert.equal((await ask(address, path)).status, 404, path)
    }
    assert.equal((await ask(address, '/', { host: 'elsewhere.example' })).status, 421)
    assert.equal((await ask(address, '/', {}, 'POST')).status, 405)
    const script = /src="(\/page-[A-Z0-9]{8}\.js)"/.exec(page.body)[1]
    assert.match((await ask(address, script)).headers['cache-control'], /immutable/)
  },
)
