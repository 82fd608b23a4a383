// Every object of options of every method refuses a key that nobody knows, and what deletes refuses a
// condition that got lost.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

import { TrackstatsError, defineStats, open } from 'trackstats'
import * as slim from 'trackstats/slim'

import { CALLS } from '../odd/calls.js'
import { NOW, opened, refuses, rejects, stats, utrecht } from '../shop.js'

const require = createRequire(import.meta.url)
const types = join(dirname(require.resolve('trackstats/package.json')), 'types')

const isPlain = (value) =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** The objects of options among arguments, as paths to them. */
function places(value, path = []) {
  if (!isPlain(value)) return []
  const inside = Object.entries(value).flatMap(([key, one]) => places(one, [...path, key]))
  return [path, ...inside]
}

/** A copy of arguments with one key more at a path. */
function withKey(args, path, key) {
  const copied = [...args]
  let at = copied
  for (const name of path) {
    at[name] = { ...at[name] }
    at = at[name]
  }
  at[key] = undefined
  return copied
}

async function place() {
  const store = await opened({ now: () => NOW })
  store.record('shop.sales', 'day', 2, { by: utrecht })
  return { store, series: store.series('shop.orders', 'day') }
}

/** Whether the keys at a path are names that the caller chooses. */
function isFree(name, path, args) {
  const last = path.at(-1)
  const isDeclaration =
    name === 'defineStats' ||
    path.includes('declaration') ||
    (name === 'register' && !('name' in args[0]))
  if (isDeclaration) return path.length === 1 || last === 'metrics' || last === 'declaration'
  if (name === 'metric.at') return true
  return last === 'by' || last === 'object' || (last === 'where' && /breakdown|seriesBy/.test(name))
}

for (const [number, { name, good, self, call }] of CALLS.entries()) {
  const args = good
  const paths = args
    .flatMap((one, at) => places(one, [at]))
    .filter((path) => !isFree(name, path, args))
  for (const path of paths) {
    test(`${name} refuses a key that nobody knows at ${path.join('.')} (${number})`, async () => {
      const at = await place()
      const before = at.store.size
      for (const key of ['nobodys', 'constructor', '__proto', 'toString', 'From', 'metrics_']) {
        await assert.rejects(
          async () => call(self(at), withKey(args, path, key)),
          (error) =>
            error instanceof TrackstatsError &&
            error.code === 'unknown_option' &&
            error.message.includes(`'${key}'`),
          key,
        )
      }
      assert.equal(at.store.size, before)
      await at.store.close()
    })
  }
}

/** The methods of a class in a file of types, each with the text of its signature. */
function signatures(file) {
  const text = readFileSync(join(types, file), 'utf8')
  const found = /export declare class [\s\S]*?\n}/.exec(text)?.[0] ?? ''
  return [...found.matchAll(/\n {4}(?:readonly )?([a-z]\w*)(?:<[^;]*?>)?\(([\s\S]*?)\): /g)].map(
    ([, name, parameters]) => ({ name, parameters }),
  )
}

test('every method of the types and of the prototypes is tried with options', async () => {
  const { store, series } = await place()
  const tried = new Map()
  for (const { name, good, self } of CALLS) {
    const paths = good.flatMap((one, at) => places(one, [at]))
    const isTried = paths.some((path) => !isFree(name, path, good))
    tried.set(name, tried.get(name) || isTried)
    assert.equal(typeof self, 'function')
  }
  // What takes no options at all.
  for (const name of ['batch', 'close', 'constructor']) tried.set(name, true)
  const classes = [
    ['', 'store.d.ts', Object.getPrototypeOf(store)],
    ['', 'reading.d.ts', Object.getPrototypeOf(Object.getPrototypeOf(store))],
    ['metric.', 'metric.d.ts', Object.getPrototypeOf(store.metric('shop.orders'))],
    ['series.', 'series.d.ts', Object.getPrototypeOf(series)],
  ]
  const OPTIONS = /Options|Filter|Query|Columns|At<|AtArguments|NewMetric|Declaration|\{\s*readonly/
  for (const [prefix, file, prototype] of classes) {
    const methods = signatures(file)
    assert.ok(methods.length > 2, file)
    for (const { name, parameters } of methods) {
      assert.equal(typeof (name === 'sql' ? store.sql : prototype[name]), 'function', name)
      assert.ok(tried.has(prefix + name), `${prefix}${name} is in the list of calls`)
      if (OPTIONS.test(parameters)) assert.ok(tried.get(prefix + name), `${prefix}${name}: options`)
    }
    const known = new Set(methods.map(({ name }) => name))
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const { value } = Object.getOwnPropertyDescriptor(prototype, name)
      // What is internal is in no file of types.
      if (typeof value !== 'function' || !known.has(name)) continue
      assert.ok(tried.has(prefix + name), `${prefix}${name} is in the list of calls`)
    }
  }
  const exported = Object.keys(slim).filter((name) => typeof slim[name] === 'function')
  for (const name of exported) {
    const call = name === 'Series' ? 'Series.from' : name
    // What is recovered is a file; the tests of that try its options.
    if (!['TrackstatsError', 'configure', 'recover'].includes(name))
      assert.ok(tried.has(call), name)
  }
  assert.throws(
    () => slim.configure({ core: new Uint8Array(0), Sql: 1 }),
    ({ code, message }) => code === 'unknown_option' && /'Sql'.*'sql'/.test(message),
  )
  await store.close()
})

