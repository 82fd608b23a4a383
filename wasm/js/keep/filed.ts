// A store in a file: the plans of the journal, carried out act by act.

import type { Context } from '../context.js'
import type { JournalModule } from '../module.js'
import { type Act, Acts } from './acts.js'
import { type Loading, type Medium, type Queue, codeOf, isOurs, said } from './medium.js'
import { FILE, type Glance, type Parts, partsOf, pieces, textOf } from './reading.js'

/** Which of all files of a store this one is, by the number of its snapshot, if it is whole. */
export type Generation = (bytes: Uint8Array) => number | undefined

/** A file, wherever it is. The acts are described at the `Medium` of Rust. */
export interface Carrier {
  /** What it is called. */
  readonly place: string
  /** All bytes; none if there is no file. Whoever is to write has it from now on. */
  read(generationOf: Generation): Promise<Uint8Array | undefined>
  /** What tells whether the file was written since, for one that is only read; nothing if it is not there. */
  glance?(end: number): Promise<Glance | undefined>
  /** The bytes from a place on. */
  tail?(from: number): Promise<Uint8Array>
  /** Does one thing, off the way of the program where that is possible. */
  carryOut(act: Act): Promise<void> | void
  /** Does one thing before it returns. */
  carryOutNow(act: Act): void
  /** Whether a wait for the disk is sooner over than it takes to do something else meanwhile. */
  readonly isQuick?: boolean
  /** Gives everything back. */
  leave(): void
}

/** Milliseconds after which a reader looks whether the owner has written. */
const LOOK = 100

/** After so many glances at a commit that is not whole, all is read again. */
const PATIENCE = 50

/** Bytes of changes that are quickly written. */
const SMALL = 1 << 16

/** What failed, for a message. */
const FAILED: Readonly<Record<Act['what'], string>> = {
  fence: 'looking at the file',
  write: 'writing',
  sync: 'waiting for the disk',
  writeBeside: 'writing a new file',
  syncBeside: 'waiting for the disk',
  rename: 'putting the new file in place',
  syncFolder: 'waiting for the disk',
  setLength: 'setting the length',
  copyAside: 'copying the old file',
}

/** A plan that is being carried out. */
interface Running {
  readonly acts: readonly Act[]
  done: number
  /** How many of the changes that wait are durable when all of it is done. */
  readonly settles: number
}

type Journal = ReturnType<JournalModule['Journal']['open']>

/** The file of a store. */
export class Filed implements Medium {
  readonly #carrier: Carrier
  readonly #asked: Loading
  readonly #module: JournalModule
  readonly #acts: Acts
  #journal: Journal | undefined
  /** What was read, until the store has it. */
  #bytes: Uint8Array | undefined
  #running: Running | undefined
  #isLeft = false
  /** What a reader found, and what it saw last. */
  #parts: Parts | undefined
  #seen: Glance | undefined
  #impatience = 0
  #timer: ReturnType<typeof setInterval> | undefined
  onOthers: () => void = () => undefined
  onFailure: (error: unknown) => void = () => undefined

  private constructor(carrier: Carrier, asked: Loading, module: JournalModule) {
    this.#carrier = carrier
    this.#asked = asked
    this.#module = module
    this.#acts = new Acts(module.memory)
  }

  /** Reads the file, and refuses it if it is damaged. */
  static async find(carrier: Carrier | Promise<Carrier>, asked: Loading): Promise<Filed> {
    const loaded = asked.loadJournal()
    // Whether it was loaded is looked at when there is a file.
    loaded.catch(() => undefined)
    const held = await carrier
    try {
      const filed = new Filed(held, asked, await loaded)
      await filed.#read()
      return filed
    } catch (thrown) {
      held.leave()
      throw thrown
    }
  }

