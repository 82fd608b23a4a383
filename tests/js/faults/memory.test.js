// What a large store took is given back when it is closed.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { open } from 'trackstats'

import { placeFor } from '../durable/place.js'

const HOLDING = fileURLToPath(new URL('../durable/holding.js', import.meta.url))

/** Bytes of the memories of modules that are still reachable while the store was open, and after it was closed. */
function held(address, how) {
  const output = execFileSync(process.execPath, ['--expose-gc', HOLDING, address, how], {
    encoding: 'utf8',
  })
  return JSON.parse(output)
}

for (const how of ['closed', 'closed beside a small one', 'forgotten', 'failed to open']) {
  test(`the memory of a large store that was ${how} is given back`, () => {
    const { open, after } = held('memory:', how)
    assert.ok(open > 40_000_000, `${open}`)
    assert.ok(after < 20_000_000, `${after} of ${open}`)
  })
}

test('the memory of a store in a file is given back, with what read the file and SQL', (context) => {
  const { open, after } = held(`file:${placeFor(context)}`, 'closed')
  assert.ok(open > 40_000_000, `${open}`)
  assert.ok(after < 20_000_000, `${after} of ${open}`)
})

test('what an export needed is given back while the store stays', () => {
  const { made, left } = held('memory:', 'exported')
  assert.ok(left < made, `${left} of ${made}`)
})

test('more stores at once than there are modules are apart', async () => {
  const stores = await Promise.all(Array.from({ length: 200 }, () => open('memory:')))
  stores.forEach((store, at) => {
    store.register({ name: 'shop.orders' }).record('day', at, '2026-11-23')
  })
  stores.forEach((store, at) => {
    assert.equal(store.dynamic.value('shop.orders', 'day', { date: '2026-11-23' }), at)
  })
  for (const store of stores.splice(0, 150)) await store.close()
  const last = await open('memory:')
  assert.equal(last.size, 0)
  for (const store of stores) assert.equal(store.size, 1)
  for (const store of [last, ...stores]) await store.close()
})
