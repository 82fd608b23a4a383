// A file in a file system, through `node:fs`; `core/src/journal/medium/disk.rs` does the same.

import type { Act, Fence } from './acts.js'
import { besideOf, clearBeside, openBeside } from './beside.js'
import type { Carrier, Generation } from './filed.js'
import { Held, type Lock, takeLock } from './lock.js'
import { type Asked, type Fault, type Loading, codeOf, isOurs, said } from './medium.js'
import { type Name, checkFile, checkMount, nameOf, resolved, writerOf } from './name.js'
import { FILE, type Glance, TAIL, textOf } from './reading.js'
import { type Node, answered, nodeOf, systemCode } from './node.js'

/** How often to read again what an owner writes meanwhile. */
const TRIES = 1000

/** The path of an address: of a path, or of the rest of a URL. */
export function pathOf(name: string, { fault }: Loading): string {
  const node = nodeOf(fault)
  try {
    return resolved(node, name.startsWith('//') ? node.fileURLToPath(`file:${name}`) : name)
  } catch (cause) {
    throw unusable(name, cause, fault)
  }
}

/** The file of a path. To write, its lock is taken. */
export function diskAt(path: string, asked: Loading & Partial<Asked>): Carrier {
  const { fault, readOnly, watch = { text: '', unchanged: 0 } } = asked
  const node = nodeOf(fault)
  try {
    checkFile(node, path)
    if (readOnly) return new Disk(node, path, fault, undefined)
    checkMount(node, path)
    const lock = takeLock(node, path, fault, watch)
    if (!(lock instanceof Held)) return new Disk(node, path, fault, lock)
    throw fault('in_use', `the store '${path}' is in use by ${lock.text}: ${lock.advice}`)
  } catch (cause) {
    throw unusable(path, cause, fault)
  }
}

function unusable(path: string, cause: unknown, fault: Fault): unknown {
  return isOurs(cause)
    ? cause
    : fault(codeOf(cause), `the file '${path}' cannot be used: ${said(cause)}`, cause)
}

/**
 * Milliseconds of a wait for the disk that is sooner over than another thread is woken to wait. It is what the
 * last one took: a disk that is slow, or becomes it, is waited for elsewhere.
 */
const SHORT = 0.3

/**
 * Bytes that are written to the file at once. Linux keeps what was written at once in one piece of memory,
 * and waits the longer for a small change in it, the larger it is: with room of a megabyte, a tenth longer.
 */
const PIECE = 4096

class Disk implements Carrier {
  readonly #node: Node
  readonly #path: string
  readonly #fault: Fault
  /** What tells milliseconds; Node looks for it anew whenever it is named. */
  readonly #clock: Performance = performance
  /** None if the file is only read. */
  readonly #lock: Lock | undefined
  #file: number | undefined
  #beside: number | undefined
  /** What the file is called, where the system tells of an open one. */
  #name: Name | undefined
  /** How long the last wait for the disk took. */
  #waited = Number.POSITIVE_INFINITY
  /** What a fence reads. */
  readonly #bytes = new Uint8Array(512)
  readonly #view = new DataView(this.#bytes.buffer)

  constructor(node: Node, path: string, fault: Fault, lock: Lock | undefined) {
    this.#node = node
    this.#path = path
    this.#fault = fault
    this.#lock = lock
  }

  get place(): string {
    return `the file '${this.#path}'`
  }

  get isQuick(): boolean {
    return this.#waited < SHORT
  }

