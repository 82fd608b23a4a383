import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'

import * as polyfill from 'temporal-polyfill'

import { NOW, opened, points, rejects, utrecht } from './shop.js'

const { Temporal } = polyfill

async function filled(options) {
  const store = await opened(options)
  store.record('shop.orders', 'day', 3, { date: '2026-11-20' })
  store.record('shop.orders', 'day', null, { date: '2026-11-21' })
  store.record('shop.orders', 'day', 5, { date: '2026-11-22' })
  store.record('shop.visits', 'day', 7, { by: { page: 'a' }, date: '2026-11-22' })
  store.record('shop.sales', 'day', 9, { by: utrecht, date: '2026-11-22' })
  return store
}

const SELECT = "SELECT date, value FROM statistic_by_date WHERE metric = 'orders' ORDER BY date"

test('a statement is a template whose values are bound, or a text with parameters', async () => {
  const store = await filled()
  const rows =
    await store.sql`SELECT date, value FROM statistic_by_date WHERE metric = ${'orders'} AND value > ${3}`
  assert.deepEqual([...rows], [{ date: '2026-11-22', value: 5 }])
  assert.deepEqual(rows.columns, ['date', 'value'])
  assert.equal(rows.affected, 0)
  assert.ok(Array.isArray(rows))
  const same = await store.sql(
    'SELECT date, value FROM statistic_by_date WHERE metric = $1 AND value > $2',
    ['orders', 3],
  )
  assert.deepEqual([...same], [...rows])
  assert.deepEqual(
    [...(await store.sql(SELECT))],
    [
      { date: '2026-11-20', value: 3 },
      { date: '2026-11-21', value: null },
      { date: '2026-11-22', value: 5 },
    ],
  )
})

test('every table is there', async () => {
  const store = await filled()
  assert.equal((await store.sql`SELECT * FROM domain`).length, 1)
  assert.equal((await store.sql`SELECT * FROM metric`).length, 4)
  const [visit] =
    await store.sql`SELECT object_type, object_id, value FROM statistic_by_date_and_object`
  assert.deepEqual(visit, { object_type: 'page', object_id: 'a', value: 7 })
  const [sale] =
    await store.sql`SELECT country, province, value FROM statistic_by_date_and_country_and_province`
  assert.deepEqual(sale, { ...utrecht, value: 9 })
})

test('a parameter of every type is what it was', async () => {
  const store = await filled()
  const rows =
    await store.sql`SELECT ${"a 'text' --"} AS a, ${1} AS b, ${1.5} AS c, ${2n ** 40n} AS d, ${true} AS e, ${null} AS f, ${''} AS g`
  assert.deepEqual(rows[0], { a: "a 'text' --", b: 1, c: 1.5, d: 2 ** 40, e: true, f: null, g: '' })
  const dates = [new Date(NOW - 86_400_000), Temporal.PlainDate.from('2026-11-22'), '2026-11-22']
  for (const date of dates) {
    const [row] = await store.sql`SELECT value FROM statistic_by_date WHERE date = ${date}`
    assert.equal(row.value, 5)
  }
})

test('a parameter that is none is refused by its number', async () => {
  const store = await filled()
  for (const bad of [undefined, Number.NaN, Infinity, {}, [], Symbol('x'), () => 1, 2n ** 63n]) {
    await rejects('invalid_value', store.sql('SELECT $1, $2', [1, bad]), /\$2/)
    await rejects('invalid_value', store.sql`SELECT ${1}, ${bad}`, /\$2/)
  }
  await rejects('invalid_date', store.sql`SELECT ${new Date(Number.NaN)}`)
  await rejects('invalid_value', store.sql('SELECT 1', 'a'), /parameters/)
  await rejects('invalid_value', store.sql('SELECT $1, $2', new Array(2)), /\$1/)
})

