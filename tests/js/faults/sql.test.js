// SQL that a user may write: it ends within its limits, gives the host turns, and answers what it says.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { opened, rejects, utrecht } from '../shop.js'

const value = async (store, expression) => {
  const [row] = await store.sql(`SELECT ${expression} AS v`)
  return row.v
}

test('a column of any name is in the row', async () => {
  const store = await opened()
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '0']) {
    const rows = await store.sql(`SELECT N AS "${name}", N + 1 AS other FROM SERIES(2) ORDER BY N`)
    assert.deepEqual(rows.columns, [name, 'other'])
    for (const [at, row] of rows.entries()) {
      assert.ok(Object.hasOwn(row, name), name)
      assert.equal(row[name], at + 1, name)
      assert.equal(row.other, at + 2)
      assert.deepEqual(Object.keys(row).sort(), [name, 'other'].sort())
      assert.equal(Object.getPrototypeOf(row), Object.prototype)
      assert.equal(JSON.parse(JSON.stringify(row)).other, at + 2)
    }
  }
})

test('no value is infinite or no number', async () => {
  const store = await opened()
  for (const expression of [
    'SQRT(-1.0) = 5',
    'SQRT(-1.0)',
    'LN(0.0)',
    'POWER(0.0, -1.0)',
    'EXP(1000.0)',
    '1e308 * 10',
    "CAST('inf' AS FLOAT)",
  ]) {
    await rejects('sql_failed', value(store, expression), /out of range/)
  }
  await rejects('invalid_value', store.sql`SELECT ${Number.NaN}`)
})

test('a number with an exponent is a float', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', 7, { date: '2026-11-22' })
  assert.equal(await value(store, '7 / 1e10'), 7e-10)
  assert.equal(await value(store, '1e3 / 2000'), 0.5)
  const [row] =
    await store.sql`SELECT value / 1e1 AS v FROM statistic_by_date WHERE metric = 'orders'`
  assert.equal(row.v, 0.7)
})

test('joins and functions answer as elsewhere', async () => {
  const store = await opened()
  const rows = await store.sql(
    "SELECT a.N, b.metric FROM SERIES(2) AS a JOIN metric AS b ON 'Orders sold' = b.title",
  )
  assert.equal(rows.length, 2)
  assert.equal(await value(store, "POSITION('' IN 'abc')"), 1)
  assert.equal(await value(store, "REPLACE('abc', '', '-')"), 'abc')
  assert.equal(await value(store, '-9223372036854775808 % -1'), 0)
})

test('what is held, read and worked on is limited, and the error names the limit', async () => {
  const store = await opened({ sqlLimits: { held: 2 ** 20, read: 500_000 } })
  const long = "REPEAT(REPEAT('x', 1000), 1000)"
  await rejects('sql_limit', store.sql(`SELECT ${long} FROM SERIES(100000)`), /'held'/)
  await rejects('sql_limit', store.sql('SELECT N FROM SERIES(100000) ORDER BY N LIMIT 1'), /'held'/)
  await rejects('sql_limit', store.sql('SELECT COUNT(*) FROM SERIES(100000) GROUP BY N'), /'held'/)
  const like = `SELECT COUNT(*) FROM SERIES(2000) WHERE ${long} LIKE '%y%z%'`
  await rejects('sql_limit', store.sql(like), /'read'/)
  // By the limits that a store has unless it is told otherwise.
  const other = await opened()
  await rejects('sql_limit', other.sql(like), /'(read|time)'/)
  // On a busy machine the time would be over first.
  const patient = await opened({ sqlLimits: { time: 60_000 } })
  await rejects('sql_limit', patient.sql(`SELECT ${long} FROM SERIES(100000)`), /'held'/)
  assert.equal(await value(other, '1'), 1)
})

test('a statement ends when its time is over', async () => {
  const store = await opened({ sqlLimits: { time: 0 } })
  const endless = 'SELECT COUNT(*) FROM SERIES(100000) AS a JOIN SERIES(100000) AS b'
  await rejects('sql_limit', store.sql(endless), /'time'/)
  for (const bad of [-1, 0.5, Number.NaN, '10', null]) {
    for (const key of ['time', 'held', 'read', 'returned']) {
      await rejects('invalid_value', opened({ sqlLimits: { [key]: bad } }))
    }
  }
})

/** How many turns the host has while a promise is pending. */
async function turns(promise) {
  let count = 0
  let done = false
  const next = () => {
    count++
    if (!done) setImmediate(next)
  }
  setImmediate(next)
  try {
    await promise
  } finally {
    done = true
  }
  return count
}

