// What a path can lead to, and what can befall a file while it is open: nothing is written over what others
// wrote, the store can be read, and what was acknowledged is there.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

import { open } from 'trackstats'

import { opened, orders, placeFor, read } from '../durable/place.js'
import { rejects } from '../shop.js'

/** An owner with one commit. */
async function owning(path) {
  const store = await opened(path)
  store.increment('shop.orders')
  await store.flush()
  return store
}

/** Outgrows the snapshot, so that a new one is written. */
async function compacted(store) {
  const days = Int32Array.from({ length: 120_000 }, (_, at) => at)
  const values = Float64Array.from(days, (day) => day * 1_000_003)
  store.metric('shop.visits').at({ page: 'home' }).recordAll('day', values, days)
  await store.flush()
}

/** A commit is refused, and tried again, with nothing lost in memory. */
async function refused(store, code, part) {
  for (let time = 0; time < 2; time++) {
    const before = orders(store)
    store.increment('shop.orders')
    await rejects(code, store.flush(), part)
    assert.equal(orders(store), before + 1)
  }
}

test('a file that was renamed is not written at its new name, and written again when it is back', async (context) => {
  const path = placeFor(context)
  const store = await owning(path)
  const moved = `${path}.moved`
  renameSync(path, moved)
  const bytes = readFileSync(moved)
  await refused(store, 'io', /not there any more: it is at .*moved/)
  assert.deepEqual(readFileSync(moved), bytes)
  renameSync(moved, path)
  await store.flush()
  await store.close()
  assert.equal(await read(path, orders), 3)
})

for (const [what, befall, code, part, remains] of [
  ['removed', (path) => unlinkSync(path), 'io', /not there any more/],
  [
    'replaced',
    (path) => {
      writeFileSync(`${path}.other`, 'something else')
      renameSync(`${path}.other`, path)
    },
    'io',
    /not there any more/,
    'something else',
  ],
  [
    'overwritten',
    (path) => writeFileSync(path, 'something else'),
    'conflict',
    /somebody else has written/,
    'something else',
  ],
  ['emptied', (path) => writeFileSync(path, ''), 'conflict', /somebody else has written/, ''],
  ['restored by a move', (path) => renameSync(`${path}.backup`, path), 'io', /not there any more/],
  [
    'restored by a copy',
    (path) => copyFileSync(`${path}.backup`, path),
    'conflict',
    /somebody else has written/,
  ],
  ['without its lock', (path) => unlinkSync(`${path}.lock`), 'conflict', /lock .*was removed/],
  [
    'whose lock was taken',
    (path) => {
      writeFileSync(`${path}.other`, 'node 17 1 boot 1 1 elsewhere 0123456789abcdef\n0\n')
      renameSync(`${path}.other`, `${path}.lock`)
    },
    'in_use',
    /held by the process 17 \(JavaScript, on the host elsewhere\)/,
  ],
]) {
  test(`a file that is ${what} while it is open is written no more`, async (context) => {
    const path = placeFor(context)
    const store = await owning(path)
    copyFileSync(path, `${path}.backup`)
    store.increment('shop.orders')
    await store.flush()
    befall(path)
    const bytes = existsSync(path) ? readFileSync(path) : undefined
    await refused(store, code, part)
    await rejects(code, store.close(), part)
    assert.deepEqual(existsSync(path) ? readFileSync(path) : undefined, bytes)
    if (remains !== undefined) assert.equal(readFileSync(path, 'utf8'), remains)
  })
}

test('what another owner appended is not overwritten', async (context) => {
  const path = placeFor(context)
  const store = await owning(path)
  const other = `${path}.other`
  copyFileSync(path, other)
  const elsewhere = await opened(other)
  for (let count = 0; count < 5; count++) {
    elsewhere.increment('shop.orders')
    await elsewhere.flush()
  }
  await elsewhere.close()
  writeFileSync(path, readFileSync(other))
  await refused(store, 'conflict', /somebody else has written/)
  await store.close().catch(() => undefined)
  assert.equal(await read(path, orders), 6)
})

test('a folder that was renamed or removed is missed', async (context) => {
  const folder = join(dirname(placeFor(context)), 'data')
  mkdirSync(folder)
  const store = await owning(join(folder, 'shop.stats'))
  renameSync(folder, `${folder}.old`)
  await refused(store, 'io', /not there any more/)
  assert.equal(await read(join(`${folder}.old`, 'shop.stats'), orders), 1)
  rmSync(`${folder}.old`, { recursive: true })
  await refused(store, 'io', /not there any more/)
  await store.close().catch(() => undefined)
})

test('a link to what is not there yet makes it there', async (context) => {
  const path = placeFor(context)
  const folder = join(dirname(path), 'data')
  mkdirSync(join(folder, 'deep'), { recursive: true })
  const last = join(folder, 'deep', 'last.stats')
  symlinkSync('deep/last.stats', join(folder, 'second.stats'))
  symlinkSync(join(folder, 'second.stats'), path)
  const store = await owning(path)
  assert.deepEqual(readdirSync(join(folder, 'deep')), ['last.stats', 'last.stats.lock'])
  await compacted(store)
  await store.close()
  assert.ok(lstatSync(path).isSymbolicLink())
  assert.equal(await read(last, orders), 1)
})

