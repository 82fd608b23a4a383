// One zone is one zone, by whichever of its names it is called.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import { open, snapshotInfo } from 'trackstats'

import { root } from '../place.js'
import { opened, refuses, rejects } from '../shop.js'

/** Names of one zone, the primary one first. */
const NAMES = [
  ['Asia/Kolkata', 'Asia/Calcutta', 'asia/kolkata', 'ASIA/CALCUTTA'],
  ['Europe/Amsterdam', 'europe/amsterdam'],
  ['Europe/Kyiv', 'Europe/Kiev'],
  ['America/New_York', 'US/Eastern', 'us/eastern'],
  ['UTC', 'Etc/UTC', 'GMT', 'utc', '+00:00', '-00:00'],
  ['+05:30', '+0530'],
  ['-03:00', '-03'],
]

const place = () => `file:${join(mkdtempSync(join(tmpdir(), 'zones-')), 'shop.stats')}`

test('every name of a zone opens what another one made', async () => {
  for (const names of NAMES) {
    for (const made of names) {
      const store = await opened({ timeZone: made })
      store.record('shop.orders', 'day', 3)
      assert.equal(store.timeZone, names[0], made)
      const snapshot = store.snapshot()
      assert.equal(snapshotInfo(snapshot).timeZone, names[0])
      const lines = await store.export({ format: 'jsonl' })
      for (const timeZone of names) {
        const copy = await opened({ snapshot, timeZone })
        assert.deepEqual(copy.snapshot(), snapshot, `${made}, ${timeZone}`)
        const other = await opened({ timeZone })
        assert.equal((await other.import(lines, { format: 'jsonl' })).created, 1)
      }
      await rejects('zone_mismatch', opened({ snapshot, timeZone: 'Asia/Tokyo' }), /Asia\/Tokyo/)
    }
  }
})

test('a file is opened by every name of its zone, and keeps the primary one', async () => {
  for (const names of NAMES.slice(0, 4)) {
    const url = place()
    for (const timeZone of [...names, undefined, ...names]) {
      const store = await open(url, { timeZone })
      assert.equal(store.timeZone, names[0])
      await store.close()
    }
    await rejects('zone_mismatch', open(url, { timeZone: 'UTC' }), /newTimeZone/)
  }
})

test('what is stored says the zone where nobody names one', async () => {
  const berlin = await opened({ timeZone: 'Europe/Berlin' })
  berlin.record('shop.orders', 'day', 3)
  const snapshot = berlin.snapshot()
  for (const url of ['memory:', place()]) {
    const store = await open(url, { snapshot })
    assert.equal(store.timeZone, 'Europe/Berlin')
    assert.equal(store.size, 1)
    await store.close()
  }
})

test('a zone for new stores does not touch one that is there', async () => {
  const url = place()
  for (const newTimeZone of ['Asia/Calcutta', 'Asia/Tokyo', 'UTC']) {
    const store = await open(url, { newTimeZone })
    assert.equal(store.timeZone, 'Asia/Kolkata')
    const snapshot = store.snapshot()
    assert.equal((await open('memory:', { snapshot, newTimeZone })).timeZone, 'Asia/Kolkata')
    await store.close()
  }
  await rejects('unknown_zone', open(url, { newTimeZone: 'Mars/Olympus' }))
})

test('a snapshot is moved to another zone with its dates', async () => {
  const berlin = await opened({ timeZone: 'Europe/Berlin' })
  berlin.record('shop.orders', 'day', 3, { date: '2026-11-20' })
  for (const [timeZone, url] of [
    ['Asia/Tokyo', place()],
    ['+09:00', place()],
    ['UTC', 'memory:'],
  ]) {
    const moved = await open(url, { snapshot: berlin.snapshot(), timeZone, anyTimeZone: true })
    assert.equal(moved.timeZone, timeZone)
    assert.deepEqual(moved.statistics(), berlin.statistics())
    assert.equal(snapshotInfo(moved.snapshot()).timeZone, timeZone)
    await moved.close()
    if (url !== 'memory:') assert.equal((await open(url)).timeZone, timeZone)
  }
})

test('what is no snapshot says no zone', () => {
  refuses('corrupt', () => snapshotInfo(new Uint8Array(0)))
  refuses('corrupt', () => snapshotInfo(new TextEncoder().encode('PK and so on')))
  refuses('newer_version', () => snapshotInfo(new TextEncoder().encode('TKST?UTC')))
  refuses('invalid_value', () => snapshotInfo('TKST'))
})

test('both languages know the same names', () => {
  const lines = (path) => readFileSync(join(root, path), 'utf8')
  const rust = lines('core/src/time/links.txt').trim()
  assert.ok(lines('wasm/js/zones.ts').includes(`\\\n${rust}\n\``), 'copy links.txt into zones.ts')
})
