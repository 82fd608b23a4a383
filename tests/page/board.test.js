// The dashboard as a person uses it.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { ago, faultsOf, numberIn, opened, person, served, skip, textOf } from './place.js'

const { address } = skip ? {} : await served()
const orders = `${address}?metric=shop.orders`

test('the history of the folder is shown first', { skip }, async () => {
  const page = await opened(await person(), address)
  assert.match(await textOf(page, '#caption'), /^Commits, 90 days: 6/)
  assert.equal(await page.locator('#catalog h2').first().textContent(), 'example')
  const parts = await page.locator('.parts li').allTextContents()
  assert.deepEqual(parts, ['Ada4', '<img src=x onerror=alert(1)>2'])
  assert.deepEqual(await faultsOf(page), [])
})

test('a folder without a history shows the sample shop', { skip }, async () => {
  const { address } = await served({ withHistory: false })
  const page = await opened(await person(), address)
  assert.match(await textOf(page, '#caption'), /^Orders, 90 days: /)
  assert.deepEqual(await faultsOf(page), [])
})

test(
  'the first screen of a phone has a chart, its period, five parts and a button that adds',
  { skip },
  async () => {
    const page = await opened(await person({ width: 360, height: 740, hasTouch: true }), orders)
    for (const selector of [
      '#chart canvas',
      '.periods input >> nth=4',
      '.parts li >> nth=4',
      '#plus',
    ]) {
      const box = await page.locator(selector).first().boundingBox()
      assert.ok(
        box.x >= 0 && box.x + box.width <= 360,
        `${selector} is as wide as the screen at most`,
      )
      assert.ok(
        box.y >= 0 && box.y + box.height <= 740,
        `${selector} ends at ${box.y + box.height}`,
      )
    }
    const acts = await page.locator('.acts').boundingBox()
    const last = await page.locator('.parts li >> nth=4').boundingBox()
    assert.ok(last.y + last.height <= acts.y + 1, 'the fifth part is above the buttons')
    assert.ok((await page.locator('#plus').boundingBox()).height >= 44)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.equal(width, 360, 'nothing is wider than the screen')
  },
)

test('one more moves the chart at once, and is there after a reload', { skip }, async () => {
  const page = await opened(await person(), orders)
  const before = numberIn(await textOf(page, '#caption'))
  const dots = () => page.locator('#chart canvas').evaluate((canvas) => canvas.toDataURL())
  const drawn = await dots()
  for (let time = 0; time < 5; time += 1) await page.click('#plus')
  const text = await textOf(page, '#caption', (text) => numberIn(text) === before + 5)
  assert.notEqual(await dots(), drawn)
  await page.waitForTimeout(400)
  await page.reload()
  await page.waitForSelector('html.ready')
  assert.equal(await textOf(page, '#caption'), text)
})

test('a second tab shows the same, live', { skip }, async () => {
  const context = await person()
  const [one, other] = [await opened(context, orders), await opened(context, orders)]
  const before = numberIn(await textOf(one, '#caption'))
  assert.equal(numberIn(await textOf(other, '#caption')), before)
  await one.bringToFront()
  await one.click('#plus')
  await one.click('#plus')
  await other.bringToFront()
  await textOf(other, '#caption', (text) => numberIn(text) === before + 2)
  await other.click('#plus')
  await one.bringToFront()
  await textOf(one, '#caption', (text) => numberIn(text) === before + 3)
  assert.deepEqual([...(await faultsOf(one)), ...(await faultsOf(other))], [])
})

test('what is looked at is in the address, and one can go back', { skip }, async () => {
  const page = await opened(await person(), orders)
  await page.check('.periods input[value=week]')
  assert.match(
    await textOf(page, '#caption'),
    /^Orders, rolling week: [\d,]+, .* the week before\.$/,
  )
  await page.selectOption('#more select >> nth=3', 'month')
  assert.equal(new URL(page.url()).search, '?metric=shop.orders&period=week&bucket=month')
  assert.match(await textOf(page, '#caption'), /^Orders by month: /)
  await page.goBack()
  assert.match(await textOf(page, '#caption'), /rolling week/)
  await page.goBack()
  assert.match(await textOf(page, '#caption'), /^Orders, 90 days/)
  assert.ok(await page.isChecked('.periods input[value=day]'))
  const shared = await opened(
    await person(),
    `${address}?metric=shop.orders&period=week&at.country=NL`,
  )
  assert.match(await textOf(shared, '#caption'), /^Orders, NL, rolling week: /)
})

