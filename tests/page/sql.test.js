// The box for SQL: what it costs, what it answers, where it is wrong, and that it harms nothing.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { faultsOf, numberIn, opened, person, served, skip, textOf } from './place.js'

const { address } = skip ? {} : await served()

/** Runs a statement and waits for its end. */
async function run(page, statement) {
  await page.fill('#statement', statement)
  await page.click('#sql-body .main-act')
  await page.waitForSelector('#sql-body .main-act:not([aria-disabled])', { timeout: 20_000 })
}

test('the module is fetched by the first statement, and not before', { skip }, async () => {
  const page = await opened(await person(), address)
  const fetched = []
  page.on('request', (request) => fetched.push(request.url()))
  const cost = await textOf(page, '#sql-cost')
  const said = Number(/(\d+) KB/.exec(cost)[1])
  assert.ok(said > 500 && said < 800, cost)
  await page.waitForTimeout(300)
  assert.ok(!fetched.some((url) => /sql-/.test(url)))
  await page.click('#sql-body .main-act')
  assert.match(
    await textOf(page, '.answer .note', (text) => text.includes('rows')),
    /^14 rows in [\d,]+ ms$/,
  )
  assert.equal(fetched.filter((url) => /\/sql-/.test(url)).length, 1)
  assert.match(await textOf(page, '#sql-cost'), /is here/)
  assert.deepEqual(await page.locator('.answer th').allTextContents(), ['date', 'value'])
  assert.deepEqual(await faultsOf(page), [])
})

test('the words on the button do not move what is beside it', { skip }, async () => {
  const page = await opened(await person(), address)
  const places = await page.evaluate(() => {
    const button = document.querySelector('#sql-body .main-act')
    const note = button.nextElementSibling
    return ['Run', 'Fetching…', 'Running…', 'Run'].map((words) => {
      button.textContent = words
      return note.getBoundingClientRect().x
    })
  })
  assert.deepEqual(new Set(places).size, 1, String(places))
})

test('every example has an answer', { skip }, async () => {
  const page = await opened(await person(), address)
  const examples = await page.locator('#sql-body select option').count()
  for (let at = 0; at < examples; at += 1) {
    await page.selectOption('#sql-body select', String(at))
    await run(page, await page.inputValue('#statement'))
    assert.equal(await page.textContent('#sql-error'), '', `example ${at}`)
    assert.match(await page.textContent('.answer'), /row|1 changed/)
  }
})

test('what a statement writes is on the chart', { skip }, async () => {
  const page = await opened(
    await person(),
    `${address}?metric=shop.orders&range=2024-02-01..2024-02-29`,
  )
  assert.match(await textOf(page, '#caption'), /nothing recorded/)
  await run(
    page,
    "INSERT INTO statistic_by_date (domain, metric, period, date, value) VALUES ('shop', 'orders', 'day', '2024-02-29', 7)",
  )
  assert.equal(
    numberIn(await textOf(page, '#caption', (text) => !text.includes('nothing recorded in'))),
    7,
  )
})

test('an error is shown where it is', { skip }, async () => {
  const page = await opened(await person(), address)
  for (const [statement, code, place, marked] of [
    ['SELECT date\nFROM statistic_by_date WHERE ,', 'sql_syntax', /line 2, column 30/, ','],
    ['SELEC 1', 'sql_syntax', /line 1, column 1/, 'SELEC'],
    ['SELECT value\nFROM nowhere', 'sql_unsupported', /line 2, column 6/, 'nowhere'],
    ['SELECT (', 'sql_syntax', /line 1, column 9/, ''],
    ['DROP TABLE metric', 'sql_unsupported', /only SELECT/, undefined],
  ]) {
    await run(page, statement)
    const said = await textOf(page, '#sql-error')
    assert.ok(said.startsWith(code), said)
    assert.match(said, place)
    const chosen = await page.evaluate(() => {
      const { value, selectionStart, selectionEnd } = document.getElementById('statement')
      return value.slice(selectionStart, selectionEnd)
    })
    if (marked) assert.equal(chosen, marked)
    assert.equal(await page.getAttribute('#statement', 'aria-invalid'), 'true')
  }
  await run(page, 'SELECT 1 AS one')
  assert.equal(await page.textContent('#sql-error'), '')
  assert.deepEqual(await faultsOf(page), [])
})

test(
  'a statement that makes the engine fail leaves the page and the data unharmed',
  { skip },
  async () => {
    const page = await opened(await person(), `${address}?metric=shop.orders`)
    const caption = await textOf(page, '#caption')
    await run(page, 'SELECT COUNT(*) AS n FROM statistic_by_date')
    const count = await page.textContent('.answer td')
    // As an engine does that fails: the next call into the module throws.
    await page.evaluate(() => {
      const { decode } = TextDecoder.prototype
      TextDecoder.prototype.decode = () => {
        TextDecoder.prototype.decode = decode
        throw new WebAssembly.RuntimeError('unreachable')
      }
    })
    await run(page, "SELECT 'x' AS x")
    assert.match(await textOf(page, '#sql-error'), /^sql_failed.*The data is as it was/)
    assert.equal(await textOf(page, '#caption'), caption)
    await page.click('#plus')
    await textOf(page, '#caption', (text) => numberIn(text) === numberIn(caption) + 1)
    await run(page, 'SELECT COUNT(*) AS n FROM statistic_by_date')
    assert.equal(await page.textContent('.answer td'), count)
  },
)

test('a statement of a thousand operators is refused, and the page goes on', { skip }, async () => {
  const page = await opened(await person(), address)
  await run(page, `SELECT ${'-('.repeat(2000)}1${')'.repeat(2000)}`)
  assert.match(await textOf(page, '#sql-error'), /^sql_limit/)
  await run(page, `SELECT 1${' + 1'.repeat(5000)}`)
  assert.match(await textOf(page, '#sql-error'), /^sql_limit/)
  await run(page, "SELECT REPEAT('ab', 2000000000) AS long")
  assert.match(await textOf(page, '#sql-error'), /^sql_/)
  await run(page, 'SELECT 1 AS one')
  assert.equal(await page.textContent('.answer td'), '1')
})
