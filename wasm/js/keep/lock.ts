// One owner of a file at a time: the lock file that Rust and Node respect; `core/src/journal/medium/lock.rs`
// says what it holds, how it is taken, and why so.

import type { Fault } from './medium.js'
import { type Name, nameOf } from './name.js'
import { type Node, systemCode } from './node.js'
import { type Liveness, PATIENCE, livenessOf, ownerIn, self, uptime } from './process.js'

/** How often to look again when others come and go meanwhile. */
const TRIES = 100
/** How many owners may have been killed while they took over the lock of a killed one. */
const DEPTH = 16
/** Milliseconds between two beats, and in which the name of a lock stands for the lock. */
const [BEAT, OFTEN] = [1000, 100]

/** Milliseconds between two tries of who waits; see `find.ts`. */
const PAUSE = 50

/** What whoever waits has seen of a lock that it cannot judge: its text, and how often that was the same. */
export interface Watch {
  text: string
  unchanged: number
}

/** What the lock of a thread ends with, which may be over before its process is. */
const THREAD = 'thread\n'

/** Who has a lock, for a message. */
export class Held {
  readonly text: string
  /** Whether nobody can tell from here whether it lives. */
  readonly isUnsure: boolean

  constructor(text: string, isUnsure = false) {
    this.text = text
    this.isUnsure = isUnsure
  }

  /** What can be done about it. */
  get advice(): string {
    const unsure = this.isUnsure
      ? '; that process cannot be seen from here, and whoever waits for 10 seconds takes the store over if it is dead'
      : ''
    return `close it there, wait for that with \`wait\`, or read beside it with \`readOnly\`${unsure}`
  }
}

/** A lock where it counts. */
interface Placed {
  readonly path: string
  readonly line: string
  readonly file: number
}

/** Takes the lock of a store, or says who has it. */
export function takeLock(node: Node, store: string, fault: Fault, watch: Watch): Lock | Held {
  const placed = take(node, `${store}.lock`, DEPTH, fault, watch)
  return placed instanceof Held ? placed : new Lock(node, placed, fault)
}

/** A lock that was had. */
export class Lock {
  readonly #node: Node
  readonly #placed: Placed
  readonly #fault: Fault
  readonly #name: Name | undefined
  readonly #timer: { unref(): void }
  #looked = performance.now()

  constructor(node: Node, placed: Placed, fault: Fault) {
    this.#node = node
    this.#placed = placed
    this.#fault = fault
    this.#name = nameOf(node, placed.file, placed.path)
    let count = 0
    this.#timer = node.timers.setInterval(() => {
      // What cannot be written is missed by others, who then take the owner for dead.
      try {
        write(node, placed.file, beat(node, ++count), placed.line.length)
      } catch {}
    }, BEAT)
    this.#timer.unref()
  }

  /** Looks whether it is still that of this owner, now in milliseconds. */
  check(now: number): void {
    // The name is a matter of this system: another host does as it likes.
    if (this.#name?.isKept() === true && now - this.#looked < OFTEN) return
    const { path, line } = this.#placed
    const text = textOf(this.#node, path) ?? ''
    if (text.startsWith(line)) {
      this.#looked = now
      return
    }
    const owner = ownerIn(lineOf(text))
    throw owner === undefined
      ? this.#fault(
          'conflict',
          `the lock '${path}' was removed, so that another owner may write the file: open the store anew`,
        )
      : this.#fault(
          'in_use',
          `the lock '${path}' is held by ${who(this.#node, lineOf(text))} now: open the store anew when that one has closed it`,
        )
  }

  release(): void {
    this.#node.timers.clearInterval(this.#timer)
    give(this.#node, this.#placed)
  }
}

function take(node: Node, path: string, depth: number, fault: Fault, watch?: Watch): Placed | Held {
  for (let tries = 0; tries < TRIES && depth > 0; tries++) {
    const text = textOf(node, path, fault)
    let placed: Placed | Held | undefined
    if (text === undefined) {
      placed = drafted(node, path, (draft, line) => linked(node, draft, path, line))
    } else {
      const held = lineOf(text)
      const liveness = livenessIn(node, path, text)
      if (liveness === 'alive' || (liveness === 'unsure' && !isSilent(watch, text))) {
        return new Held(who(node, held), liveness === 'unsure')
      }
      placed = takeOver(node, path, held, depth, fault)
    }
    if (placed !== undefined) return placed
  }
  return new Held('somebody else')
}

/** Puts a lock in the place of that of a dead owner; nothing if somebody else was first. */
function takeOver(
  node: Node,
  path: string,
  dead: string,
  depth: number,
  fault: Fault,
): Placed | Held | undefined {
  const number = /\s([0-9a-f]{16})\n$/i.exec(dead)?.[1] ?? '0'.repeat(16)
  const claim = take(node, `${path}.${number}`, depth - 1, fault)
  if (claim instanceof Held) return claim
  try {
    const now = textOf(node, path)
    if (now === undefined || lineOf(now) !== dead) return undefined
    return drafted(node, path, (draft) => {
      node.fs.renameSync(draft, path)
      return true
    })
  } finally {
    give(node, claim)
  }
}

