// One store for one file within a process, however often the module that opens it is evaluated.

import type { Context } from '../context.js'
import type { Asked } from './medium.js'

/** A file that is open, or being opened, to be written by this process. */
interface Entry {
  /** The store, once it is open; nothing if opening failed. */
  readonly opened: Promise<Context | undefined>
  /** When it is closed. */
  readonly left: Promise<void>
}

/** What whoever opens a file does with its entry. */
export interface Entered {
  open(context: Context): void
  leave(): void
}

/** All of them by their paths. Bundlers evaluate this module more than once in a process. */
function entries(): Map<string, Entry> {
  const host = globalThis as { [key: symbol]: Map<string, Entry> | undefined }
  return (host[Symbol.for('trackstats.files')] ??= new Map())
}

/**
 * The store of a path, if this process has it open; it is closed when all have closed it. Otherwise it is said
 * that this process opens it.
 */
export async function enter(path: string, asked: Asked): Promise<Context | Entered> {
  for (let entry; (entry = entries().get(path)) !== undefined;) {
    const context = await entry.opened
    if (context === undefined || context.users === 0) {
      await entry.left
      continue
    }
    const option = asked.given === undefined ? asked.differing(context) : 'snapshot'
    if (option !== undefined) {
      const { process } = globalThis as { process?: { readonly pid: number } }
      throw asked.fault(
        'in_use',
        `the store '${path}' is in use by the process ${process?.pid}, this one, with another value of '${option}': close it there, or open it with the same options, which gives the same store`,
      )
    }
    context.users++
    return context
  }
  // At once, so that nobody else enters in between.
  return entered(path)
}

/** Whether it is a store that was open. */
export function isOpen(found: Context | Entered): found is Context {
  return 'users' in found
}

function entered(path: string): Entered {
  let open!: (context: Context | undefined) => void
  let leave!: () => void
  const entry: Entry = {
    opened: new Promise((resolve) => (open = resolve)),
    left: new Promise((resolve) => (leave = resolve)),
  }
  entries().set(path, entry)
  return {
    open,
    leave: () => {
      if (entries().get(path) === entry) entries().delete(path)
      open(undefined)
      leave()
    },
  }
}