  async #read(): Promise<void> {
    let bytes: Uint8Array | undefined
    try {
      bytes = await this.#carrier.read((one) => this.#generationOf(one))
    } catch (cause) {
      throw isOurs(cause)
        ? cause
        : this.#asked.fault(
            codeOf(cause),
            `${this.#carrier.place} cannot be used: ${said(cause)}`,
            cause,
          )
    }
    if (bytes === undefined) {
      if (!this.#asked.readOnly) return
      throw this.#asked.fault(
        'io',
        `${this.#carrier.place} is no store yet, and reading only makes none`,
      )
    }
    this.#take(bytes)
  }

  #generationOf(bytes: Uint8Array): number | undefined {
    try {
      const journal = this.#module.Journal.open(bytes)
      const generation = journal.generation()
      journal.free()
      return generation
    } catch {
      return undefined
    }
  }

  #take(bytes: Uint8Array): void {
    const parts = partsOf(bytes, this.#module, this.#asked, this.#carrier.place)
    this.#journal?.free()
    this.#parts = parts
    this.#journal = parts.journal
    this.#bytes = bytes
    const file = textOf(...FILE.map(([from, to]) => bytes.subarray(from, to)))
    this.#seen = { file, tail: '' }
  }

  get damage(): Error | undefined {
    return this.#parts?.damage
  }

  get snapshot(): Uint8Array | undefined {
    return this.#bytes === undefined ? undefined : pieces(this.#bytes, this.#parts!.places)[0]
  }

  async begin(context: Context): Promise<void> {
    const bytes = this.#bytes
    if (bytes === undefined) {
      const id = crypto.getRandomValues(new Uint8Array(16))
      this.#journal = this.#module.Journal.create(id, context.engine.snapshot())
      await this.#run(this.#journal)
      return
    }
    this.#bytes = undefined
    for (const changes of pieces(bytes, this.#parts!.places, 2)) {
      context.engine.applyChanges(changes)
    }
    if (!this.#asked.readOnly) {
      // Nothing is written before all of it was understood.
      await this.#run(this.#journal!)
      return
    }
    this.#timer = setInterval(() => this.onOthers(), LOOK)
    ;(this.#timer as { unref?: () => void }).unref?.()
  }

  /** Reads what the owner has committed since. */
  async #follow(context: Context): Promise<void> {
    if (this.damage !== undefined) return
    const journal = this.#journal
    const carrier = this.#carrier
    const seen = await this.#looked(() => carrier.glance?.(journal?.end() ?? 0))
    if (this.#isLeft) return
    if (seen === undefined) throw this.#asked.fault('io', 'the file is not there any more')
    const { file, tail } = this.#seen!
    const isSame = seen.file === file
    if (isSame && (seen.tail === tail || isNothing(seen.tail))) return
    if (isSame && journal !== undefined && carrier.tail !== undefined) {
      const bytes = await this.#looked(() => carrier.tail?.(journal.end()))
      if (this.#isLeft) return
      const places = journal.follow(bytes ?? new Uint8Array(0))
      if (places.length > 0) {
        this.#impatience = 0
        return this.#rebase(context, undefined, pieces(bytes!, places))
      }
      // It is being written, or was cut short by a crash.
      if (++this.#impatience % PATIENCE !== 0) return
    }
    await this.#read()
    if (this.#isLeft) return
    const [snapshot, ...commits] = pieces(this.#bytes!, this.#parts!.places)
    this.#bytes = undefined
    this.#rebase(context, snapshot, commits)
    if (carrier.tail === undefined) this.#seen = seen
  }

  async #looked<T>(read: () => Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await read()
    } catch (cause) {
      throw this.#failure('reading the file', cause)
    }
  }

  #rebase(context: Context, snapshot: Uint8Array | undefined, commits: Uint8Array[]): void {
    let refused
    try {
      ;[refused] = context.engine.rebase(snapshot, commits, [])
    } catch (thrown) {
      // The next time all is read again.
      this.#seen = { file: '', tail: '' }
      throw thrown
    }
    context.restart()
    context.relearn()
    if (refused !== undefined) {
      throw this.#asked.fault(refused.code as 'corrupt', refused.text)
    }
  }

  get refusal(): Error | undefined {
    if (this.#journal?.isRefused() !== true) return undefined
    return this.#asked.fault(
      'io',
      'a wait for the disk failed, so that nothing is written until the store is opened anew',
    )
  }

  async commit(queue: Queue): Promise<void> {
    if (this.#asked.readOnly) return this.#follow(queue.context)
    const journal = this.#journal!
    for (let changes; (changes = queue.changes[0]) !== undefined;) {
      if (!this.#module.Journal.fits(changes.length)) {
        await this.#compact(journal, queue)
        continue
      }
      journal.commit(changes)
      await this.#run(journal, 1)
      queue.settle(1)
    }
    // What was to be kept is kept: if this fails it is tried again when the file has grown.
    if (journal.isLong()) await this.#compact(journal, queue).catch(this.onFailure)
  }

  commitNow(queue: Queue): boolean {
    const journal = this.#journal!
    const { changes } = queue
    if (this.#carrier.isQuick !== true) return false
    for (let one; (one = changes[0]) !== undefined;) {
      // A commit after which everything is written anew is not quick.
      if (one.length > SMALL || journal.isLongAfter(one.length)) return false
      journal.commit(one)
      this.#runNow(journal)
      queue.settle(1)
    }
    return true
  }

  /** Writes everything anew, with what was recorded until now. */
  async #compact(journal: Journal, queue: Queue): Promise<void> {
    queue.take()
    const { length } = queue.changes
    journal.compact(queue.context.engine.snapshot())
    await this.#run(journal, length)
    queue.settle(length)
  }

  finish(queue: Queue): void {
    const journal = this.#journal!
    const running = this.#running
    if (this.#isLeft || this.#asked.readOnly || journal.isRefused()) return
    if (running !== undefined) {
      const { acts, done, settles } = running
      // A second file that is being written cannot be written again beside that.
      if (acts[done]?.what.endsWith('Beside')) {
        journal.settle(done)
      } else {
        this.#runNow(journal, acts, done)
        queue.settle(settles)
      }
    }
    queue.take()
    const { changes } = queue
    if (changes.every(({ length }) => this.#module.Journal.fits(length))) {
      for (const one of changes) {
        journal.commit(one)
        this.#runNow(journal)
      }
    } else {
      journal.compact(queue.context.engine.snapshot())
      this.#runNow(journal)
    }
    // A wait that was cut off may have had an error to tell: who opens the file looks closely then.
    if (running === undefined) {
      journal.close()
      this.#runNow(journal)
    }
  }

  async end(): Promise<void> {
    const journal = this.#journal
    if (this.#asked.readOnly || journal === undefined || journal.isRefused()) return
    journal.close()
    await this.#run(journal)
  }

  leave(): void {
    if (this.#isLeft) return
    this.#isLeft = true
    clearInterval(this.#timer)
    this.#carrier.leave()
    this.#journal?.free()
    this.#journal = undefined
  }

  async #run(journal: Journal, settles = 0): Promise<void> {
    const running: Running = { acts: this.#planned(journal, true), done: 0, settles }
    this.#running = running
    let act: Act | undefined
    try {
      while ((act = running.acts[running.done]) !== undefined) {
        await this.#carrier.carryOut(act)
        running.done++
      }
    } catch (cause) {
      throw this.#failure(FAILED[act!.what], cause)
    } finally {
      this.#running = undefined
      journal.settle(running.done)
    }
  }

  #runNow(journal: Journal, acts: readonly Act[] = this.#planned(journal, false), done = 0): void {
    let at = done
    try {
      for (; at < acts.length; at++) this.#carrier.carryOutNow(acts[at]!)
    } catch (cause) {
      throw this.#failure(FAILED[acts[at]!.what], cause)
    } finally {
      journal.settle(at)
    }
  }

  /** The acts that are planned. */
  #planned(journal: Journal, isCopied: boolean): Act[] {
    const at = journal.acts()
    return this.#acts.read(at, journal.actsLength(), isCopied)
  }

  #failure(what: string, cause: unknown): Error {
    // The fence says itself what is wrong.
    if (isOurs(cause)) return cause
    return this.#asked.fault(codeOf(cause), `${what} failed: ${said(cause)}`, cause)
  }
}

/** Whether nothing follows the last commit: zeros, or the end of the file. */
function isNothing(tail: string): boolean {
  return /^\0*$/.test(tail)
}
