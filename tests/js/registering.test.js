import assert from 'node:assert/strict'
import { test } from 'node:test'

import { defineStats, open } from 'trackstats'

import { opened, points, refuses, rejects } from './shop.js'

test('a store knows what was declared, in the order of the declaration', async () => {
  const store = await opened()
  assert.deepEqual(store.domains, [{ reference: 'shop', title: 'Shop', description: '' }])
  assert.deepEqual(
    store.metrics.map(({ name }) => name),
    ['shop.orders', 'shop.revenue', 'shop.sales', 'shop.visits'],
  )
  assert.deepEqual(store.metrics[2], {
    name: 'shop.sales',
    title: 'Items sold',
    description: '',
    kind: 'integer',
    by: ['country', 'province'],
  })
})

test('a metric that is registered at run time is used by its handle and by its name', async () => {
  const store = await open('memory:')
  const calls = store.register({
    name: 'plugin.calls',
    title: 'Calls',
    kind: 'float',
    by: ['plugin'],
  })
  calls.at({ plugin: 'a' }).record('day', 0.5, '2026-11-23')
  store.record('plugin.calls', 'day', 1.5, { by: { plugin: 'b' }, date: '2026-11-23' })
  assert.deepEqual(points(store.series('plugin.calls', 'day', { by: { plugin: 'a' } })), [
    ['2026-11-23', 0.5],
  ])
  assert.equal(store.metrics[0].kind, 'float')
  assert.equal(store.dynamic, store)
})

test('registering again keeps what is not given', async () => {
  const store = await open('memory:')
  store.register({ name: 'a.b', title: 'B', description: 'The second', kind: 'float', by: 'x' })
  store.register({ name: 'a.b' })
  assert.deepEqual(store.metrics[0], {
    name: 'a.b',
    title: 'B',
    description: 'The second',
    kind: 'float',
    by: ['x'],
  })
  store.register({ name: 'a.b', title: '' })
  assert.equal(store.metrics[0].title, '')
  store.register({ a: { title: 'A', description: 'The first', metrics: {} } })
  assert.deepEqual(store.domains, [{ reference: 'a', title: 'A', description: 'The first' }])
})

test('a kind does not change', async () => {
  const store = await open('memory:')
  store.register({ name: 'a.b', kind: 'float' })
  refuses('kind_mismatch', () => store.register({ name: 'a.b', kind: 'integer' }))
  store.register({ name: 'a.b' })
  store.record('a.b', 'day', 0.5)
  assert.equal(store.value('a.b', 'day'), 0.5)
})

test('dimensions that were registered later count for handles that were made before', async () => {
  const store = await open('memory:')
  const metric = store.register({ name: 'a.b' })
  metric.record('day', 1, '2026-11-23')
  store.record('a.b', 'day', 2, { by: { x: 1 } })
  store.register({ name: 'a.b', by: ['x', 'y'] })
  metric.record('day', 3, '2026-11-23')
  store.record('a.b', 'day', 4, { by: { y: 1, x: 1 } })
  assert.equal(store.value('a.b', 'day', { by: { x: 1 } }), 2)
  assert.equal(store.value('a.b', 'day', { by: { x: 1, y: 1 } }), 4)
  assert.equal(metric.value('day', '2026-11-23'), 3)
  refuses('unknown_dimension', () => store.record('a.b', 'day', 1, { by: { z: 1 } }))
})

test('a reference that is none is refused', async () => {
  const store = await open('memory:')
  for (const name of [
    '',
    'a',
    '.',
    'a.',
    '.b',
    'a.b.c',
    'a b.c',
    'a.b\n',
    `a.${'x'.repeat(101)}`,
  ]) {
    refuses('invalid_reference', () => store.register({ name }))
  }
  for (const by of [[''], ['a.b'], ['date'], ['a b']]) {
    refuses('invalid_reference', () => store.register({ name: 'a.b', by }))
  }
  refuses('invalid_value', () => store.register({ name: 'a.\ud800' }), /surrogate/)
  assert.deepEqual(store.metrics, [])
})

test('what is no declaration is refused, when it is declared', async () => {
  const bad = [
    null,
    undefined,
    5,
    'shop',
    [],
    { shop: null },
    { shop: 'Shop' },
    { shop: {} },
    { shop: { metrics: [] } },
    { shop: { metrics: { a: 5 } } },
    { shop: { metrics: { a: null } } },
    { shop: { metrics: { a: { kind: 'decimal' } } } },
    { shop: { metrics: { a: { kind: null } } } },
    { shop: { metrics: { a: { by: 5 } } } },
    { shop: { metrics: { a: { by: [5] } } } },
    { shop: { metrics: { a: { title: 5 } } } },
    { shop: { title: 5, metrics: {} } },
  ]
  const store = await open('memory:')
  for (const declaration of bad) {
    refuses('invalid_value', () => defineStats(declaration))
    refuses('invalid_value', () => store.register(declaration))
    if (declaration !== undefined) {
      await assert.rejects(open('memory:', { stats: declaration }), { name: 'TrackstatsError' })
    }
  }
  for (const stats of [{}, { declaration: null }, { declaration: 5 }]) {
    await rejects('invalid_value', open('memory:', { stats }))
  }
  assert.deepEqual(store.metrics, [])
})

test('of a declaration all is registered or nothing', async () => {
  const store = await open('memory:')
  refuses('invalid_reference', () =>
    store.register({ a: { metrics: { good: 'Good', 'not good': 'Bad' } } }),
  )
  assert.deepEqual(store.domains, [])
  assert.deepEqual(store.metrics, [])
})

test('options of opening that are none are refused', async () => {
  for (const options of [null, 5, 'memory:', []])
    await rejects('invalid_value', open('memory:', options))
  for (const url of ['', 'memory', 'memory:a', 'file:', 'idb:', 'http:a', 5, undefined]) {
    await rejects('invalid_value', open(url), /memory:/)
  }
  await rejects('invalid_value', open('memory:', { now: 5 }))
  await rejects('invalid_value', open('memory:', { sqlLimits: 5 }))
  await rejects('invalid_value', open('memory:', { sqlLimits: { read: -1 } }))
  await rejects('unknown_zone', open('memory:', { timeZone: 5 }))
})
