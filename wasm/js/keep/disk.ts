// A file in a file system, through `node:fs`; `core/src/journal/medium/disk.rs` does the same.

import type { Act } from './acts.js'
import type { Carrier, Generation } from './filed.js'
import { takeLock } from './lock.js'
import { type Asked, codeOf, said } from './medium.js'
import { type Node, answered, nodeOf, systemCode } from './node.js'

/** How often to read again what an owner writes meanwhile. */
const TRIES = 1000

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

class Disk implements Carrier {
  readonly #node: Node
  readonly #path: string
  /** Gives the lock back; none if the file is only read. */
  readonly #release: (() => void) | undefined
  #file: number | undefined
  #beside: number | undefined

  constructor(node: Node, path: string, release: (() => void) | undefined) {
    this.#node = node
    this.#path = path
    this.#release = release
  }

  async read(generationOf: Generation): Promise<Uint8Array | undefined> {
    const { fs } = this.#node
    const whole = (): Promise<Uint8Array> => answered((done) => fs.readFile(this.#path, done))
    try {
      if (this.#release !== undefined) {
        this.#file = await answered<number>((done) => fs.open(this.#path, 'r+', done))
        // What an owner left unfinished is of no use, and this is the only owner.
        this.#remove(`${this.#path}.new`)
        return await whole()
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

  async carryOut(act: Act): Promise<void> {
    const { fs } = this.#node
    switch (act.what) {
      case 'write':
        return this.#write(this.#file, act.bytes, act.at)
      case 'sync':
        await answered<void>((done) => fs.fdatasync(there(this.#file), done))
        return this.#checkThere()
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
        return this.#writeNow(this.#file, act.bytes, act.at)
      case 'sync':
        fs.fdatasyncSync(there(this.#file))
        return this.#checkThere()
      case 'writeBeside':
        this.#closeBeside()
        this.#beside = fs.openSync(`${this.#path}.new`, 'w+')
        this.#takeMode(this.#beside)
        return this.#writeNow(this.#beside, act.bytes, 0)
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

  #writeNow(file: number | undefined, bytes: Uint8Array, at: number): void {
    for (let from = 0; from < bytes.length;) {
      const left = bytes.length - from
      from += some(this.#node.fs.writeSync(there(file), bytes, from, left, at + from))
    }
  }

  /** A file that was removed holds nothing any more. */
  #checkThere(): void {
    if (this.#node.fs.fstatSync(there(this.#file)).nlink === 0) there(undefined)
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