test('an address that makes no sense shows what is usual', { skip }, async () => {
  const odd =
    '?metric=shop.orders&period=hour&range=2026-99-99..x&top=999&at.__proto__=1&window=-1&store=../x'
  const page = await opened(await person(), address + odd)
  assert.match(await textOf(page, '#caption'), /^Orders, 90 days: /)
  const none = await opened(await person(), `${address}?metric=no.such%3Cb%3Emetric`)
  assert.match(await textOf(none, '#caption'), /no metric no\.such<b>metric/)
  assert.deepEqual([...(await faultsOf(page)), ...(await faultsOf(none))], [])
})

test('a part can be chosen and left again', { skip }, async () => {
  const page = await opened(await person(), orders)
  const all = numberIn(await textOf(page, '#caption'))
  await page.click('.parts button >> nth=0')
  const text = await textOf(page, '#caption', (text) => text.startsWith('Orders, NL'))
  assert.ok(numberIn(text) < all)
  const [amount] = await page.locator('.part-value').allTextContents()
  assert.equal(numberIn(text), Number(amount.replaceAll(',', '')))
  await page.click('.chosen')
  assert.equal(numberIn(await textOf(page, '#caption', (text) => !text.includes('NL'))), all)
})

test('fewer parts leave a rest, and all parts are the whole', { skip }, async () => {
  const page = await opened(await person(), orders)
  const sum = async () => {
    const amounts = await page.locator('.part-value').allTextContents()
    return amounts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0)
  }
  const all = numberIn(await textOf(page, '#caption'))
  assert.equal(await page.locator('.parts li').count(), 6)
  assert.equal(await sum(), all)
  await page.selectOption('.parts-choices select >> nth=1', '10')
  assert.equal(await page.locator('.part-name:disabled').count(), 0)
  assert.equal(await sum(), all)
})

test('gaps are gaps until they are filled, and what is missing says so', { skip }, async () => {
  const page = await opened(await person(), `${address}?metric=shop.visits`)
  assert.equal(await textOf(page, '#readout'), '84 points, 3 of them known to be missing')
  await page.selectOption('#more select >> nth=4', 'zero')
  assert.match(
    await textOf(page, '#readout', (text) => text.startsWith('90')),
    /^90 points, 3 of them/,
  )
  await page.click('#numbers summary')
  await page.waitForSelector('#numbers tbody tr')
  await page.click('#numbers-body button')
  const values = await page.locator('#numbers td:nth-child(2)').allTextContents()
  assert.equal(values.filter((value) => value === 'missing').length, 3)
  assert.equal(values.filter((value) => value === '0').length, 6)
})

test('no line is drawn over a gap', { skip }, async () => {
  const page = await opened(await person(), `${address}?metric=shop.visits`)
  const box = await page.locator('#chart').boundingBox()
  /** How many pixels of the line there are above a place. */
  const inked = (x) =>
    page.locator('#chart canvas').evaluate((canvas, x) => {
      const { data } = canvas
        .getContext('2d')
        .getImageData(Math.round(x * devicePixelRatio), 0, 1, canvas.height - 40)
      let count = 0
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] > 128 && data[at] < 80 && data[at + 2] > 130) count += 1
      }
      return count
    }, x)
  const seen = { gap: [], line: [] }
  for (let x = 70; x < box.width - 20; x += 3) {
    await page.mouse.move(box.x + x, box.y + 100)
    const text = await page.textContent('#readout')
    const isGap = /not recorded|missing$/.test(text)
    seen[isGap ? 'gap' : 'line'].push(await inked(x))
  }
  assert.ok(seen.gap.length > 15 && seen.line.length > 50)
  // The pointer is told the nearest day, which may be half a day from where the line ends.
  assert.ok(seen.gap.filter((count) => count === 0).length >= seen.gap.length - 5, `${seen.gap}`)
  assert.ok(seen.line.filter((count) => count > 0).length >= seen.line.length - 5, `${seen.line}`)
})

