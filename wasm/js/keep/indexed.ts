// A store in IndexedDB, which the tabs of a browser share without a leader.
//
// A commit is one transaction that reads what others appended since the last one, and appends its own:
// IndexedDB runs the transactions that write one after the other, over all tabs, so that everybody has the
// commits in one order. What others did comes before what is not committed here. A commit that does not
// fit what came before it is left out by everybody; who made it is told.

import type { Context } from '../context.js'
import { Database, type Kept, type Parts, type Place } from './database.js'
import { type Asked, type Medium, type Queue } from './medium.js'
import { sumOf } from './sum.js'

/** The bytes of commits that a snapshot is not worth writing for. */
const FEW = 1 << 20

/** All that is stored. */
interface Loaded {
  readonly snapshot: IDBRequest<Kept | undefined>
  readonly place: IDBRequest<Place | undefined>
  readonly keys: IDBRequest<IDBValidKey[]>
  readonly commits: IDBRequest<Kept[]>
}

/** What others appended. */
type News = Omit<Loaded, 'snapshot'>

export class Indexed implements Medium {
  readonly #database: Database
  readonly #asked: Asked
  readonly #channel: BroadcastChannel | undefined
  #loaded: Loaded | undefined
  /** The newest commit that the store has. */
  #last = 0
  #place: Place = { id: random(), through: 0, from: 0, size: 0 }
  /** The bytes of the commits that are not in the snapshot. */
  #grown = 0
  /** The bytes from which on a snapshot is tried again after one that failed. */
  #worth = FEW
  #isBehind = false
  /** Whether changes of one's own are among commits that the store does not have: it begins anew. */
  #isLost = false
  /** Changes of one's own that do not fit what others did, to be told. */
  #leftOut: Error | undefined
  refusal: Error | undefined
  onOthers: () => void = () => undefined
  onFailure: (error: unknown) => void = () => undefined

  private constructor(name: string, asked: Asked) {
    this.#asked = asked
    this.#database = new Database(name, asked.readOnly, asked.fault)
    if (typeof BroadcastChannel === 'undefined') return
    this.#channel = new BroadcastChannel(`trackstats:${name}`)
    this.#channel.onmessage = ({ data }) => {
      if (data > this.#last) this.look()
    }
  }

  static async find(name: string, asked: Asked): Promise<Indexed> {
    const found = new Indexed(name, asked)
    try {
      await found.#load()
      if (asked.readOnly && found.snapshot === undefined) throw found.#database.missing()
      return found
    } catch (thrown) {
      found.leave()
      throw thrown
    }
  }

