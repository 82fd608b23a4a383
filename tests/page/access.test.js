// For everybody: axe, the keyboard alone, what is read out, and a page that does not move.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { axe, faultsOf, opened, person, served, skip, textOf } from './place.js'

const { address } = skip ? {} : await served()
const orders = `${address}?metric=shop.orders`

/** What axe has to say, one line for each place. */
async function violations(page) {
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  )
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  )
}

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 1440]) {
    test(`axe has nothing to say, ${colorScheme}, ${width} pixels wide`, { skip }, async () => {
      const context = await person({ width, height: 900, colorScheme })
      await context.addInitScript({ content: axe() })
      const page = await opened(context, `${orders}&before=1`)
      assert.deepEqual(await violations(page), [], 'at first')
      if (width < 900) {
        await page.click('#catalog-open')
        await page.click('.more-open')
      }
      await page.selectOption('#more select >> nth=0', 'custom')
      await page.click('#numbers summary')
      await page.click('.part-name >> nth=0')
      await page.click('#plus')
      await page.fill('#statement', 'SELECT nothing FROM nowhere')
      await page.click('#sql-body .main-act')
      await textOf(page, '#sql-error')
      const buffer = Buffer.from('date,who\n2026-11-01,a\n2026-11-01,b\nnever,c\n')
      await page.setInputFiles('#file', { name: 'a.csv', mimeType: 'text/csv', buffer })
      await page.waitForSelector('.confirm')
      assert.deepEqual(await violations(page), [], 'with all that opens')
      await page.click('.confirm button[type=submit]')
      await textOf(page, '.report-said')
      await page.fill('#statement', 'SELECT metric, title FROM metric')
      await page.click('#sql-body .main-act')
      await page.waitForSelector('.answer table')
      assert.deepEqual(await violations(page), [], 'with what was taken')
    })
  }
}

test('the chart is one stop of the keyboard, and its points are read out', { skip }, async () => {
  const page = await opened(await person(), orders)
  await page.focus('.check input')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'chart')
  assert.match(await page.getAttribute('#chart', 'aria-label'), /^Orders/)
  await page.keyboard.press('End')
  const last = await textOf(page, '#said')
  assert.match(last, /^\w+, \d+ \w+ 20\d\d: [\d,]+$/)
  assert.equal(await page.textContent('#readout'), last)
  await page.keyboard.press('ArrowLeft')
  const before = await textOf(page, '#said', (text) => text !== last)
  await page.keyboard.press('ArrowRight')
  await textOf(page, '#said', (text) => text === last)
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  assert.notEqual(await textOf(page, '#said'), before)
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)
  assert.equal(ring, 'solid', 'the focus is seen')
  await page.keyboard.press('Escape')
  assert.match(await page.textContent('#readout'), /^90 points$/)
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY')
})

test('the keyboard alone goes everywhere', { skip }, async () => {
  const page = await opened(await person(), orders)
  const seen = []
  for (let at = 0; at < 80; at += 1) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => {
      const { activeElement: active } = document
      if (active === document.body) return undefined
      const box = active.getBoundingClientRect()
      if (box.width === 0 || box.height === 0) return `unseen: ${active.outerHTML.slice(0, 80)}`
      return active.id || active.name || active.className || active.textContent.slice(0, 20)
    })
    if (name === undefined) break
    seen.push(name)
  }
  assert.deepEqual(
    seen.filter((name) => name.startsWith('unseen')),
    [],
  )
  for (const id of [
    'skip',
    'period',
    'chart',
    'plus',
    'busy',
    'part-name',
    'tile',
    'statement',
    'file',
    'pasted',
  ]) {
    assert.ok(seen.includes(id), `${id} is reached; these are: ${seen.join(', ')}`)
  }
  await page.focus('.periods input[value=day]')
  await page.keyboard.press('ArrowRight')
  assert.match(await textOf(page, '#caption'), /rolling week/)
  assert.equal(await page.evaluate(() => document.activeElement.value), 'week', 'the focus stays')
  await page.focus('#plus')
  await page.keyboard.press('Enter')
  assert.match(await textOf(page, '#toast'), /^Added: Orders, today [\d,]+$/)
})

test('what has the focus keeps it, and what was asked for is read out', { skip }, async () => {
  const page = await opened(await person(), orders)
  const active = () => page.evaluate(() => document.activeElement.textContent)
  await page.focus('#catalog a:text("Visits")')
  await page.keyboard.press('Enter')
  assert.match(await textOf(page, '#said'), /^Visits, 90 days: /)
  assert.equal(await active(), 'Visits')
  await page.focus('.part-name >> nth=1')
  await page.keyboard.press('Enter')
  assert.match(await textOf(page, '#said', (text) => text.includes('Direct')), /^Visits, Direct/)
  assert.equal(await active(), 'Direct')
  await page.focus('.chosen')
  await page.keyboard.press('Enter')
  assert.equal(await active(), 'Search')
  await page.focus('#sql-body .main-act')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.answer table', { timeout: 20_000 })
  assert.equal(await active(), 'Run')
  const narrow = await opened(await person({ width: 390 }), orders)
  await narrow.focus('#catalog-open')
  await narrow.keyboard.press('Enter')
  await narrow.focus('#catalog a:text("Visits")')
  await narrow.keyboard.press('Enter')
  assert.equal(await narrow.evaluate(() => document.activeElement.id), 'catalog-open')
})

test('hovering says date and value', { skip }, async () => {
  const page = await opened(await person(), `${address}?metric=shop.visits`)
  const box = await page.locator('#chart').boundingBox()
  const said = new Set()
  for (let at = 0; at < 40; at += 1) {
    await page.mouse.move(box.x + 60 + ((box.width - 80) * at) / 40, box.y + 150)
    said.add(await page.textContent('#readout'))
  }
  const all = [...said]
  assert.ok(
    all.some((text) => /^\w+, \d+ \w+ 20\d\d: \d+$/.test(text)),
    all.join('; '),
  )
  assert.ok(all.some((text) => text.endsWith('not recorded')))
  assert.ok(all.some((text) => text.endsWith('known to be missing')))
})

test('nothing moves while the page comes, slowly, nor while it is used', { skip }, async () => {
  for (const width of [360, 768, 1280, 1920]) {
    const context = await person({ width, height: 800 })
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 60,
      downloadThroughput: 400_000,
      uploadThroughput: 100_000,
    })
    await page.goto(address)
    await page.waitForSelector('html.ready')
    await page.click('#busy')
    await page.waitForTimeout(1200)
    await page.click('#busy')
    const { shift, faults } = await page.evaluate(() => ({
      shift: globalThis.shift,
      faults: globalThis.faults,
    }))
    assert.equal(shift, 0, `${width} pixels wide: ${faults.join('; ')}`)
    await context.close()
  }
})

test('who wants less motion has none', { skip }, async () => {
  const page = await opened(await person({ reducedMotion: 'reduce' }), orders)
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, animationName } = getComputedStyle(one)
        return transitionDuration !== '0s' || animationName !== 'none'
      }).length,
  )
  assert.equal(moving, 0)
  assert.deepEqual(await faultsOf(page), [])
})