test('the table has the numbers of the chart, and more on demand', { skip }, async () => {
  const page = await opened(await person(), orders)
  const sum = numberIn(await textOf(page, '#caption'))
  await page.click('#numbers summary')
  await page.waitForSelector('#numbers tbody tr')
  assert.equal(await page.locator('#numbers tbody tr').count(), 60)
  await page.click('#numbers-body button')
  const values = await page.locator('#numbers td:nth-child(2)').allTextContents()
  assert.equal(values.length, 90)
  assert.equal(
    values.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0),
    sum,
  )
})

test('another metric is chosen from the list and from the tiles', { skip }, async () => {
  const page = await opened(await person({ width: 390, height: 800 }), orders)
  await page.click('#catalog-open')
  await page.click('#catalog a:text("Visits")')
  assert.match(await textOf(page, '#caption'), /^Visits/)
  assert.equal(await page.getAttribute('#catalog-open', 'aria-expanded'), 'false')
  await page.click('.tile:has-text("Customers")')
  assert.match(
    await textOf(page, '#caption', (text) => text.startsWith('Customers')),
    /nothing recorded/,
  )
  await page.check('.periods input[value=lifetime]')
  assert.match(
    await textOf(page, '#caption'),
    /^Customers so far, so far: 4,\d+, .* more than 90 days before/,
  )
})

test("a range of one's own, a window and the range before are drawn", { skip }, async () => {
  const page = await opened(await person(), orders)
  await page.selectOption('#more select >> nth=0', 'custom')
  await page.fill('.dates input >> nth=0', ago(150))
  await page.fill('.dates input >> nth=1', ago(90))
  assert.ok(page.url().endsWith(`range=${ago(150)}..${ago(90)}`))
  assert.match(
    await textOf(page, '#caption'),
    /^Orders, \d+ \w+ \d{4} to \d+ \w+ \d{4}: [\d,]+, .* than the 61 days before/,
  )
  await page.selectOption('#more select >> nth=1', '7')
  await page.selectOption('#more select >> nth=2', 'mean')
  assert.match(
    await textOf(page, '#caption'),
    /^Orders, mean of 7 days: [\d.]+, .* than 7 days before/,
  )
  const canvas = page.locator('#chart canvas')
  const plain = await canvas.evaluate((canvas) => canvas.toDataURL())
  await page.check('.check input >> nth=0')
  await page.waitForTimeout(150)
  assert.notEqual(await canvas.evaluate((canvas) => canvas.toDataURL()), plain)
  assert.match(await textOf(page, '#readout'), /; dashed: the range before$/)
  await page.focus('#chart')
  await page.keyboard.press('End')
  assert.match(await textOf(page, '#readout'), /^\w+, \d+ \w+ \d{4}: [\d.]+; before: [\d.]+$/)
  await page.selectOption('#more select >> nth=3', 'month')
  await page.focus('#chart')
  await page.keyboard.press('End')
  assert.match(await textOf(page, '#readout'), /^[A-Z]\w+ \d{4}: [\d.]+; before: [\d.]+$/)
})

test('a busy shop is seen, whatever was looked at before', { skip }, async () => {
  const page = await opened(await person(), address)
  await page.click('#busy')
  const before = numberIn(await textOf(page, '#caption', (text) => text.startsWith('Visits')))
  await textOf(page, '#caption', (text) => numberIn(text) > before + 3000)
  const rate = Number(
    /^([\d,]+) events a second/.exec(await textOf(page, '#pace'))[1].replace(',', ''),
  )
  assert.ok(rate > 1000 && rate < 4000, `${rate} events a second`)
  await page.click('#busy')
  assert.match(await textOf(page, '#pace'), /^Recorded [\d,]+ events\.$/)
  const [parts, all] = await page.evaluate(() => [
    [...document.querySelectorAll('.part-value')].map((one) =>
      Number(one.textContent.replace(/,/g, '')),
    ),
    document.getElementById('caption').textContent,
  ])
  assert.ok(parts.length === 4 && numberIn(all) > before)
  assert.deepEqual(await faultsOf(page), [])
})

