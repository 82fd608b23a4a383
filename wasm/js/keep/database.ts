// A connection to IndexedDB that is made anew when it was lost, and its transactions.

import { type Fault, codeOf, said } from './medium.js'

/** What a commit is in the database. */
export interface Kept {
  readonly bytes: Uint8Array
  readonly sum: number
}

/** Where the snapshot and the commits are. */
export interface Place {
  /** What tells the store from one that is made after it was deleted. */
  readonly id: string
  /** The newest commit that is in the snapshot. */
  readonly through: number
  /** The newest commit that is not there by itself any more. */
  readonly from: number
  /** The length of the snapshot. */
  readonly size: number
}

/** The two parts of the database, in one transaction. */
export interface Parts {
  /** Commits by their numbers, which the database gives in the order of the transactions. */
  readonly commits: IDBObjectStore
  /** The snapshot, and its `Place`. */
  readonly state: IDBObjectStore
  /** Calls back when a request succeeded; what that throws ends the transaction. */
  then<T>(request: IDBRequest<T>, use: (result: T) => void): void
  /** Says that no request follows, so that a page that is being left need not answer for it. */
  end(): void
}

const [COMMITS, STATE, VERSION] = ['commits', 'state', 1]

/** A database. */
export class Database {
  readonly #name: string
  readonly #readOnly: boolean
  readonly #fault: Fault
  #connection: Promise<IDBDatabase> | undefined
  /** The id of the store, once it is known: a later connection has to find the same. */
  id: string | undefined

  constructor(name: string, readOnly: boolean, fault: Fault) {
    this.#name = `trackstats:${name}`
    this.#readOnly = readOnly
    this.#fault = fault
  }

  /**
   * Runs one transaction, and resolves to what `work` gave when it is complete: a request that succeeded
   * is not yet kept.
   */
  async transact<T>(mode: IDBTransactionMode, work: (parts: Parts) => T): Promise<T> {
    for (let tries = 0; ; tries++) {
      this.#connection ??= this.#connect()
      const database = await this.#connection.catch((thrown: unknown) => {
        this.#connection = undefined
        throw thrown
      })
      let transaction: IDBTransaction
      try {
        transaction = database.transaction([COMMITS, STATE], mode, { durability: 'strict' })
      } catch (cause) {
        // The connection was lost, or is being closed.
        this.#connection = undefined
        if (tries === 0) continue
        throw this.#failure('a transaction', cause)
      }
      return await this.#run(transaction, work)
    }
  }

  #run<T>(transaction: IDBTransaction, work: (parts: Parts) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let answer: T
      let failure: { readonly thrown: unknown } | undefined
      const attempt = (step: () => void): void => {
        try {
          step()
        } catch (thrown) {
          failure ??= { thrown }
          try {
            transaction.abort()
          } catch {
            // The browser was quicker, and tells why.
          }
        }
      }
      transaction.oncomplete = () => resolve(answer)
      transaction.onabort = () => {
        const { error } = transaction
        const thrown = failure?.thrown
        const isOurs = thrown !== undefined && !(thrown instanceof DOMException)
        reject(isOurs ? thrown : this.#failure('a transaction', error ?? thrown ?? null))
      }
      attempt(() => {
        answer = work({
          commits: transaction.objectStore(COMMITS),
          state: transaction.objectStore(STATE),
          then: (request, use) => {
            request.onsuccess = () => attempt(() => use(request.result))
          },
          end: () => transaction.commit?.(),
        })
      })
    })
  }

  /**
   * Resolves when requests have their results. With `end` a transaction may be complete before them: Chromium
   * fetches a value of 64 KiB and more from a file of its own.
   */
  async arrived(requests: readonly IDBRequest[]): Promise<void> {
    for (const request of requests) {
      if (request.readyState !== 'done') {
        await new Promise<void>((resolve) => {
          request.onsuccess = request.onerror = () => resolve()
        })
      }
      if (request.error !== null) throw this.#failure('reading', request.error)
    }
  }

  #connect(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const failed = (cause: unknown): void => reject(this.#failure('opening IndexedDB', cause))
      if (typeof indexedDB === 'undefined') {
        throw this.#fault('io', 'there is no IndexedDB here')
      }
      let request: IDBOpenDBRequest
      try {
        request = indexedDB.open(this.#name, VERSION)
      } catch (cause) {
        // As in a frame that may store nothing.
        return failed(cause)
      }
      let missing: Error | undefined
      request.onupgradeneeded = () => {
        if (this.#readOnly || this.id !== undefined) {
          missing = this.missing()
          request.transaction!.abort()
          return
        }
        request.result.createObjectStore(COMMITS, { autoIncrement: true })
        request.result.createObjectStore(STATE)
      }
      request.onerror = () => (missing === undefined ? failed(request.error) : reject(missing))
      request.onsuccess = () => {
        const database = request.result
        const forget = (): void => {
          database.close()
          this.#connection = undefined
        }
        database.onclose = forget
        // Somebody deletes the database, or upgrades it.
        database.onversionchange = forget
        if (this.id === undefined) return resolve(database)
        const lost = (cause: unknown): void => {
          forget()
          failed(cause)
        }
        try {
          const transaction = database.transaction(STATE)
          const place = transaction.objectStore(STATE).get('place')
          transaction.onabort = () => lost(transaction.error)
          place.onsuccess = () => {
            if ((place.result as Place | undefined)?.id === this.id) return resolve(database)
            forget()
            reject(this.missing())
          }
        } catch (cause) {
          lost(cause)
        }
      }
    })
  }

  /** There is no store. */
  missing(): Error {
    return this.#fault(
      'io',
      this.id === undefined
        ? 'there is no store, and reading only makes none'
        : 'the store is not there any more',
    )
  }

  #failure(what: string, cause: unknown): Error {
    if ((cause as { readonly name?: unknown } | null)?.name === 'VersionError') {
      return this.#fault('newer_version', 'a newer release of trackstats has the store', cause)
    }
    const why = cause === null ? 'the browser ended it' : said(cause)
    return this.#fault(cause === null ? 'io' : codeOf(cause), `${what} failed: ${why}`, cause)
  }

  close(): void {
    const connection = this.#connection
    this.#connection = undefined
    connection?.then(
      (database) => database.close(),
      () => undefined,
    )
  }
}
