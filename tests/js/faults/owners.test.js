// Who has a file, where the process of its owner cannot be seen: in containers, on other hosts, after a
// power cut.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { once } from 'node:events'
import fs from 'node:fs'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

import { counting } from '../durable/kills.js'
import { CONTAINER, noContainers } from '../durable/namespaces.js'
import { opened, orders, placeFor, read } from '../durable/place.js'
import { owner } from '../place.js'
import { rejects } from '../shop.js'

const isLinux = process.platform === 'linux'
const lockOf = (path) => readFileSync(`${path}.lock`, 'utf8')
const textOf = (program, ...args) =>
  execFileSync(program[0], [...program.slice(1), ...args], { encoding: 'utf8' })

/** The words of a lock that this process would have. */
async function words(path) {
  const store = await opened(path)
  const line = lockOf(path).split('\n')[0].split(' ')
  await store.close()
  return line
}

/** Puts the beat of a lock so far back as if it had stopped long ago. */
function silence(path) {
  const text = lockOf(path)
  writeSync(openSync(`${path}.lock`, 'r+'), '000000000000\n', text.indexOf('\n') + 1)
}

const MODULE = fileURLToPath(new URL('../durable/place.js', import.meta.url))

/** A program that opens a store, increments and flushes so often, and prints how often that was done. */
const INCREMENTS = `
  const { opened } = await import(${JSON.stringify(MODULE)})
  const [path, count] = process.argv.slice(-2)
  let done = 0
  try {
    const store = await opened(path)
    for (; done < Number(count); done++) {
      store.increment('shop.orders')
      await store.flush()
    }
    await store.close()
  } catch (error) {
    console.log(error.code)
  }
  console.log(done)`
const incrementing = ['node', '--input-type=module', '-e', INCREMENTS, '--']

function outputOf(program, ...args) {
  const child = spawn(program[0], [...program.slice(1), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (data) => (text += data))
  return new Promise((resolve) => child.on('close', () => resolve(text.trim().split('\n'))))
}

test('two containers never have one file together', { skip: noContainers }, async (context) => {
  const path = placeFor(context)
  const both = await Promise.all(
    [1, 2].map(() => outputOf([...CONTAINER, ...incrementing], path, '300')),
  )
  const done = both.map((lines) => Number(lines.at(-1)))
  for (const lines of both) assert.ok(lines.length === 1 || lines[0] === 'in_use', lines.join())
  assert.equal(await read(path, orders), done[0] + done[1])
  assert.ok(Math.max(...done) === 300)
})

test(
  'an owner in another container is respected by Node and Rust',
  { skip: noContainers },
  async (context) => {
    for (const holder of [
      [
        ...CONTAINER,
        'node',
        fileURLToPath(new URL('../durable/counting.js', import.meta.url)),
        'PATH',
        '5',
      ],
      [...CONTAINER, owner, 'PATH', 'hold'],
    ]) {
      const path = placeFor(context)
      const [program, ...args] = holder.map((word) => (word === 'PATH' ? path : word))
      // A group of its own, so that all of it can be ended.
      const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
      await new Promise((resolve) => child.stdout.once('data', resolve))
      await rejects(
        'in_use',
        opened(path),
        /by the process 1 \(.*cannot be seen.*10 seconds|by the process 1 \(/s,
      )
      assert.equal(textOf([owner], path, 'increment', '1').trim(), 'in_use')
      assert.equal(textOf(CONTAINER, owner, path, 'increment', '1').trim(), 'in_use')
      assert.deepEqual(await outputOf([...CONTAINER, ...incrementing], path, '1'), ['in_use', '0'])
      process.kill(-child.pid, 'SIGKILL')
      await new Promise((resolve) => child.on('close', resolve))
      // It is dead when its beat has stopped for long.
      await rejects('in_use', opened(path))
      silence(path)
      const store = await opened(path)
      await store.close()
      assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
    }
  },
)

test(
  'an owner in this namespace is respected from another one',
  { skip: noContainers },
  async (context) => {
    const path = placeFor(context)
    const store = await opened(path)
    assert.equal(textOf(CONTAINER, owner, path, 'increment', '1').trim(), 'in_use')
    assert.deepEqual(await outputOf([...CONTAINER, ...incrementing], path, '1'), ['in_use', '0'])
    store.increment('shop.orders')
    await store.close()
    assert.deepEqual(await outputOf([...CONTAINER, ...incrementing], path, '1'), ['1'])
  },
)

test('an owner whose process is hidden is respected', { skip: noContainers }, async (context) => {
  const path = placeFor(context)
  chmodSync(dirname(path), 0o777)
  const store = await opened(path)
  await store.flush()
  chmodSync(path, 0o666)
  const script = `mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid 65533 --clear-groups "$@"`
  const hidden = ['unshare', '--mount', 'sh', '-c', script, 'sh']
  let said
  try {
    said = textOf(hidden, owner, path, 'increment', '1').trim()
  } catch {
    context.skip('there is no hidepid or setpriv here, or nobody else may run the program')
    return
  } finally {
    store.increment('shop.orders')
    await store.close()
  }
  assert.equal(said, 'in_use')
})

test(
  'a lock of another boot is of another host, unless this one was started since',
  { skip: !isLinux },
  async (context) => {
    const path = placeFor(context)
    // The process lives and began then: the boot alone differs.
    const line = await words(path)
    line[3] = 'another-boot'
    const text = `${line.join(' ')}\n000000000000\n`
    const before = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))[1]) - 1
    for (const [host, written, isDead] of [
      [line[6], before, true],
      [line[6], before + 2, false],
      ['elsewhere', before, false],
    ]) {
      writeFileSync(`${path}.lock`, text.replace(` ${line[6]} `, ` ${host} `))
      utimesSync(`${path}.lock`, written, written)
      if (isDead) await (await opened(path)).close()
      else await rejects('in_use', opened(path), /cannot be seen from here/)
      assert.equal(existsSync(`${path}.lock`), !isDead)
    }
  },
)