  async read(generationOf: Generation): Promise<Uint8Array | undefined> {
    try {
      if (this.#lock !== undefined) {
        // What is in the way is told when there is something to write.
        try {
          clearBeside(this.#node, this.#path, this.#fault)
        } catch {}
        this.#own(this.#node.fs.openSync(this.#path, 'r+'))
        this.#checkAlone()
        return some(await this.#whole(there(this.#file)))
      }
      const whole = async (): Promise<Uint8Array> => {
        // Anew each time, since the owner may have put another file in its place.
        const file = this.#node.fs.openSync(this.#path, 'r')
        try {
          return await this.#whole(file)
        } finally {
          this.#node.fs.closeSync(file)
        }
      }
      // Again, as long as it makes no sense and an owner writes it.
      let bytes = await whole()
      for (let tries = 0; tries < TRIES && generationOf(bytes) === undefined; tries++) {
        const again = await whole()
        if (again.length === bytes.length && again.every((byte, at) => byte === bytes[at])) break
        bytes = again
      }
      return some(bytes)
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined
      throw error
    }
  }

  async glance(end: number): Promise<Glance | undefined> {
    let file: number
    try {
      // Anew each time, since the owner may have put another file in its place.
      file = await answered<number>((done) => this.#node.fs.open(this.#path, 'r', done))
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined
      throw error
    }
    try {
      const slots: Uint8Array[] = []
      for (const [from, to] of FILE) slots.push(await this.#piece(file, from, to - from))
      return { file: textOf(...slots), tail: textOf(await this.#piece(file, end, TAIL)) }
    } finally {
      this.#node.fs.closeSync(file)
    }
  }

  async tail(from: number): Promise<Uint8Array> {
    const { fs } = this.#node
    const file = fs.openSync(this.#path, 'r')
    try {
      return await this.#piece(file, from, Math.max(0, fs.fstatSync(file).size - from))
    } finally {
      fs.closeSync(file)
    }
  }

  /** The bytes of a part of a file, fewer where it ends. */
  async #piece(file: number, from: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    let done = 0
    while (done < length) {
      const read = await answered<number>((call) =>
        this.#node.fs.read(file, bytes, done, length - done, from + done, call),
      )
      if (read === 0) break
      done += read
    }
    return bytes.subarray(0, done)
  }

  /** All bytes of a file: as many as it has at first, or fewer if it becomes shorter meanwhile. */
  async #whole(file: number): Promise<Uint8Array> {
    const { fs } = this.#node
    const bytes = new Uint8Array(fs.fstatSync(file).size)
    let at = 0
    while (at < bytes.length) {
      const left = bytes.length - at
      const read = await answered<number>((done) => fs.read(file, bytes, at, left, at, done))
      if (read === 0) break
      at += read
    }
    return bytes.subarray(0, at)
  }

  async carryOut(act: Act): Promise<void> {
    const { fs } = this.#node
    switch (act.what) {
      case 'write':
        return this.#write(this.#file, act.bytes, act.at)
      case 'sync': {
        const started = this.#clock.now()
        await answered<void>((done) => fs.fdatasync(there(this.#file), done))
        return this.#synced(started)
      }
      case 'writeBeside':
        return this.#write(this.#openBeside(), act.bytes, 0)
      case 'syncBeside':
        return answered<void>((done) => fs.fsync(there(this.#beside), done))
      default:
        // These are short, and must not be under way when the program ends.
        return this.carryOutNow(act)
    }
  }

  async #write(file: number | undefined, bytes: Uint8Array, at: number): Promise<void> {
    const { fs } = this.#node
    for (let from = 0; from < bytes.length;) {
      const left = bytes.length - from
      const written = await answered<number>((done) =>
        fs.write(there(file), bytes, from, left, at + from, done),
      )
      from += counted(written)
    }
  }

  carryOutNow(act: Act): void {
    const { fs } = this.#node
    switch (act.what) {
      case 'fence':
        return this.#checkFence(act)
      case 'write':
        return this.#writeNow(this.#file, act.bytes, act.at, PIECE)
      case 'sync': {
        const started = this.#clock.now()
        fs.fdatasyncSync(there(this.#file))
        return this.#synced(started)
      }
      case 'writeBeside':
        return this.#writeNow(this.#openBeside(), act.bytes, 0, act.bytes.length)
      case 'syncBeside':
        return fs.fsyncSync(there(this.#beside))
      case 'rename':
        return this.#rename()
      case 'syncFolder':
        return this.#syncFolder()
      case 'setLength':
        return fs.ftruncateSync(there(this.#file), act.length)
      case 'copyAside':
        return this.#copy(`${this.#path}.v${act.version}`)
    }
  }

  #copy(path: string): void {
    const { fs } = this.#node
    fs.copyFileSync(this.#path, path)
    const copy = fs.openSync(path, 'r+')
    try {
      fs.fsyncSync(copy)
    } finally {
      fs.closeSync(copy)
    }
    this.#syncFolder()
  }

  #writeNow(file: number | undefined, bytes: Uint8Array, at: number, piece: number): void {
    for (let from = 0; from < bytes.length;) {
      const left = Math.min(bytes.length - from, piece)
      from += counted(this.#node.fs.writeSync(there(file), bytes, from, left, at + from))
    }
  }

  #own(file: number): void {
    this.#file = file
    this.#name = nameOf(this.#node, file, this.#path)
  }

  /** Another name may have led another owner to the file, past the lock. */
  #checkAlone(): void {
    const file = there(this.#file)
    if (this.#node.process.platform !== 'linux' || this.#node.fs.fstatSync(file).nlink < 2) return
    const writer = writerOf(this.#node, file)
    if (writer === undefined) return
    throw this.#fault(
      'in_use',
      `the file '${this.#path}' cannot be used: somebody else has it open by another of its names (hard links): the process ${writer}`,
    )
  }

  /** Whether the file still has its name. */
  #checkName(): void {
    if (this.#name?.isKept() === true) return
    const { fs } = this.#node
    const now = this.#name?.now
    if (this.#name === undefined) {
      const own = fs.fstatSync(there(this.#file))
      try {
        const { dev, ino } = fs.statSync(this.#path)
        if (dev === own.dev && ino === own.ino) return
      } catch {
        // What is wrong is told below.
      }
    }
    const isMoved = now !== undefined && !now.endsWith(' (deleted)')
    throw this.#fault(
      'io',
      `the file '${this.#path}' is not there any more${isMoved ? `: it is at '${now}' now` : ''}`,
    )
  }

  /** Looks whether the file is still that of this owner, who alone has written it. */
  #checkFence({ at, low, high, end }: Fence): void {
    this.#checkName()
    this.#lock?.check(this.#clock.now())
    const view = this.#view
    // Mostly the last commit is small, and both places are read at once.
    const isNear = end - at <= this.#bytes.length - 8
    this.#read(at, isNear ? end + 8 - at : 8)
    const isLeft = view.getUint32(0, true) === low && view.getUint32(4, true) === high
    const next = isNear ? end - at : 0
    if (!isNear && end === end) this.#read(end, 8)
    const isFree =
      end !== end || (view.getUint32(next, true) === 0 && view.getUint32(next + 4, true) === 0)
    if (isLeft && isFree) return
    throw this.#fault(
      'conflict',
      'somebody else has written the file: nothing is written over that, open the store anew',
    )
  }

  /** Behind the end of the file there are zeros. */
  #read(at: number, length: number): void {
    const bytes = this.#bytes
    const read = this.#node.fs.readSync(there(this.#file), bytes, 0, length, at)
    if (read < length) bytes.fill(0, read, length)
  }

  /** After a wait for the disk that began at that moment: what has lost its name meanwhile, nobody will find. */
  #synced(started: number): void {
    this.#waited = this.#clock.now() - started
    this.#checkName()
  }

  /** A new file beside, with what the first one has beside its content. */
  #openBeside(): number {
    this.#closeBeside()
    this.#beside = openBeside(this.#node, this.#path, this.#file, this.#fault)
    return this.#beside
  }

  #rename(): void {
    const { fs } = this.#node
    const beside = there(this.#beside)
    if (this.#file !== undefined) this.#checkName()
    else if (isThere(this.#node, this.#path)) throw new Error('another file has its name now')
    fs.renameSync(besideOf(this.#path), this.#path)
    if (this.#file !== undefined) fs.closeSync(this.#file)
    this.#own(beside)
    this.#beside = undefined
  }

  #syncFolder(): void {
    const { fs, path, process } = this.#node
    // Where folders cannot be opened, their entries are written with the file.
    if (process.platform === 'win32') return
    const folder = fs.openSync(path.dirname(this.#path), 'r')
    try {
      fs.fsyncSync(folder)
    } finally {
      fs.closeSync(folder)
    }
  }

  #closeBeside(): void {
    if (this.#beside !== undefined) this.#node.fs.closeSync(this.#beside)
    this.#beside = undefined
  }

  leave(): void {
    this.#closeBeside()
    if (this.#file !== undefined) this.#node.fs.closeSync(this.#file)
    this.#file = undefined
    this.#lock?.release()
  }
}

/** A file that is open. */
function there(file: number | undefined): number {
  if (file !== undefined) return file
  throw new Error('the file is not there any more')
}

function isThere({ fs }: Node, path: string): boolean {
  try {
    return fs.lstatSync(path).isFile()
  } catch {
    return false
  }
}

/** An empty file is a store that has not been written yet. */
function some(bytes: Uint8Array): Uint8Array | undefined {
  return bytes.length > 0 ? bytes : undefined
}

/** A write that writes nothing would be tried for ever. */
function counted(written: number): number {
  if (written > 0) return written
  throw new Error('nothing was written')
}