test('what is no statement is refused with what is wrong', async () => {
  const store = await filled()
  for (const text of ['', 'SELEC 1', 'SELECT (', "SELECT 'a", 'SELECT 1 FROM']) {
    await rejects('sql_syntax', store.sql(text))
  }
  for (const text of [5, null, undefined, {}, [], [5], Symbol('x'), ['a', 'b']]) {
    await rejects('sql_syntax', store.sql(text))
  }
  await rejects('sql_unsupported', store.sql('SELECT * FROM nothing'), /nothing/)
  await rejects('sql_unsupported', store.sql('SELECT nothing FROM metric'), /nothing/)
  await rejects('sql_failed', store.sql('SELECT 1 / 0'))
  for (const text of [
    'DROP TABLE metric',
    'CREATE TABLE a (b INTEGER)',
    'ALTER TABLE metric ADD COLUMN a INTEGER',
  ]) {
    await rejects('sql_unsupported', store.sql(text))
  }
})

test('what is written comes back as a change of the store, and is told', async () => {
  const store = await filled()
  const seen = []
  store.subscribe({ metric: 'shop.orders', period: 'day' }, (series) =>
    seen.push(points(series).length),
  )
  const inserted =
    await store.sql`INSERT INTO statistic_by_date (domain, metric, period, date, value) VALUES ('shop', 'orders', 'day', '2026-11-23', ${8})`
  assert.equal(inserted.affected, 1)
  assert.equal(store.value('shop.orders', 'day'), 8)
  await undefined
  assert.deepEqual(seen, [4])
  const updated =
    await store.sql`UPDATE statistic_by_date SET value = value + 1 WHERE value IS NOT NULL`
  assert.equal(updated.affected, 3)
  assert.equal(store.value('shop.orders', 'day', { date: '2026-11-20' }), 4)
  const deleted = await store.sql`DELETE FROM statistic_by_date WHERE date < '2026-11-22'`
  assert.equal(deleted.affected, 2)
  assert.equal(store.series('shop.orders', 'day').length, 2)
  await undefined
  assert.deepEqual(seen, [4, 4, 2])
})

test('what is recorded between two statements is seen by the second', async () => {
  const store = await filled()
  const sum = async () => (await store.sql`SELECT SUM(value) AS sum FROM statistic_by_date`)[0].sum
  assert.equal(await sum(), 8)
  store.increment('shop.orders', 2, { date: '2026-11-22' })
  assert.equal(await sum(), 10)
  store.delete({ metric: 'shop.orders', to: '2026-11-20' })
  assert.equal(await sum(), 7)
  await store.import('metric,period,date,value\nshop.orders,day,2026-11-23,100\n', {
    format: 'csv',
  })
  assert.equal(await sum(), 107)
  store.register({ name: 'shop.later', title: 'Later' })
  store.dynamic.record('shop.later', 'day', 1000)
  assert.equal(await sum(), 1107)
  assert.equal((await store.sql`SELECT title FROM metric WHERE metric = 'later'`)[0].title, 'Later')
})

test('a metric that SQL registers is known at once', async () => {
  const store = await filled()
  await store.sql`INSERT INTO metric (domain, metric, kind) VALUES ('shop', 'weight', 'float')`
  store.dynamic.record('shop.weight', 'day', 0.5)
  assert.equal(store.metrics.at(-1).kind, 'float')
})

test('several statements run in turn, and the last one answers', async () => {
  const store = await filled()
  const insert =
    "INSERT INTO statistic_by_date (domain, metric, period, date, value) VALUES ('shop', 'orders', 'week', '2026-11-23', 1)"
  const rows = await store.sql(`${insert}; SELECT COUNT(*) AS count FROM statistic_by_date`)
  assert.deepEqual([...rows], [{ count: 4 }])
  // Those before the one that fails have done their work.
  await rejects(
    'sql_unsupported',
    store.sql(`${insert.replace('week', 'month')}; SELECT * FROM nothing`),
  )
  assert.equal(store.value('shop.orders', 'month'), 1)
})

test('of a statement all is done or nothing', async () => {
  const store = await filled()
  const before = store.snapshot()
  const failing = [
    "INSERT INTO statistic_by_date (domain, metric, period, date, value) VALUES ('shop', 'orders', 'week', '2026-11-23', 1), ('shop', 'orders', 'hour', '2026-11-23', 1)",
    "INSERT INTO statistic_by_date (domain, metric, period, date, value) VALUES ('shop', 'orders', 'week', '2026-11-23', 1), ('shop', 'nothing', 'day', '2026-11-23', 1)",
    "UPDATE statistic_by_date SET value = 'a'",
  ]
  for (const text of failing) {
    await assert.rejects(store.sql(text), { name: 'TrackstatsError' })
    assert.deepEqual(store.snapshot(), before)
  }
})

