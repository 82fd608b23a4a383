// Runs the longest chains and the deepest nesting that the limits allow, and prints what failed. Called where the
// module is compiled by the optimizing compiler, whose code takes more of the stack for what calls itself.

import { open } from 'trackstats'

const FROM = 'FROM statistic_by_date'
const many = (text, times) => text.repeat(times)
const nested = (before, inside, after) => many(before, 30) + inside + many(after, 30)
const conditions = (operator) => Array(128).fill('value = 1').join(` ${operator} `)

const statements = {
  sum: `SELECT value${many(' + 1', 256)} ${FROM}`,
  constants: `SELECT 1${many(' + 1', 256)}`,
  text: `SELECT metric${many(" || 'b'", 256)} ${FROM}`,
  rest: `SELECT value${many(' % 7', 256)} ${FROM}`,
  nulls: `SELECT value${many(' IS NULL', 256)} ${FROM}`,
  casts: `SELECT value${many('::INTEGER', 64)} ${FROM}`,
  or: `SELECT value ${FROM} WHERE ${conditions('OR')}`,
  and: `SELECT value ${FROM} WHERE ${conditions('AND')}`,
  exact: `SELECT (value IS NULL${many(' OR value = value * 1.5', 85)}) AS x ${FROM}`,
  brackets: `SELECT ${nested('(', `value${many(' + 1', 225)}`, ' + 1)')} ${FROM}`,
  cases: `SELECT ${nested('CASE WHEN value = 1 THEN ', 'value', ' ELSE 2 END')} ${FROM}`,
  functions: `SELECT ${nested('ABS(', `value${many(' + 1', 220)}`, ')')} ${FROM}`,
  // What the parser takes of those that it goes into more than once.
  queries: `SELECT ${many('(SELECT MAX(value) FROM statistic_by_date WHERE value = ', 15)}1${many(')', 15)} ${FROM}`,
  not: `SELECT ${many('NOT ', 45)}(value = 1) ${FROM}`,
}

const store = await open('memory:')
store.register({ name: 'm.x' }).record('day', 1, '2026-11-23')
const failed = []
for (let round = 0; round < Number(process.argv[2]); round++) {
  for (const [name, text] of Object.entries(statements)) {
    await store.sql(text).catch((error) => failed.push(`${name}: ${error.message}`))
  }
  // What is hot is compiled anew.
  for (let at = 0; at < 500; at++) await store.sql(`SELECT value${many(' + 1', 8)} ${FROM}`)
}
console.log(failed.join('\n'))