test('the process, its start and its namespace count', { skip: !isLinux }, async (context) => {
  const path = placeFor(context)
  const own = await words(path)
  const uptime = () =>
    String(Math.round(100 * Number.parseFloat(readFileSync('/proc/uptime', 'utf8')))).padStart(
      12,
      '0',
    )
  for (const [change, beat, isDead] of [
    [{}, '000000000000', false],
    [{ 1: '4000000' }, uptime(), true],
    [{ 2: '12345' }, uptime(), true],
    [{ 4: '1' }, uptime(), false],
    [{ 4: '1' }, '000000000000', true],
    [{ 4: '1', 5: '1' }, '000000000000', false],
    [{ 3: '-' }, '000000000000', false],
    [{ 4: '-' }, uptime(), false],
    [{ 0: 'rust' }, uptime(), false],
    [{ 0: 'rust', 2: '12345' }, uptime(), true],
  ]) {
    const line = own.map((word, at) => change[at] ?? word).join(' ')
    writeFileSync(`${path}.lock`, `${line}\n${beat}\n`)
    const says = JSON.stringify([change, beat])
    if (isDead) await (await opened(path)).close()
    else await rejects('in_use', opened(path))
    assert.equal(existsSync(`${path}.lock`), !isDead, says)
  }
})

test('what a power cut leaves of a lock is taken over', async (context) => {
  const path = placeFor(context)
  const line = await words(path)
  const whole = `${line.join(' ')}\n`
  const torn = Array.from(whole, (_, length) => whole.slice(0, length))
  const zeroed = [1, 40, 512, 4096].map((length) => '\0'.repeat(length))
  for (const text of [...torn, ...zeroed, 'something else\n', 'node x y z\n', '\uFFFD']) {
    writeFileSync(`${path}.lock`, text)
    const store = await opened(path)
    assert.match(lockOf(path), /^node \d+ .* [0-9a-f]{16}\n\d{12}\n$/, JSON.stringify(text))
    await store.close()
    assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
  }
})

test('a lock that was taken over meanwhile is looked at again', async (context) => {
  const path = placeFor(context)
  const line = await words(path)
  const [dead, number] = [line.with(1, '4000000'), line.at(-1)]
  writeFileSync(`${path}.lock`, `${dead.join(' ')}\n000000000000\n`)
  // Another one is quicker: it has taken it over when this one has its claim.
  const quicker = `${line.with(-1, '00000000000000aa').join(' ')}\n000000000000\n`
  const { linkSync: link } = fs
  context.mock.method(fs, 'linkSync', (from, to) => {
    if (to === `${path}.lock.${number}`) writeFileSync(`${path}.lock`, quicker)
    return link(from, to)
  })
  await rejects('in_use', opened(path))
  assert.equal(lockOf(path), quicker)
})

