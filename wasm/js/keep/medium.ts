// What a medium is to the keeper, and what both share.

import type { Context } from '../context.js'
import type { ErrorCode } from '../error.js'
import type { JournalModule } from '../module.js'
import type { Watch } from './lock.js'

/** Makes an error of the package, whose class is not in this file. */
export type Fault = (code: ErrorCode, message: string, cause?: unknown) => Error

/** What reading a file needs to know. */
export interface Loading {
  readonly readOnly: boolean
  /** Whether a damaged file is read up to the damage. */
  readonly readDamaged: boolean
  /** The snapshot that the caller gave for a new store. */
  readonly given: Uint8Array | undefined
  readonly fault: Fault
  readonly loadFiles: () => Promise<typeof import('../files.js')>
  readonly loadJournal: () => Promise<JournalModule>
}

/** What finding a store needs to know. */
export interface Asked extends Loading {
  /** What is seen of an owner for whom the caller waits. */
  readonly watch: Watch
  /** For how many milliseconds it waits. */
  readonly wait: number
  /** Which option differs from that of a store of this process that is open already. */
  readonly differing: (context: Context) => string | undefined
}

/** Where the changes of a store go. One thing is asked of it at a time. */
export interface Medium {
  /** What is stored, if there is a store; what is new is made by `begin`. */
  readonly snapshot: Uint8Array | undefined
  /** What is wrong with it, if it was read up to that. */
  readonly damage?: Error | undefined
  /** Takes the store that was restored from the snapshot the rest of the way; makes it if it is new. */
  begin(context: Context): Promise<void>
  /** Makes changes durable from the front of the queue, and settles those that are. */
  commit(queue: Queue): Promise<void>
  /** The same before it returns, as far as that is quick; false if something is left for `commit`. */
  commitNow?(queue: Queue): boolean
  /** Does so at once, since the program ends. */
  finish?(queue: Queue): void
  /** What every later change is refused with, once nothing can be written any more. */
  readonly refusal: Error | undefined
  /** Called when somebody else has written; set by the keeper. */
  onOthers: () => void
  /** Called with what failed and loses nothing; set by the keeper. */
  onFailure: (error: unknown) => void
  /** Called when a page is shown or hidden: it may have slept, and missed what others did. */
  look?(): void
  /** Says that this is all. */
  end(): Promise<void>
  /** Gives everything back, whatever came before. */
  leave(): void
}

/** Changes that are not durable yet, in their order: a commit each. */
export class Queue {
  readonly context: Context
  readonly changes: Uint8Array[] = []
  /** How many were ever put into it, and how many of them are durable. */
  taken = 0
  durable = 0

  constructor(context: Context) {
    this.context = context
    context.readers.add((changes) => {
      if (changes.length === 0) return
      this.changes.push(changes)
      this.taken++
    })
  }

  /** The bytes of what is not durable yet. What a batch does counts once it has ended. */
  get unsaved(): number {
    if (this.context.depth === 0) this.take()
    return this.changes.reduce((sum, { length }) => sum + length, 0)
  }

  /** Takes what was recorded until now. */
  take(): void {
    this.context.drainChanges()
  }

  /** The first so many are durable. */
  settle(count: number): void {
    if (count === 1) this.changes.shift()
    else this.changes.splice(0, count)
    this.durable += count
  }
}

/** The code of what an operating system or a browser says. */
export function codeOf(cause: unknown): ErrorCode {
  const { code, name } = cause as { readonly code?: unknown; readonly name?: unknown }
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || name === 'QuotaExceededError'
  return isFull ? 'storage_full' : 'io'
}

/** Whether an error is one of the package, made by `Fault`. */
export function isOurs(thrown: unknown): thrown is Error {
  return (thrown as { readonly name?: unknown } | null)?.name === 'TrackstatsError'
}

/** What an error says. */
export function said(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  // Some errors of browsers have a name alone.
  return cause.message === '' ? cause.name : cause.message
}
