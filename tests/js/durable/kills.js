// Kills a program that counts at random times, and looks whether what it had acknowledged is there.
// By itself, `kills.js [times] [seed]` prints what came of it. The seed says when the program is killed, and
// whether the store is opened next by Node or by Rust; what the program was doing then, it cannot say.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { seeded } from '../odd/random.js'
import { owner } from '../place.js'
import { opened, orders, pause, read } from './place.js'

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

/** Opens the store in Rust, which repairs what a kill left, and closes it. */
function openedInRust(path) {
  assert.equal(execFileSync(owner, [path, 'close'], { encoding: 'utf8' }), '\n')
}

/** Kills it so many times on one store; gives how far it came, and how often Rust was the next to open it. */
export async function killed(path, times, seed) {
  const random = seeded(seed)
  let [total, inRust] = [0, 0]
  for (let time = 0; time < times; time++) {
    const program = await counting(path)
    await pause(random() * 150)
    await program.kill()
    const which = random()
    if (which < 1 / 3) {
      openedInRust(path)
      inRust += 1
    } else if (which < 2 / 3) {
      await (await opened(path)).close()
    }
    const [count, lifetime] = await read(path, (store) => [
      orders(store) ?? 0,
      store.value('shop.orders', 'lifetime') ?? 0,
    ])
    // One commit may have been under way; a batch is there as a whole.
    const acknowledged = program.acknowledged()
    assert.ok(count === acknowledged || count === acknowledged + 1, `${count} ${acknowledged}`)
    assert.equal(count, lifetime)
    assert.ok(readFileSync(path).length > 0)
    total = count
  }
  return { commits: total, inRust }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [times = 100, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
  const folder = mkdtempSync(join(tmpdir(), 'trackstats-'))
  try {
    const { commits, inRust } = await killed(join(folder, 'shop.stats'), times, seed)
    assert.ok(commits > times, `only ${commits} commits in ${times} kills`)
    console.log(
      `kills in Node, seed ${seed}: ${times}, ${inRust} of them opened by Rust, ` +
        `${commits} commits, missing 0`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