test('two statements at once do not mix', async () => {
  const store = await filled()
  const answers = await Promise.all(
    Array.from(
      { length: 20 },
      (_, at) => store.sql`SELECT ${at} AS at, COUNT(*) AS count FROM statistic_by_date`,
    ),
  )
  assert.deepEqual(
    answers.map(([row]) => row),
    Array.from({ length: 20 }, (_, at) => ({ at, count: 3 })),
  )
})

test('a statement reads and returns no more than the limits of the store', async () => {
  const store = await filled({ sqlLimits: { read: 100, returned: 10 } })
  for (let at = 0; at < 11; at++) store.record('shop.visits', 'week', at, { by: { page: at } })
  await rejects('sql_limit', store.sql`SELECT * FROM statistic_by_date_and_object`)
  assert.equal((await store.sql`SELECT * FROM statistic_by_date_and_object LIMIT 5`).length, 5)
  await rejects(
    'sql_limit',
    store.sql`SELECT COUNT(*) FROM statistic_by_date_and_object a JOIN statistic_by_date_and_object b ON a.value <> b.value`,
  )
  assert.equal((await store.sql`SELECT * FROM statistic_by_date`).length, 3)
})

test('a statement that is too deep is refused before it runs', async () => {
  const store = await filled()
  for (const depth of [40, 1000, 100_000]) {
    await rejects('sql_limit', store.sql(`SELECT ${'('.repeat(depth)}1${')'.repeat(depth)}`))
    await rejects('sql_limit', store.sql(`SELECT 1${' + 1'.repeat(depth * 10)}`))
    await rejects('sql_limit', store.sql(`SELECT ${'NOT '.repeat(depth * 10)}true`))
  }
  assert.equal((await store.sql(SELECT)).length, 3)
})

test('integers that a number does not hold are refused, or bigints', async () => {
  const exact = await filled({ bigint: true })
  exact.record('shop.orders', 'day', 2n ** 60n)
  const store = await opened({ snapshot: exact.snapshot() })
  await rejects('unsafe_integer', store.sql(SELECT))
  assert.equal((await exact.sql(SELECT)).at(-1).value, 2n ** 60n)
})

test('a module that fails inside is thrown away, and the next statement works', async (context) => {
  const store = await filled()
  await store.sql(SELECT)
  // Texts of an answer are read while the module runs: this fails in the middle of it, as a trap does.
  const { decode: real } = TextDecoder.prototype
  const deeper = () => deeper()
  const failing = (how) =>
    function (bytes) {
      // Without bytes the decoder is only made ready.
      return bytes === undefined ? real.call(this) : how()
    }
  const decode = context.mock.method(TextDecoder.prototype, 'decode', failing(deeper))
  await rejects('sql_limit', store.sql(SELECT), /deeper stack/)
  const trap = () => {
    throw new WebAssembly.RuntimeError('unreachable')
  }
  decode.mock.mockImplementation(failing(trap))
  await rejects('sql_failed', store.sql(SELECT), /engine fail/)
  decode.mock.restore()
  store.increment('shop.orders', 1, { date: '2026-11-22' })
  assert.equal((await store.sql(SELECT)).at(-1).value, 6)
})

test('a statement that overflows the stack leaves the store as it was', () => {
  // How much stack a statement needs differs by release of Node: one of these is too small for it.
  const script = fileURLToPath(new URL('sql/deep.js', import.meta.url))
  const answers = []
  for (let kilobytes = 160; kilobytes >= 60; kilobytes -= 10) {
    let answer
    try {
      const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
      answer = execFileSync('node', [`--stack-size=${kilobytes}`, script], options).trim()
    } catch {
      // Node itself does not start with less.
      break
    }
    answers.push(answer)
    if (answer.startsWith('overflow')) break
    assert.equal(answer, 'answered, then 1 row and 3')
  }
  assert.equal(answers.at(-1), 'overflow, then 1 row and 3')
})