/** Writes a lock beside where it counts, and has it put there; nothing if it is not there then. */
function drafted(
  node: Node,
  path: string,
  put: (draft: string, line: string) => boolean,
): Placed | undefined {
  const number = random()
  const line = `${self(node)} ${number}\n`
  const draft = `${path}.draft-${number}`
  try {
    writeNew(node, draft, line)
    return put(draft, line) ? placedAt(node, path, line) : undefined
  } finally {
    remove(node, draft)
  }
}

function livenessIn(node: Node, path: string, text: string): Liveness {
  const line = lineOf(text)
  const owner = ownerIn(line)
  // It was put there whole: one that names nobody is what a power cut left of it.
  if (owner === undefined) return 'dead'
  const beats = Number.parseInt(text.slice(line.length), 10)
  return livenessOf(
    node,
    owner,
    beats,
    writtenAt(node, path),
    () => !text.endsWith(THREAD) || isOpen(node, path),
  )
}

/** Whether this process has a file open; where that cannot be told, it has. */
function isOpen({ fs }: Node, path: string): boolean {
  try {
    const { dev, ino } = fs.statSync(path)
    const folder = '/proc/self/fd'
    return fs.readdirSync(folder).some((number) => {
      try {
        const open = fs.statSync(`${folder}/${number}`)
        return open.ino === ino && open.dev === dev
      } catch {
        // The folder itself was open while it was read.
        return false
      }
    })
  } catch {
    return true
  }
}

/** Whether the beat of a lock has stopped for so long that its owner is dead. */
function isSilent(watch: Watch | undefined, text: string): boolean {
  if (watch === undefined) return false
  watch.unchanged = watch.text === text ? watch.unchanged + 1 : 0
  watch.text = text
  return (watch.unchanged * PAUSE) / 10 >= PATIENCE
}

/** Who has a lock, for people. */
function who(node: Node, line: string): string {
  const { language, pid, host } = ownerIn(line)!
  const isOwn = line.startsWith(`${self(node)} `) ? ', this one' : ''
  const where = host === '-' ? '' : `, on the host ${host}`
  return `the process ${pid} (${language === 'node' ? 'JavaScript' : 'Rust'}${isOwn}${where})`
}

/** What a beat writes: what has passed since the boot or, where nobody tells, how many there were. */
function beat(node: Node, count: number): string {
  return `${String(uptime(node) || count).padStart(12, '0')}\n`
}

/** A new file with that line and a beat. */
function writeNew(node: Node, path: string, line: string): void {
  const { fs } = node
  const file = fs.openSync(path, 'wx')
  try {
    write(node, file, line + beat(node, 0) + (node.isThread ? THREAD : ''), 0)
    // Another host must not read less of it.
    fs.fdatasyncSync(file)
  } finally {
    fs.closeSync(file)
  }
}

function write({ fs }: Node, file: number, text: string, at: number): void {
  const bytes = new TextEncoder().encode(text)
  for (let from = 0; from < bytes.length;) {
    from += fs.writeSync(file, bytes, from, bytes.length - from, at + from)
  }
}

/** The lock that was just put there; nothing if it is another one. */
function placedAt(node: Node, path: string, line: string): Placed | undefined {
  try {
    // By the name that counts.
    const placed = { path, line, file: node.fs.openSync(path, 'r+') }
    if (isThere(node, placed)) return placed
    node.fs.closeSync(placed.file)
    return undefined
  } catch (error) {
    if (isThere(node, { path, line })) remove(node, path)
    throw error
  }
}

function isThere(node: Node, { path, line }: Pick<Placed, 'path' | 'line'>): boolean {
  return textOf(node, path)?.startsWith(line) === true
}

/** Gives a lock back, if it is still there. */
function give(node: Node, placed: Placed): void {
  // While the owner lives nobody takes it over, so that it does not change in between.
  if (isThere(node, placed)) remove(node, placed.path)
  node.fs.closeSync(placed.file)
}

/** Puts a draft where it counts, unless there is one. */
function linked(node: Node, draft: string, path: string, line: string): boolean {
  try {
    node.fs.linkSync(draft, path)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    // Where a file has no second name: for a moment it names nobody there, so that another one may take it
    // over. Each looks again, now and before each commit.
    try {
      writeNew(node, path, line)
      return true
    } catch (second) {
      if (systemCode(second) === 'EEXIST') return false
      throw error
    }
  }
}

/** What a lock says; nothing if it is not there. */
function textOf(node: Node, path: string, fault?: Fault): string | undefined {
  try {
    if (fault !== undefined && node.fs.lstatSync(path).isFile() === false) {
      throw fault(
        'io',
        `its lock '${path}' is a folder or a link, and not a file: move it elsewhere`,
      )
    }
    return node.fs.readFileSync(path, 'utf8')
  } catch (error) {
    if (fault === undefined || systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** In milliseconds since 1970; NaN if it is not there. */
function writtenAt({ fs }: Node, path: string): number {
  try {
    return fs.statSync(path).mtimeMs
  } catch {
    return Number.NaN
  }
}

/** The line that names the owner; nothing if it has no end. */
function lineOf(text: string): string {
  return text.slice(0, text.indexOf('\n') + 1)
}

function remove({ fs }: Node, path: string): void {
  try {
    fs.unlinkSync(path)
  } catch {
    // After a rename it is not there any more.
  }
}

/** A number that nobody else has, in 16 hexadecimal digits. */
function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
