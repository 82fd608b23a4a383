// One owner of a file at a time: the lock file that Rust and Node respect; `core/src/journal/medium/lock.rs`
// says how it is taken, and why so.

import { type Node, systemCode } from './node.js'

/** How often to look again when others come and go meanwhile. */
const TRIES = 100
/** How many owners may have been killed while they took over the lock of a killed one. */
const DEPTH = 16

/** A lock that was had: gives it back when it is called. */
type Release = () => void

/** Takes the lock of a store; if somebody has it, their process, or NaN if that is not told. */
export function takeLock(node: Node, store: string): Release | number {
  return take(node, `${store}.lock`, DEPTH)
}

function take(node: Node, path: string, depth: number): Release | number {
  const { fs } = node
  for (let tries = 0; tries < TRIES && depth > 0; tries++) {
    const line = `node ${self(node)} ${random()}\n`
    const draft = `${path}.${node.process.pid}-${random()}`
    fs.writeFileSync(draft, line)
    try {
      if (linked(fs, draft, path)) return releasing(fs, path, line)
      const held = lineOf(fs, path)
      if (held === undefined) continue
      const [, pid, start, boot, number] = held.trim().split(/\s+/)
      if (isAlive(node, Number(pid), start, boot)) return Number(pid)
      if (!/^[0-9a-f]{16}$/i.test(number ?? '')) break
      const claim = take(node, `${path}.${number}`, depth - 1)
      if (typeof claim === 'number') return claim
      try {
        if (lineOf(fs, path) === held) {
          fs.renameSync(draft, path)
          return releasing(fs, path, line)
        }
      } finally {
        claim()
      }
    } finally {
      remove(fs, draft)
    }
  }
  return Number.NaN
}

function releasing(fs: Node['fs'], path: string, line: string): Release {
  return () => {
    // While the owner lives nobody takes it over, so that it does not change in between.
    if (lineOf(fs, path) === line) remove(fs, path)
  }
}

/** Gives a file a second name, unless that is taken. */
function linked(fs: Node['fs'], from: string, to: string): boolean {
  try {
    fs.linkSync(from, to)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

/** What a file says; nothing if it is not there. */
function lineOf(fs: Node['fs'], path: string): string | undefined {
  try {
    return fs.readFileSync(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function remove(fs: Node['fs'], path: string): void {
  try {
    fs.unlinkSync(path)
  } catch {
    // After a rename it is not there any more.
  }
}

/** This process, as the line of a lock names it. */
function self(node: Node): string {
  const { pid } = node.process
  return `${pid} ${runningSince(node, pid) ?? '-'} ${bootOf(node) ?? '-'}`
}

function isAlive(
  node: Node,
  pid: number,
  start: string | undefined,
  boot: string | undefined,
): boolean {
  // A lock that names no process is nobody's to take.
  if (!Number.isSafeInteger(pid)) return true
  if (node.process.platform === 'linux') {
    const own = bootOf(node)
    return (own === undefined || own === boot) && runningSince(node, pid) === start
  }
  try {
    return node.process.kill(pid, 0)
  } catch (error) {
    return systemCode(error) !== 'ESRCH'
  }
}

/** In ticks since the boot; nothing if the process is over, or on a system that does not tell. */
function runningSince({ fs }: Node, pid: number): string | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program comes second, in brackets, and may have spaces and brackets in it.
    const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return /[ZX]/.test(words[0]!) ? undefined : words[19]
  } catch {
    return undefined
  }
}

function bootOf({ fs }: Node): string | undefined {
  try {
    return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return undefined
  }
}

/** A number that nobody else has, in 16 hexadecimal digits. */
function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