test('a lock is given back by its owner only', async (context) => {
  const path = placeFor(context)
  const other = `node 17 1 another-boot 1 1 elsewhere 0123456789abcdef\n000000000000\n`
  const store = await opened(path)
  await store.flush()
  writeFileSync(`${path}.lock`, other)
  await store.close().catch(() => undefined)
  assert.equal(lockOf(path), other)
})

test('a lock is made where a file has one name only', async (context) => {
  const path = placeFor(context)
  const refuse = () => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })
  }
  context.mock.method(fs, 'linkSync', refuse)
  const store = await opened(path)
  assert.equal(textOf([owner], path, 'increment', '1').trim(), 'in_use')
  await store.close()
  assert.deepEqual(readdirSync(dirname(path)), ['shop.stats'])
})

test('a lock that is a folder or a link is told', async (context) => {
  const path = placeFor(context)
  mkdirSync(`${path}.lock`)
  await rejects('io', opened(path), /shop\.stats\.lock' is a folder or a link/)
  const second = placeFor(context)
  symlinkSync('nowhere', `${second}.lock`)
  await rejects('io', opened(second), /shop\.stats\.lock' is a folder or a link/)
})

test('whoever waits has the store once it is closed', async (context) => {
  const path = placeFor(context)
  const program = await counting(path, '20')
  const waiting = opened(path, { wait: 600_000 })
  await program.kill()
  const store = await waiting
  assert.ok((orders(store) ?? 0) >= program.acknowledged())
  await store.close()
  for (const wait of [-1, Number.NaN, '5', null]) {
    await rejects('invalid_value', opened(path, { wait }), /wait/)
  }
})

test(
  'an owner that cannot be seen is dead when its beat has stopped while somebody waits',
  { skip: !isLinux },
  async (context) => {
    const path = placeFor(context)
    const line = (await words(path)).with(4, '1').with(5, '1')
    const text = (beat) => `${line.join(' ')}\n${String(beat).padStart(12, '0')}\n`
    const { setTimeout: real, setImmediate: soon } = globalThis
    let [pauses, beats] = [0, 0]
    // It beats for a while, and then no more: time is counted in pauses.
    globalThis.setTimeout = (call, milliseconds, ...rest) => {
      if (milliseconds !== 50) return real(call, milliseconds, ...rest)
      pauses += 1
      if (pauses < 300 && pauses % 100 === 0) writeFileSync(`${path}.lock`, text(++beats))
      return soon(call)
    }
    context.after(() => (globalThis.setTimeout = real))
    writeFileSync(`${path}.lock`, text(0))
    await rejects('in_use', opened(path, { wait: 5000 }), /10 seconds/)
    assert.ok(pauses <= 100, `${pauses}`)
    pauses = 0
    const store = await opened(path, { wait: 60_000 })
    assert.ok(pauses >= 200 + 160 && pauses < 400, `${pauses} pauses`)
    await store.close()
  },
)

test('a hard link of an open file is in use', { skip: !isLinux }, async (context) => {
  const path = placeFor(context)
  const store = await opened(path)
  store.increment('shop.orders')
  await store.flush()
  const link = `${path}.link`
  linkSync(path, link)
  await rejects('in_use', opened(link), /hard links/)
  assert.equal(textOf([owner], link, 'increment', '1').trim(), 'in_use')
  assert.deepEqual(await outputOf(incrementing, link, '1'), ['in_use', '0'])
  await store.close()
  const holder = spawn(owner, [path, 'hold'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => holder.stdout.once('data', resolve))
  await rejects('in_use', opened(link), /hard links.*\d/)
  holder.kill('SIGKILL')
  await new Promise((resolve) => holder.on('close', resolve))
  const other = await opened(link)
  assert.equal(orders(other), 1)
  await other.close()
})

test('a thread that was ended leaves its file to others', { skip: !isLinux }, async (context) => {
  const path = placeFor(context)
  const program = `
    const { parentPort, workerData } = require('node:worker_threads')
    import(workerData.module).then(async ({ opened }) => {
      const store = await opened(workerData.path)
      store.increment('shop.orders')
      await store.flush()
      parentPort.postMessage('open')
    })
    setInterval(() => undefined, 1000)
  `
  const worker = new Worker(program, { eval: true, workerData: { path, module: MODULE } })
  await once(worker, 'message')
  // While it lives it has the file.
  await rejects('in_use', opened(path))
  await worker.terminate()
  const store = await opened(path)
  assert.equal(store.total('shop.orders', 'day').sum, 1)
  await rejects('in_use', opened(path, { timeZone: 'UTC' }))
  await store.close()
})