test('two tabs that begin at once have one shop', { skip }, async () => {
  const alone = await opened(await person(), orders)
  const caption = await textOf(alone, '#caption')
  const context = await person()
  const [one, other] = await Promise.all([opened(context, orders), opened(context, orders)])
  assert.equal(await textOf(one, '#caption'), caption)
  assert.equal(await textOf(other, '#caption'), caption)
  await one.waitForTimeout(500)
  await one.reload()
  await one.waitForSelector('html.ready')
  assert.equal(await textOf(one, '#caption'), caption)
})

test(
  'a browser that keeps nothing shows the page all the same, and says so',
  { skip },
  async () => {
    const context = await person()
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('it is switched off', 'SecurityError')
      }
    })
    const page = await opened(context, orders)
    assert.match(await textOf(page, '#kept'), /^Not kept: /)
    const before = numberIn(await textOf(page, '#caption'))
    await page.click('#plus')
    await textOf(page, '#caption', (text) => numberIn(text) === before + 1)
  },
)

test('a history that is damaged leaves the sample shop', { skip }, async () => {
  for (const text of [
    '{"version":1,"auth',
    '{"version":1,"authors":[{"name":"a","dates":["no"],"counts":[1]}],"head":"x"}',
    '[]',
  ]) {
    const { address } = await served({ withHistory: text })
    const page = await opened(await person(), address)
    assert.match(await textOf(page, '#caption'), /^Orders, 90 days: /)
    assert.deepEqual(await faultsOf(page), [])
  }
})

test(
  'a newer history replaces the older one, and keeps what was added here',
  { skip },
  async () => {
    const { address, change } = await served()
    const page = await opened(await person(), `${address}?metric=repository.commits`)
    assert.equal(numberIn(await textOf(page, '#caption')), 6)
    await page.click('#plus')
    await textOf(page, '#caption', (text) => numberIn(text) === 7)
    await page.waitForTimeout(400)
    await change('data/history.json', (text) => {
      const newer = JSON.parse(text)
      newer.head = 'f'.repeat(40)
      newer.authors[0].counts[2] = 5
      return JSON.stringify(newer)
    })
    await page.reload()
    await page.waitForSelector('html.ready')
    assert.equal(numberIn(await textOf(page, '#caption')), 11)
    assert.deepEqual(await page.locator('.parts li').allTextContents(), [
      'Ada8',
      '<img src=x onerror=alert(1)>2',
      'you, on this page1',
    ])
    await page.waitForTimeout(400)
    await change('data/history.json', (text) =>
      JSON.stringify({ ...JSON.parse(text), name: 'other' }),
    )
    await page.reload()
    await page.waitForSelector('html.ready')
    assert.equal(numberIn(await textOf(page, '#caption')), 10)
    assert.equal(await page.locator('#catalog h2').first().textContent(), 'other')
  },
)

test('a day that ends while one looks begins another', { skip }, async () => {
  const context = await person({ timezoneId: 'Europe/Amsterdam' })
  const page = await context.newPage()
  await page.clock.setFixedTime('2026-12-31T22:59:59Z')
  await page.goto(orders)
  await page.waitForSelector('html.ready')
  assert.match(await textOf(page, '#code-body code'), /to: '2026-12-31'/)
  await page.clock.setFixedTime('2026-12-31T23:00:01Z')
  await page.click('#plus')
  assert.match(
    await textOf(page, '#code-body code', (text) => text.includes('2027')),
    /to: '2027-01-01'/,
  )
  await page.focus('#chart')
  await page.keyboard.press('End')
  assert.equal(await textOf(page, '#readout'), 'Fri, 1 January 2027: 1')
  assert.match(await textOf(page, '#toast'), /today 1$/)
})
