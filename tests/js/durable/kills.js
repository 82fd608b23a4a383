// Kills a program that counts at random times, and looks whether what it had acknowledged is there.
// By itself, `kills.js [times]` prints what came of it.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { orders, read } from './place.js'

const script = fileURLToPath(new URL('counting.js', import.meta.url))

/** Starts the program; resolves when it has opened the store. */
export async function counting(path, ...args) {
  const child = spawn('node', [script, path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [text, said] = ['', '']
  child.stdout.on('data', (data) => (text += data))
  child.stderr.on('data', (data) => (said += data))
  const ended = new Promise((resolve) =>
    child.on('close', (code, signal) => resolve(signal ?? code)),
  )
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    ended.then(() => reject(new Error(`it ended: ${said}`)))
  })
  return {
    child,
    ended,
    /** The count that it acknowledged last. */
    acknowledged: () => Number(text.trimEnd().split('\n').at(-1).split(' ')[1]),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Kills it so many times on one store; gives how far it came. */
export async function killed(path, times) {
  let total = 0
  for (let time = 0; time < times; time++) {
    const program = await counting(path)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 150))
    await program.kill()
    const [count, lifetime] = await read(path, (store) => [
      orders(store) ?? 0,
      store.get('shop.orders', 'lifetime') ?? 0,
    ])
    // One commit may have been under way; a batch is there as a whole.
    const acknowledged = program.acknowledged()
    assert.ok(count === acknowledged || count === acknowledged + 1, `${count} ${acknowledged}`)
    assert.equal(count, lifetime)
    assert.ok(readFileSync(path).length > 0)
    total = count
  }
  return total
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const times = Number(process.argv[2] ?? 100)
  const folder = mkdtempSync(join(tmpdir(), 'trackstats-'))
  try {
    const commits = await killed(join(folder, 'shop.stats'), times)
    assert.ok(commits > times, `only ${commits} commits in ${times} kills`)
    console.log(`kills in Node: ${times}, ${commits} commits, all that were acknowledged are there`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