  async #load(): Promise<void> {
    this.#loaded = await this.#database.transact('readonly', ({ commits, state }) => ({
      snapshot: state.get('snapshot'),
      place: state.get('place'),
      keys: commits.getAllKeys(),
      commits: commits.getAll(),
    }))
  }

  get snapshot(): Uint8Array | undefined {
    const kept = this.#loaded?.snapshot.result
    return kept === undefined ? undefined : this.#sound(kept)
  }

  async begin(context: Context): Promise<void> {
    const { engine } = context
    if (this.snapshot !== undefined) {
      engine.rebase(undefined, this.#taken(), [])
    } else if (!(await this.#create(engine.snapshot()))) {
      await this.#load()
      engine.rebase(this.snapshot, this.#taken(), [])
    }
    if (!this.#asked.readOnly) engine.hold(0)
  }

  /** Makes the store, unless another tab has made it meanwhile; answers whether it did. */
  async #create(snapshot: Uint8Array): Promise<boolean> {
    let isNew = false
    await this.#database.transact('readwrite', ({ state, then }) => {
      then(state.get('place'), (place) => {
        isNew = place === undefined
        if (isNew) this.#put(state, snapshot, this.#place)
      })
    })
    if (isNew) this.#database.id = this.#place.id
    return isNew
  }

  #put(state: IDBObjectStore, snapshot: Uint8Array, given: Place): Place {
    const place = { ...given, size: snapshot.length }
    state.put(keptOf(snapshot), 'snapshot')
    state.put(place, 'place')
    return place
  }

  /** The commits that were loaded and are not in the snapshot; what was loaded is forgotten. */
  #taken(): Uint8Array[] {
    const { place, keys, commits } = this.#loaded!
    this.#loaded = undefined
    this.#place = place.result!
    const { id, through } = this.#place
    this.#database.id = id
    const later = commits.result.filter((_, at) => (keys.result[at] as number) > through)
    this.#last = Math.max(through, Number(keys.result.at(-1) ?? 0))
    this.#grown = later.reduce((sum, { bytes }) => sum + bytes.length, 0)
    return later.map((kept) => this.#sound(kept))
  }

  look(): void {
    this.#isBehind = true
    this.onOthers()
  }

  async commit(queue: Queue): Promise<void> {
    queue.take()
    const own = queue.changes.slice()
    const isBehind = this.#isBehind
    if (own.length === 0 && !isBehind) return
    this.#isBehind = false
    const held = queue.context.engine.hold(0)
    try {
      const mode = own.length > 0 ? 'readwrite' : 'readonly'
      const { news, added } = await this.#database.transact(mode, (parts) => {
        const news = this.#news(parts)
        const added = own.map((changes) => parts.commits.add(keptOf(changes)))
        parts.end()
        return { news, added }
      })
      await this.#arrive(queue, news, added)
      const last = Number(added.at(-1)?.result ?? 0)
      if (last > 0) this.#channel?.postMessage(last)
      await this.#level(queue, news, own, held)
      this.#last = Math.max(this.#last, last)
    } catch (thrown) {
      this.#isBehind = isBehind || this.#isLost
      throw thrown
    }
    if (this.#grown > Math.max(this.#worth, this.#place.size) && !this.#asked.readOnly) {
      // What was to be kept is kept: if this fails it is tried again when more has come.
      await this.#compact(queue).catch((thrown: unknown) => {
        this.#worth = this.#grown + FEW
        this.onFailure(thrown)
      })
    }
    const leftOut = this.#leftOut
    this.#leftOut = undefined
    if (leftOut !== undefined) throw leftOut
  }

  #news({ commits, state }: Parts): News {
    const later = IDBKeyRange.lowerBound(this.#last, true)
    return {
      place: state.get('place'),
      keys: commits.getAllKeys(later),
      commits: commits.getAll(later),
    }
  }

  /** Waits for what others did; one's own changes are committed, and stay so if that cannot be read. */
  async #arrive(queue: Queue, news: News, added: readonly IDBRequest[]): Promise<void> {
    const { place, keys, commits } = news
    try {
      await this.#database.arrived([place, keys, commits, ...added])
    } catch (thrown) {
      this.#isLost = true
      queue.settle(added.length)
      throw thrown
    }
  }

  /** Takes over what others did before one's own changes, which are committed. */
  async #level(queue: Queue, news: News, own: readonly Uint8Array[], held: number): Promise<void> {
    const { engine } = queue.context
    if (this.#misses(news)) {
      this.#isLost = true
      queue.settle(own.length)
      await this.#reload(queue)
      return
    }
    const others = this.#others(news)
    this.#grown += own.reduce((sum, { length }) => sum + length, 0)
    if (others.length > 0) {
      this.#rebase(queue, undefined, others, own)
    } else {
      engine.hold(held)
      queue.settle(own.length)
    }
  }

  /** Whether commits that the store does not have are not there by themselves any more. */
  #misses({ place }: News): boolean {
    return this.#isLost || place.result!.from > this.#last
  }

  /** The commits of others, which the store is going to have. */
  #others({ place, keys, commits }: News): Uint8Array[] {
    if (place.result!.through > this.#place.through) {
      this.#place = place.result!
      this.#grown = 0
    }
    this.#last = Number(keys.result.at(-1) ?? this.#last)
    return commits.result.map((kept) => {
      this.#grown += kept.bytes.length
      return this.#sound(kept)
    })
  }

  /** Begins anew with the snapshot of somebody else: the store slept for long. */
  async #reload(queue: Queue): Promise<void> {
    await this.#load()
    const { snapshot } = this
    if (snapshot === undefined) throw this.#database.missing()
    this.#rebase(queue, snapshot, this.#taken(), [])
    this.#isLost = false
  }

  /** Puts the commits of others before one's own changes; those of `own` are committed. */
  #rebase(
    queue: Queue,
    snapshot: Uint8Array | undefined,
    others: readonly Uint8Array[],
    own: readonly Uint8Array[],
  ): void {
    const { context } = queue
    queue.take()
    const waiting = queue.changes.slice(own.length)
    const refused = context.engine.rebase(snapshot, [...others, ...own], waiting)
    queue.settle(own.length)
    context.restart()
    context.relearn()
    for (const { place, code, text } of refused) {
      if (code === 'newer_version') {
        this.refusal = this.#asked.fault(code, text)
        throw this.refusal
      }
      if (place < others.length) continue
      this.#leftOut = this.#asked.fault(
        'conflict',
        `changes are left out, because they do not fit what was done elsewhere: ${text}`,
      )
    }
  }

  /** Writes a snapshot of everything in the place of the commits, with what is not committed yet. */
  async #compact(queue: Queue): Promise<void> {
    const { context } = queue
    let [own, held, last] = [0, 0, 0]
    let place = this.#place
    await this.#database.transact('readwrite', (parts) => {
      const { commits, state, then } = parts
      const news = this.#news(parts)
      // The last of the requests: when it succeeded, so did the others.
      then(news.commits, () => {
        if (this.#misses(news)) return
        const others = this.#others(news)
        if (others.length > 0) this.#rebase(queue, undefined, others, [])
        queue.take()
        own = queue.changes.length
        held = context.engine.hold(0)
        const snapshot = context.engine.snapshot()
        const put = (through: number): void => {
          last = through
          const from = this.#place.through
          place = this.#put(state, snapshot, { ...place, through, from })
          // Those after it stay until the next time, for tabs that do not have them yet.
          commits.delete(IDBKeyRange.upperBound(from))
        }
        if (own === 0) return put(this.#last)
        const added = queue.changes.map((changes) => commits.add(keptOf(changes)))
        then(added.at(-1)!, (key) => put(Number(key)))
      })
    })
    if (last === 0) return
    context.engine.hold(held)
    queue.settle(own)
    if (own > 0) this.#channel?.postMessage(last)
    this.#last = last
    this.#place = place
    this.#grown = 0
    this.#worth = FEW
  }

  /** Bytes that are as they were written. */
  #sound({ bytes, sum }: Kept): Uint8Array {
    if (bytes instanceof Uint8Array && sumOf(bytes) === sum) return bytes
    this.refusal = this.#asked.fault('corrupt', 'the stored bytes are damaged in IndexedDB')
    throw this.refusal
  }

  async end(): Promise<void> {
    // Everything is committed, and there is nothing to say at the end.
  }

  leave(): void {
    this.#channel?.close()
    this.#database.close()
  }
}

function keptOf(bytes: Uint8Array): Kept {
  return { bytes, sum: sumOf(bytes) }
}

/** A text that nobody else has. */
function random(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}