test('the nearest key is named, and all that are known', async () => {
  const { store } = await place()
  const told = (call, text) => refuses('unknown_option', call, text)
  told(
    () => store.delete({ metrics: ['shop.orders'] }),
    /'metrics'.*did you mean 'metric'\?.*known are /,
  )
  told(() => store.retainDays({ Metric: 'shop.orders' }, 1), /did you mean 'metric'/)
  told(() => store.series('shop.orders', 'day', { form: '2026-11-20' }), /did you mean 'from'/)
  told(
    () => store.series('shop.orders', 'day', { start: '2026-11-20' }),
    /'start'.*known are from, to/,
  )
  told(() => store.record('shop.orders', 'day', 1, { Date: '2026-11-20' }), /did you mean 'date'/)
  told(() => store.statistics({ period_: 'day' }), /did you mean 'period'/)
  await rejects(
    'unknown_option',
    open('memory:', { timezone: 'Asia/Tokyo' }),
    /did you mean 'timeZone'/,
  )
  told(
    () => defineStats({ a: { metrics: { b: { type: 'float' } } } }),
    /'type'.*the metric 'a\.b'.*known are title, description, kind, by/,
  )
  told(() => defineStats({ a: { metric: {}, metrics: {} } }), /'metric'.*the domain 'a'.*'metrics'/)
  told(() => store.register({ name: 'a.b', type: 'float' }), /'type'/)
  assert.deepEqual(store.metrics.length, stats.declaration.shop ? 4 : 0)
  await store.close()
})

test('what is deleted needs conditions that are ones', async () => {
  const { store } = await place()
  store.record('shop.orders', 'day', 1, { date: '2020-01-01' })
  const before = store.size
  const lost = [
    { metric: undefined },
    { metric: 'shop.orders', period: undefined },
    { from: undefined, to: '2026-11-20' },
    { by: undefined },
    { objects: undefined },
    { objectType: undefined },
    { splitBy: undefined },
    Object.create({ metric: undefined }),
    Object.defineProperty({}, 'metric', { value: undefined }),
  ]
  for (const filter of lost) {
    refuses(
      'unknown_option',
      () => store.delete(filter),
      /undefined: give it a value, or leave it out/,
    )
    refuses('unknown_option', () => store.retainDays(filter, 1), /undefined/)
  }
  for (const none of [undefined, null, [], 'shop.orders', 7, () => ({})]) {
    refuses('invalid_value', () => store.delete(none))
    refuses('invalid_value', () => store.retainDays(none, 1))
  }
  const turned = () => store.retainDays(400, { period: 'day' })
  refuses('invalid_value', turned, /an object first, \{\} to choose everything/)
  refuses('unknown_dimension', () => store.delete({ by: { country: undefined } }))
  assert.equal(store.size, before)
  assert.equal(store.retainDays({}, 1), 1)
  assert.equal(store.delete({}), before - 1)
  await store.close()
})

test('a filter that hides or inherits its conditions deletes no more than it says', async () => {
  const { store } = await place()
  store.record('shop.orders', 'day', 1)
  class Wanted {
    metric = 'shop.orders'
    describe() {}
  }
  const filters = [
    Object.create({ metric: 'shop.orders' }),
    Object.defineProperty({}, 'metric', { value: 'shop.orders' }),
    Object.defineProperty({}, 'metric', { get: () => 'shop.orders', enumerable: true }),
    Object.assign(Object.create(null), { metric: 'shop.orders' }),
    Object.freeze({ metric: 'shop.orders' }),
    new Proxy({ metric: 'shop.orders' }, {}),
    new Wanted(),
    { metric: 'shop.orders', [Symbol('mark')]: 1 },
  ]
  for (const filter of filters) {
    store.record('shop.orders', 'day', 1)
    assert.equal(store.delete(filter), 1)
    assert.equal(store.size, 1)
  }
  // Read once: a getter gives one answer, however often it would be asked.
  const asked = ['shop.orders', undefined]
  const fleeting = Object.defineProperty({}, 'metric', {
    get: () => asked.shift(),
    enumerable: true,
  })
  store.record('shop.orders', 'day', 1)
  assert.equal(store.delete(fleeting), 1)
  assert.equal(store.size, 1)
  await store.close()
})