test('the host has turns while an answer is handed over', async () => {
  const store = await opened()
  await store.sql`SELECT 1`
  const long = 'SELECT N, N + 1 AS a, N + 2 AS b, N + 3 AS c FROM SERIES(100000)'
  assert.ok((await turns(store.sql(long))) > 3)
})

test('a signal stops a call before it runs and while its rows are handed over', async () => {
  const store = await opened()
  store.record('shop.sales', 'day', 9, { by: utrecht, date: '2026-11-22' })
  const reason = new Error('enough')
  const stopped = (promise) =>
    rejects('aborted', promise).then(() => promise.catch((error) => error.cause))
  const early = store.sql('DELETE FROM statistic_by_date', [], {
    signal: AbortSignal.abort(reason),
  })
  await stopped(early)
  const fetching = new AbortController()
  const beforeItRuns = store.sql('DELETE FROM statistic_by_date_and_country_and_province', [], {
    signal: fetching.signal,
  })
  fetching.abort(reason)
  await stopped(beforeItRuns)
  assert.equal(
    await value(store, '(SELECT COUNT(*) FROM statistic_by_date_and_country_and_province)'),
    1,
  )
  const handing = new AbortController()
  const long = store.sql('SELECT N, N + 1 AS a, N + 2 AS b FROM SERIES(100000)', [], {
    signal: handing.signal,
  })
  setImmediate(() => handing.abort(reason))
  await stopped(long)
  assert.equal(await value(store, '1'), 1)
  await rejects('unknown_option', store.sql('SELECT 1', [], { singal: null }), /signal/)
  await rejects('invalid_value', store.sql('SELECT 1', [], { signal: 5 }))
  await rejects('invalid_value', store.sql('SELECT 1', [], 5))
})

test('memory that a statement needed is given back with the module that it ran in', async () => {
  const { Instance } = WebAssembly
  let made = 0
  WebAssembly.Instance = function (...args) {
    made++
    return new Instance(...args)
  }
  try {
    const store = await opened()
    assert.equal(await value(store, '1'), 1)
    const before = made
    assert.equal(await value(store, '2'), 2)
    assert.equal(made, before, 'a small statement leaves the module there')
    const long = "REPEAT(REPEAT('x', 1000), 1000)"
    await store.sql(`SELECT LENGTH(t) FROM (SELECT ${long} AS t FROM SERIES(200) ORDER BY N) AS q`)
    assert.equal(await value(store, '3'), 3)
    assert.equal(made, before + 1)
  } finally {
    WebAssembly.Instance = Instance
  }
})

test('what is recorded while the copy is being made is in the answer', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', 1, { date: '2026-11-20' })
  const count =
    "SELECT COUNT(*) AS n, SUM(value) AS sum FROM statistic_by_date WHERE metric = 'orders'"
  const asked = [store.sql(count), store.sql(count)]
  for (let day = 1; day <= 9; day++) {
    await new Promise((resolve) => setImmediate(resolve))
    store.record('shop.orders', 'day', 10, { date: `2026-11-0${day}` })
    asked.push(store.sql(count))
  }
  const answers = (await Promise.all(asked)).map(([row]) => row)
  for (const { n, sum } of answers) assert.equal(sum, 10 * (n - 1) + 1)
  assert.equal(answers.at(-1).n, 10)
  store.close()
  await rejects('closed', store.sql(count))
})

for (const [how, flags, rounds] of [
  ['fresh and hot', [], 3],
  ['optimized from the start', ['--no-liftoff'], 1],
  ['optimized, with an eighth of the stack taken', ['--no-liftoff', '--stack-size=860'], 1],
]) {
  test(`what the limits allow runs on code that is ${how}`, () => {
    const script = fileURLToPath(new URL('../sql/chains.js', import.meta.url))
    const answer = execFileSync('node', [...flags, script, rounds], { encoding: 'utf8' })
    assert.equal(answer.trim(), '')
  })
}

test('one more than a limit of depth is refused with the limit', async () => {
  const store = await opened()
  const [more, brackets] = [' + 1'.repeat(257), ['('.repeat(33), ')'.repeat(33)]]
  await rejects('sql_limit', store.sql(`SELECT 1${more}`), /more than 256 operators/)
  await rejects('sql_limit', store.sql(`SELECT ${brackets.join('1')}`), /more than 32 deep/)
  await rejects('sql_limit', store.sql(`SELECT 1${'::INTEGER'.repeat(65)}`), /cast counts for 4/)
  await rejects('sql_limit', store.sql(`SELECT ${'NOT '.repeat(60)}TRUE`), /more than 50/)
})
