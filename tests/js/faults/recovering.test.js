// A damaged file is recovered, and read up to the damage.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'

import { open, recover } from 'trackstats'

import { opened, orders, placeFor, read } from '../durable/place.js'
import { refuses, rejects } from '../shop.js'

/** A file of nine commits, and what there was after each. */
async function filled(context) {
  const path = placeFor(context)
  const store = await opened(path, { timeZone: 'Europe/Amsterdam' })
  await store.flush()
  const states = []
  const ends = [commitsOf(path)]
  for (let day = 1; day <= 9; day++) {
    states.push(store.statistics())
    store.record('shop.orders', 'day', day, { date: `2026-11-0${day}` })
    await store.flush()
    ends.push(commitsOf(path))
  }
  states.push(store.statistics())
  await store.close()
  return { path, again: `${path}.again`, ends, states }
}

/** How far a file is written. */
function commitsOf(path) {
  const bytes = readFileSync(path)
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end--
  return Math.ceil(end / 8) * 8
}

/** Changes a byte of a file. */
function damage(path, at) {
  const bytes = readFileSync(path)
  bytes[at] ^= 1
  writeFileSync(path, bytes)
  return bytes
}

test('a damaged commit is left out, and the others are taken', async (context) => {
  const { path, again, ends } = await filled(context)
  const bytes = damage(path, ends[4] + 30)
  await rejects('corrupt', opened(path), /cannot be used: .*readDamaged.*recover/)
  const report = await recover(`file:${path}`, `file:${again}`)
  const [{ from, to }] = report.lost
  assert.ok(from >= ends[3] && to <= ends[5] + 8, `${from} ${to}`)
  assert.deepEqual(
    { ...report, lost: report.lost.length },
    {
      statistics: 8,
      commits: report.commits,
      refused: 0,
      lost: 1,
      snapshotDamaged: false,
      isWhole: false,
    },
  )
  assert.ok(readFileSync(path).equals(bytes), 'the damaged file stays as it is')
  assert.ok(!existsSync(`${path}.lock`) && !existsSync(`${again}.lock`))
  const store = await opened(again)
  assert.equal(store.timeZone, 'Europe/Amsterdam')
  assert.equal(store.size, 8)
  assert.equal(store.value('shop.orders', 'day', { date: '2026-11-05' }), undefined)
  assert.equal(store.value('shop.orders', 'day', { date: '2026-11-09' }), 9)
  await store.close()
})

test('a damaged file is read up to the damage when that is asked for', async (context) => {
  const { path, ends, states } = await filled(context)
  damage(path, ends[4] + 30)
  await rejects('corrupt', opened(path, { readOnly: true }))
  const store = await opened(path, { readDamaged: true })
  assert.deepEqual(store.statistics(), states[4])
  assert.equal(store.damage.code, 'corrupt')
  refuses('read_only', () => store.increment('shop.orders'))
  await store.refresh()
  assert.deepEqual(store.statistics(), states[4])
  await store.close()
})

test('what is whole is recovered and read as it is', async (context) => {
  const { path, again, states } = await filled(context)
  const report = await recover(`file:${path}`, `file:${again}`)
  assert.ok(report.isWhole)
  assert.deepEqual(report.lost, [])
  for (const [place, options] of [
    [again, {}],
    [path, { readDamaged: true }],
  ]) {
    const store = await opened(place, options)
    assert.deepEqual(store.statistics(), states[9])
    assert.equal(store.damage, undefined)
    await store.close()
  }
})

test('a damaged snapshot is taken as far as it can be read', async (context) => {
  const path = placeFor(context)
  const first = await open('memory:')
  first.register({ name: 'shop.visits', by: ['page'] })
  for (let page = 0; page < 50; page++) {
    first.record('shop.visits', 'day', page, { by: { page }, date: '2026-11-01' })
  }
  const made = await open(`file:${path}`, { snapshot: first.snapshot() })
  await made.flush()
  const end = commitsOf(path)
  made.dynamic.record('shop.visits', 'day', 99, { by: { page: 99 }, date: '2026-11-01' })
  await made.close()
  const bytes = readFileSync(path)
  bytes.fill(0xff, end - 120, end - 100)
  writeFileSync(path, bytes)
  const store = await open(`file:${path}`, { readDamaged: true })
  assert.ok(store.size > 10 && store.size < 50, `${store.size}`)
  await store.close()
  const report = await recover(`file:${path}`, `file:${path}2`)
  assert.ok(report.snapshotDamaged && !report.isWhole)
  assert.equal(report.commits + report.refused, 1)
})

test('any damaged byte gives a part of what there was, or an error with a code', async (context) => {
  const { path, states } = await filled(context)
  const whole = readFileSync(path)
  const known = new Set(states.map((state) => JSON.stringify(state)))
  for (let at = 0; at < commitsOf(path); at += 97) {
    writeFileSync(path, whole)
    damage(path, at)
    try {
      const store = await opened(path, { readDamaged: true })
      if (at >= 1200) assert.ok(known.has(JSON.stringify(store.statistics())), `byte ${at}`)
      await store.close()
    } catch (error) {
      assert.equal(error.name, 'TrackstatsError', error.stack)
    }
    const again = `${path}.${at}`
    try {
      const report = await recover(`file:${path}`, `file:${again}`)
      assert.equal(await read(again, (store) => store.size), report.statistics)
    } catch (error) {
      assert.equal(error.code, 'corrupt', error.stack)
    }
  }
})

test('what is in the way is told', async (context) => {
  const { path, again } = await filled(context)
  const file = `file:${path}`
  const owner = await opened(path)
  await rejects('in_use', recover(file, `file:${again}`))
  await owner.close()
  await (await opened(again)).close()
  await rejects('io', recover(file, `file:${again}`), /already/)
  await rejects('io', recover(`file:${path}.none`, `file:${path}.new2`), /no store/)
  writeFileSync(`${path}.other`, 'something else')
  await rejects('corrupt', recover(`file:${path}.other`, `file:${path}.new2`))
  assert.ok(!existsSync(`${path}.new2`))
  for (const address of ['memory:', 'idb:shop', undefined, 5]) {
    await rejects('invalid_value', recover(address, file), /recovered/)
    await rejects('invalid_value', recover(file, address), /recovered/)
  }
  await rejects('unknown_option', recover(file, `file:${path}2`, { signals: 5 }))
  await rejects('invalid_value', recover(file, `file:${path}2`, { signal: 5 }))
})

test('a recovery is stopped by its signal, and tells how far it is', async (context) => {
  const { path, again } = await filled(context)
  const files = [`file:${path}`, `file:${again}`]
  await rejects('aborted', recover(...files, { signal: AbortSignal.abort() }))
  const controller = new AbortController()
  const seen = []
  const onProgress = ({ done }) => {
    seen.push(done)
    if (seen.length === 3) controller.abort()
  }
  await rejects('aborted', recover(...files, { signal: controller.signal, onProgress }))
  assert.equal(seen.length, 3)
  assert.ok(!existsSync(again) && !existsSync(`${path}.lock`))
  assert.ok((await recover(...files)).isWhole)
})

test('a program that only recovers ends by itself', async (context) => {
  const { path, again } = await filled(context)
  const program = `import { recover } from 'trackstats'
    console.log((await recover('file:${path}', 'file:${again}')).statistics)`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    cwd: new URL('..', import.meta.url),
  })
  assert.equal(output, '9\n')
  assert.equal(await read(again, orders), undefined)
})
