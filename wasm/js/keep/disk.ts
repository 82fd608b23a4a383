// A file in a file system, through `node:fs`; `core/src/journal/medium/disk.rs` does the same.

import type { Act } from './acts.js'
import type { Carrier, Generation } from './filed.js'
import { takeLock } from './lock.js'
import { type Asked, codeOf, said } from './medium.js'
import { FILE, type Glance, TAIL, textOf } from './reading.js'
import { type Node, answered, nodeOf, systemCode } from './node.js'

/** How often to read again what an owner writes meanwhile. */
const TRIES = 1000

/** Milliseconds in which the name of a file that is there stands for the file. */
const OFTEN = 100

/**
 * Waits for the disk, each within `PAUSE` milliseconds of the one before, after which the name is asked for
 * once in as many milliseconds: asking after each makes a long run of commits a twentieth slower.
 */
const [RUN, PAUSE] = [100, 1]

/** The file of an address: a path, or the rest of a URL. To write, its lock is taken. */
export function diskAt(name: string, { fault, readOnly }: Asked): Carrier {
  const node = nodeOf(fault)
  let path = name
  try {
    path = resolved(node, name.startsWith('//') ? node.fileURLToPath(`file:${name}`) : name)
    if (readOnly) return new Disk(node, path, undefined)
    const lock = takeLock(node, path)
    if (typeof lock === 'function') return new Disk(node, path, lock)
    const process = Number.isNaN(lock) ? '' : ` by the process ${lock}`
    throw fault('in_use', `the store '${path}' is in use${process}`)
  } catch (cause) {
    if (systemCode(cause) === 'in_use') throw cause
    throw fault(codeOf(cause), `the file '${path}' cannot be used: ${said(cause)}`, cause)
  }
}

/** The path with symbolic links followed, so that a store has one name. */
function resolved({ fs, path }: Node, name: string): string {
  try {
    return fs.realpathSync(name)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
    return path.join(fs.realpathSync(path.dirname(name)), path.basename(name))
  }
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
  /** What tells milliseconds; Node looks for it anew whenever it is named. */
  readonly #clock: Performance = performance
  /** Gives the lock back; none if the file is only read. */
  readonly #release: (() => void) | undefined
  #file: number | undefined
  #beside: number | undefined
  /** When the file was last looked at closely, and when its name was last asked for. */
  #looked = Number.NEGATIVE_INFINITY
  #asked = Number.NEGATIVE_INFINITY
  /** When the last wait for the disk ended, and how many there were without a pause. */
  #ended = Number.NEGATIVE_INFINITY
  #run = 0
  /** How long the last wait for the disk took. */
  #waited = Number.POSITIVE_INFINITY

  constructor(node: Node, path: string, release: (() => void) | undefined) {
    this.#node = node
    this.#path = path
    this.#release = release
  }

  get isQuick(): boolean {
    return this.#waited < SHORT
  }

  async read(generationOf: Generation): Promise<Uint8Array | undefined> {
    try {
      if (this.#release !== undefined) {
        this.#file = this.#node.fs.openSync(this.#path, 'r+')
        // What an owner left unfinished is of no use, and this is the only owner.
        this.#remove(`${this.#path}.new`)
        return await this.#whole(this.#file)
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
      return bytes
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
      case 'writeBeside': {
        this.#closeBeside()
        this.#beside = await answered<number>((done) => fs.open(`${this.#path}.new`, 'w+', done))
        this.#takeMode(this.#beside)
        return this.#write(this.#beside, act.bytes, 0)
      }
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
      from += some(written)
    }
  }

  carryOutNow(act: Act): void {
    const { fs } = this.#node
    switch (act.what) {
      case 'write':
        return this.#writeNow(this.#file, act.bytes, act.at, PIECE)
      case 'sync': {
        const started = this.#clock.now()
        fs.fdatasyncSync(there(this.#file))
        return this.#synced(started)
      }
      case 'writeBeside':
        this.#closeBeside()
        this.#beside = fs.openSync(`${this.#path}.new`, 'w+')
        this.#takeMode(this.#beside)
        return this.#writeNow(this.#beside, act.bytes, 0, act.bytes.length)
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
      from += some(this.#node.fs.writeSync(there(file), bytes, from, left, at + from))
    }
  }

  /** A file that was removed holds nothing any more. */
  #checkThere(): void {
    if (this.#node.fs.fstatSync(there(this.#file)).nlink === 0) there(undefined)
  }

  /**
   * After a wait for the disk that began at that moment, looks whether the file is there. Whoever is told the
   * times of a file has its next change written with a time of its own, for which Linux waits half as long
   * again: mostly it is asked for the name alone.
   */
  #synced(started: number): void {
    const now = this.#clock.now()
    this.#waited = now - started
    this.#run = started - this.#ended < PAUSE ? this.#run + 1 : 0
    this.#ended = now
    if (this.#run > RUN && now - this.#asked < PAUSE) return
    this.#asked = now
    if (now - this.#looked < OFTEN) {
      try {
        return this.#node.fs.accessSync(this.#path)
      } catch {
        // What is wrong is told by the file.
      }
    }
    this.#checkThere()
    this.#looked = now
  }

  #takeMode(beside: number): void {
    const { fs } = this.#node
    if (this.#file !== undefined) fs.fchmodSync(beside, fs.fstatSync(this.#file).mode)
  }

  #rename(): void {
    const { fs } = this.#node
    const beside = there(this.#beside)
    if (this.#file !== undefined) this.#checkThere()
    fs.renameSync(`${this.#path}.new`, this.#path)
    if (this.#file !== undefined) fs.closeSync(this.#file)
    this.#file = beside
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

  #remove(path: string): void {
    try {
      this.#node.fs.unlinkSync(path)
    } catch {
      // Mostly there is none.
    }
  }

  leave(): void {
    this.#closeBeside()
    if (this.#file !== undefined) this.#node.fs.closeSync(this.#file)
    this.#file = undefined
    this.#release?.()
  }
}

/** A file that is open. */
function there(file: number | undefined): number {
  if (file !== undefined) return file
  throw new Error('the file is not there any more')
}

/** A write that writes nothing would be tried for ever. */
function some(written: number): number {
  if (written > 0) return written
  throw new Error('nothing was written')
}