test('links that lead nowhere are told', async (context) => {
  const path = placeFor(context)
  symlinkSync('shop.stats', path)
  await rejects('io', opened(path), /shop\.stats' cannot be used: .*(links|ELOOP)/)
  unlinkSync(path)
  symlinkSync('no folder/shop.stats', path)
  await rejects('io', opened(path), /no folder/)
  assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
})

test('what is no store is named, with its path, and stays', async (context) => {
  const snapshot = (await open('memory:')).snapshot()
  for (const [bytes, part] of [
    [Buffer.from('SQLite format 3\0\x10\0'), /SQLite/],
    [Buffer.from('date,value\n2026-11-23,3\n'), /a text/],
    [Buffer.from(snapshot), /a snapshot/],
    [Buffer.from('\x89PNG\r\n', 'latin1'), /an image/],
    [Buffer.alloc(5000), /zeros/],
  ]) {
    const path = placeFor(context)
    writeFileSync(path, bytes)
    for (const readOnly of [false, true]) {
      const error = await opened(path, { readOnly }).catch((thrown) => thrown)
      assert.equal(error.code, 'corrupt')
      assert.match(error.message, part)
      assert.ok(error.message.includes(path), error.message)
    }
    assert.deepEqual(readFileSync(path), bytes)
    assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
  }
})

test('a folder and a socket are named', async (context) => {
  const path = placeFor(context)
  mkdirSync(path)
  await rejects('io', opened(path), /shop\.stats' cannot be used: it is a folder/)
  await rejects(
    'io',
    opened(path, { readOnly: true }),
    /shop\.stats' cannot be used: it is a folder/,
  )
  assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
  if (process.platform !== 'win32') await rejects('io', opened('/dev/null'), /device/)
})

test('an empty file is a new store, with its mode', async (context) => {
  const path = placeFor(context)
  writeFileSync(path, '')
  chmodSync(path, 0o640)
  await rejects('io', opened(path, { readOnly: true }), /no store yet/)
  await (await owning(path)).close()
  assert.equal(await read(path, orders), 1)
  if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o640)
})

test('files of others beside a store are left alone', async (context) => {
  const path = placeFor(context)
  const first = await owning(path)
  await first.close()
  const store = readFileSync(path)
  for (const ending of ['.new', '.v1', '.tmp', '~']) writeFileSync(path + ending, store)
  const second = await opened(path)
  await compacted(second)
  await second.close()
  for (const ending of ['.new', '.v1', '.tmp', '~']) {
    assert.deepEqual(readFileSync(path + ending), store, ending)
  }
})

test('what is in the way of a snapshot stays, and is told', async (context) => {
  const path = placeFor(context)
  const way = `${path}.compacting`
  writeFileSync(way, 'notes')
  await rejects('io', opened(path), /shop\.stats\.compacting' is in the way/)
  unlinkSync(way)
  const store = await owning(path)
  writeFileSync(way, 'notes')
  await compacted(store)
  await store.close()
  assert.equal(readFileSync(way, 'utf8'), 'notes')
  // What an owner left unfinished is removed.
  for (const left of ['', 'trck', '\0'.repeat(4096)]) {
    writeFileSync(way, left)
    await (await opened(path)).close()
    assert.ok(!existsSync(way))
  }
  assert.equal(await read(path, orders), 1)
})

test(
  'a snapshot keeps the owner and the mode of the file',
  { skip: process.getuid?.() !== 0 && 'this needs root' },
  async (context) => {
    const path = placeFor(context)
    const store = await owning(path)
    chmodSync(path, 0o640)
    chownSync(path, 1000, 1001)
    const before = statSync(path)
    await compacted(store)
    const after = statSync(path)
    assert.notEqual(after.ino, before.ino)
    for (const what of ['uid', 'gid', 'mode']) assert.equal(after[what], before[what], what)
    await store.close()
  },
)

test(
  'a file that is mounted by itself is told',
  { skip: process.platform !== 'linux' },
  async (context) => {
    const path = placeFor(context)
    await (await owning(path)).close()
    const mounted = `${path}.mounted`
    writeFileSync(mounted, '')
    const script = `
    const { opened } = await import(${JSON.stringify(new URL('../durable/place.js', import.meta.url).href)})
    await opened(process.argv.at(-1)).catch((error) => console.log(error.code, error.message))`
    let said
    try {
      const shell = `mount --bind '${path}' '${mounted}' && exec node --input-type=module -e "$0" -- '${mounted}'`
      said = execFileSync('unshare', ['--mount', 'sh', '-c', shell, script], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    } catch {
      context.skip('mounts need unshare and the rights for it')
      return
    }
    assert.match(said, /^io .*mounted by itself/)
  },
)

test(
  'a folder that cannot be written is told, and can be read',
  { skip: process.platform !== 'linux' },
  async (context) => {
    const path = placeFor(context)
    await (await owning(path)).close()
    const script = `
    const { opened } = await import(${JSON.stringify(new URL('../durable/place.js', import.meta.url).href)})
    const path = process.argv.at(-1)
    await opened(path).catch((error) => console.log(error.code, error.message))
    console.log((await opened(path, { readOnly: true })).get('shop.orders', 'day'))`
    let said
    try {
      const folder = dirname(path)
      const shell = `mount --bind '${folder}' '${folder}' && mount -o remount,bind,ro '${folder}' && exec node --input-type=module -e "$0" -- '${path}'`
      said = execFileSync('unshare', ['--mount', 'sh', '-c', shell, script], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    } catch {
      context.skip('mounts need unshare and the rights for it')
      return
    }
    assert.match(said, /^io .*shop\.stats.*EROFS.*\n1\n$/)
  },
)
