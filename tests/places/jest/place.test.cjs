// What a test of an application does with the package, required as Jest does without a flag.

const { mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

const trackstats = require('trackstats')

const { run } = require('./scenario.js')

const { TrackstatsError, defineStats, open } = trackstats

const stats = defineStats({ shop: { metrics: { orders: 'Orders', visits: { by: 'page' } } } })

test('the scenario', async () => {
  writeFileSync(join(__dirname, 'answer.txt'), await run(trackstats))
})

test('a store is kept in a file, and opened again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trackstats-jest-'))
  try {
    const address = `file:${join(folder, 'shop.stats')}`
    const store = await open(address, { stats })
    store.record('shop.visits', 'day', 3, { by: { page: 'Zürich 😀' }, date: '2026-11-23' })
    await store.close()
    const again = await open(address, { stats })
    expect(again.statistics()).toEqual([
      {
        metric: 'shop.visits',
        period: 'day',
        date: '2026-11-23',
        by: { page: 'Zürich 😀' },
        value: 3,
      },
    ])
    await again.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('snapshots, files and columns', async () => {
  const store = await open('memory:', { stats })
  await store.trackColumns('shop.orders', 'day', { time: ['2026-11-23', '2026-11-23'] })
  expect(store.value('shop.orders', 'day', { date: '2026-11-23' })).toBe(2)
  const text = await store.export({ format: 'csv' })
  const copy = await open('memory:', { stats, snapshot: store.snapshot() })
  expect((await copy.import(text, { format: 'csv' })).unchanged).toBe(1)
  expect((await copy.import(Buffer.from(text), { format: 'csv' })).unchanged).toBe(1)
  const wide = await open('memory:', { stats, snapshot: Buffer.from(store.snapshot()) })
  expect(wide.size).toBe(1)
  expect(() => copy.delete({ metrics: 'shop.orders' })).toThrow(TrackstatsError)
  await Promise.all([store.close(), copy.close(), wide.close()])
})
