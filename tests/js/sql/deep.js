// Runs a statement as deep as the limits allow, and says whether it overflowed the stack and what works after
// it. Called with a stack that is small.

import { open } from 'trackstats'

const store = await open('memory:')
const orders = store.register({ name: 'shop.orders' })
orders.record('day', 3, '2026-11-23')
let outcome = 'answered'
try {
  await store.sql(`SELECT ${'('.repeat(30)}1${' + 1'.repeat(250)}${')'.repeat(30)}`)
} catch (error) {
  outcome =
    error.code === 'sql_limit' && error.cause instanceof RangeError ? 'overflow' : String(error)
}
const { length } = await store.sql`SELECT * FROM metric`
console.log(`${outcome}, then ${length} row and ${orders.value('day', '2026-11-23')}`)
