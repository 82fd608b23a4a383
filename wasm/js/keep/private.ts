// A file in the origin private file system: to write, in a worker, through synchronous access handles.
//
// A file cannot be renamed while a handle is open, and so two files stand for the one and the one beside it:
// `<name>.a` and `<name>.b`. A new file is written to the other of them, whole, before the first is
// emptied. Where both hold something, an owner was killed in between: the whole one with the larger
// generation counts, and the other is emptied before anything else.

import type { Act } from './acts.js'
import type { Carrier, Generation } from './filed.js'
import type { Glance } from './reading.js'
import { type Loading, type Fault, codeOf, said } from './medium.js'

/** The part of a handle that is used; the types of the language have none for workers here. */
interface Handle {
  read(bytes: Uint8Array, options: { at: number }): number
  write(bytes: Uint8Array, options: { at: number }): number
  truncate(length: number): void
  getSize(): number
  flush(): void
  close(): void
}

interface File extends FileSystemFileHandle {
  createSyncAccessHandle?(): Promise<Handle>
}

/** How often to read again what an owner writes meanwhile. */
const TRIES = 100

/** The file of a name. Whoever is to write has it alone. */
export async function privateAt(name: string, { fault, readOnly }: Loading): Promise<Carrier> {
  const place = `the store '${name}'`
  const handles: Handle[] = []
  try {
    if (readOnly) return new Reader(place, await filesOf(name, false))
    for (const file of await filesOf(name, true)) {
      if (file.createSyncAccessHandle === undefined) {
        throw fault('io', 'a store in the private file system is written in a web worker')
      }
      handles.push(await file.createSyncAccessHandle())
    }
    return new Writer(place, handles)
  } catch (cause) {
    for (const handle of handles) handle.close()
    throw refusal(name, cause, fault)
  }
}

function refusal(name: string, cause: unknown, fault: Fault): unknown {
  const { name: kind, code } = cause as { readonly name?: unknown; readonly code?: unknown }
  if (code === 'io') return cause
  return kind === 'NoModificationAllowedError'
    ? fault('in_use', `the store '${name}' is in use`, cause)
    : fault(codeOf(cause), `the store '${name}' cannot be used: ${said(cause)}`, cause)
}

/** The two files, or none where there is no store and none is made. */
async function filesOf(name: string, create: boolean): Promise<File[]> {
  const folder = await navigator.storage.getDirectory()
  const files = ['a', 'b'].map((ending) =>
    folder.getFileHandle(`${encodeURIComponent(name)}.${ending}`, { create }),
  )
  try {
    return await Promise.all(files)
  } catch (error) {
    if ((error as Error).name === 'NotFoundError') return []
    throw error
  }
}

/** Whether the second of two files is the store. */
function isSecond(first: Uint8Array, second: Uint8Array, generationOf: Generation): boolean {
  if (first.length === 0 || second.length === 0) return first.length === 0
  return (generationOf(second) ?? 0) > (generationOf(first) ?? 0)
}

class Reader implements Carrier {
  readonly place: string
  readonly #files: readonly File[]

  constructor(place: string, files: readonly File[]) {
    this.place = place
    this.#files = files
  }

  async read(generationOf: Generation): Promise<Uint8Array | undefined> {
    if (this.#files.length === 0) return undefined
    for (let tries = 0; ; tries++) {
      try {
        const [first, second] = await Promise.all(
          this.#files.map(
            async (file) => new Uint8Array(await (await file.getFile()).arrayBuffer()),
          ),
        )
        const bytes = isSecond(first!, second!, generationOf) ? second! : first!
        if (bytes.length === 0) return undefined
        if (generationOf(bytes) !== undefined || tries > TRIES) return bytes
      } catch (error) {
        // It was written while it was read.
        if (tries > TRIES) throw error
      }
    }
  }

  async glance(): Promise<Glance | undefined> {
    const found = await Promise.all(this.#files.map((file) => file.getFile()))
    const file = found.map(({ lastModified, size }) => `${lastModified} ${size}`).join()
    // What was written is read as a whole.
    return { file, tail: '' }
  }

  carryOut(): never {
    throw new Error('the file is only read')
  }

  carryOutNow(): never {
    throw new Error('the file is only read')
  }

  leave(): void {
    // Nothing is open.
  }
}

class Writer implements Carrier {
  readonly place: string
  /** The file, and the one beside it. */
  readonly #files: [Handle, Handle]
  /** What was thrown when nobody knew any more which of the two counts. */
  #unsure: unknown

  constructor(place: string, [first, second]: readonly Handle[]) {
    this.place = place
    this.#files = [first!, second!]
  }

  async read(generationOf: Generation): Promise<Uint8Array | undefined> {
    const [first, second] = this.#files.map(bytesOf) as [Uint8Array, Uint8Array]
    const reversed = isSecond(first, second, generationOf)
    if (reversed) this.#files.reverse()
    const bytes = reversed ? second : first
    if (bytes.length === 0) return undefined
    // If neither is whole, that is damage, and what is there stays.
    if (generationOf(bytes) !== undefined) this.#empty()
    return bytes
  }

  carryOut(act: Act): void {
    this.carryOutNow(act)
  }

  carryOutNow(act: Act): void {
    if (this.#unsure !== undefined) throw this.#unsure
    const [file, beside] = this.#files
    switch (act.what) {
      case 'fence':
        // Nobody else has a handle.
        return
      case 'write':
        return write(file, act.bytes, act.at)
      case 'sync':
        return file.flush()
      case 'writeBeside':
        beside.truncate(0)
        return write(beside, act.bytes, 0)
      case 'syncBeside':
        return this.#syncBeside()
      case 'rename':
        this.#files.reverse()
        return
      case 'syncFolder':
        return this.#empty()
      case 'setLength':
        return file.truncate(act.length)
      case 'copyAside':
        // Nothing was ever kept here in an older format.
        throw new Error('a file of an older format')
    }
  }

  /** A file beside that may be whole must not stay when the first one is written on. */
  #syncBeside(): void {
    try {
      this.#files[1].flush()
    } catch (error) {
      try {
        this.#empty()
      } catch (unsure) {
        this.#unsure = unsure
      }
      throw error
    }
  }

  /** Empties the file beside. */
  #empty(): void {
    const [, beside] = this.#files
    if (beside.getSize() === 0) return
    beside.truncate(0)
    beside.flush()
  }

  leave(): void {
    for (const file of this.#files) file.close()
  }
}

function bytesOf(file: Handle): Uint8Array {
  const bytes = new Uint8Array(file.getSize())
  file.read(bytes, { at: 0 })
  return bytes
}

/** What Chromium answers where there is no room: an error as a number without a sign, and not a count of bytes. */
const NO_ROOM = 2 ** 32 - 8

function write(file: Handle, bytes: Uint8Array, at: number): void {
  for (let from = 0; from < bytes.length;) {
    const written = file.write(bytes.subarray(from), { at: at + from })
    if (written === 0 || written === NO_ROOM) {
      throw new DOMException('there is no room', 'QuotaExceededError')
    }
    if (!(written > 0 && written <= bytes.length - from)) {
      throw new DOMException(`a write answered ${written}`, 'UnknownError')
    }
    from += written
  }
}