test('what has its say elsewhere than in keys is no object of options', async () => {
  const { store } = await place()
  class Hidden {
    get metric() {
      return 'shop.orders'
    }
  }
  const others = [
    new Map([['metric', 'shop.orders']]),
    new Set(['metric']),
    new Date(NOW),
    Promise.resolve({}),
    new Hidden(),
    new Boolean(false),
  ]
  for (const other of others) {
    refuses('invalid_value', () => store.delete(other))
    refuses('invalid_value', () => store.retainDays(other, 1))
    refuses('invalid_value', () => store.series('shop.orders', 'day', other))
    refuses('invalid_value', () => store.record('shop.sales', 'day', 1, other))
    refuses('invalid_value', () => store.record('shop.sales', 'day', 1, { by: other }))
    refuses('invalid_value', () => store.value('shop.sales', 'day', { by: other }))
    refuses('invalid_value', () => store.metric('shop.sales').at(other))
    refuses('invalid_value', () => store.register(other))
    refuses('invalid_value', () => defineStats(other))
    await rejects('invalid_value', open('memory:', other))
  }
  assert.equal(store.size, 1)
  await store.close()
})

test('what a program gives to all of its objects is no option', async () => {
  const { store } = await place()
  Object.prototype.everywhere = 1
  try {
    store.record('shop.orders', 'day', 1, { date: '2026-11-20' })
    assert.equal(store.delete({ metric: 'shop.orders' }), 1)
  } finally {
    delete Object.prototype.everywhere
  }
  await store.close()
})

test('what is true or false is one of both', async () => {
  const { store } = await place()
  const sometimes = [1, 0, 'true', 'false', '', null, {}, new Boolean(true)]
  const time = { time: 'at' }
  const csv = { format: 'csv' }
  const empty = 'metric,period,date,value\n'
  for (const flag of sometimes) {
    for (const key of ['cumulative', 'reuse']) {
      refuses(
        'invalid_value',
        () => store.series('shop.orders', 'day', { [key]: flag }),
        new RegExp(key),
      )
    }
    const calls = {
      recompute: (options) => store.track('shop.orders', 'day', [], { ...time, ...options }),
      skipBadLines: (options) => store.import(empty, { ...csv, ...options }),
      anyTimeZone: (options) => store.import(empty, { ...csv, ...options }),
      forSpreadsheets: (options) => store.export({ ...csv, ...options }),
      bigint: (options) => open('memory:', options),
      readOnly: (options) => open('memory:', options),
      readDamaged: (options) => open('memory:', options),
    }
    for (const [key, call] of Object.entries(calls)) {
      await rejects('invalid_value', call({ [key]: flag }), new RegExp(`'${key}'.* true or false`))
    }
  }
  await store.close()
})

test('no dimensions are no condition of what is deleted', async () => {
  const { store } = await place()
  const before = store.size
  for (const by of [{}, Object.create(null), { __proto__: null }]) {
    refuses('invalid_value', () => store.delete({ metric: 'shop.sales', by }), /splitBy/)
    refuses('invalid_value', () => store.retainDays({ metric: 'shop.sales', by }, 0), /splitBy/)
  }
  assert.equal(store.size, before)
  await store.close()
})

test('what a program gives to all of its objects is no dimension', async () => {
  const store = await opened({ now: () => NOW })
  const date = '2026-11-20'
  store.record('shop.sales', 'day', 2, { by: utrecht, date })
  store.register({ any: { metrics: { thing: {} } } })
  const by = Object.create({ region: 'EU' }, { country: { value: 'NL', enumerable: true } })
  const inherited = Object.assign(Object.create({ province: 'Utrecht' }), { country: 'NL' })
  Object.defineProperty(Object.prototype, 'polyfill', {
    value: () => undefined,
    enumerable: true,
    configurable: true,
  })
  try {
    for (let time = 0; time < 2; time++) {
      store.record('any.thing', 'day', 1, { by, date })
      store.record('any.thing', 'day', 2, { by: { country: 'BE' }, date })
      store.record('shop.sales', 'day', 3, { by: { ...utrecht }, date })
      store.record('shop.sales', 'day', 4, { by: inherited, date })
      assert.equal(store.value('shop.sales', 'day', { by: utrecht, date }), 3)
      assert.equal(store.value('shop.sales', 'day', { by: inherited, date }), 4)
      assert.equal(store.value('any.thing', 'day', { by: { country: 'NL' }, date }), 1)
    }
  } finally {
    delete Object.prototype.polyfill
  }
  const found = store.statistics().map(({ by: parts, value }) => [JSON.stringify(parts), value])
  assert.deepEqual(found.sort(), [
    ['{"country":"BE"}', 2],
    ['{"country":"NL","province":"Utrecht"}', 3],
    ['{"country":"NL"}', 1],
    ['{"country":"NL"}', 4],
  ])
  await store.close()
})
