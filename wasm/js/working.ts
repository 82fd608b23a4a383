// Fetches what takes long, once, and calls it.

import { base } from './base.js'
import { fetched, once } from './module.js'

/** What `work.ts` exports. */
type Work = typeof import('./work.js')

let work: Work | undefined

/** What takes long. The file exports a function of what the base gives it; see `build/bundle.js`. */
const loadWork: () => Promise<Work> = once(async () => {
  const file: unknown = await fetched('trackers, SQL and files', import('./work.js'))
  return (work = (file as { default(given: object): Work }).default(base))
})

/** Calls it: at once, if the file is there. */
export async function working<R>(call: (work: Work) => Promise<R>): Promise<R> {
  return call(work ?? (await loadWork()))
}

/**
 * What a caller gave, as it is now: the caller may change it while the first call waits for the file. Objects
 * of options are copied with those in them, and arrays with what they hold.
 */
export function kept<T>(given: T): T {
  return work === undefined ? (copied(given, 2) as T) : given
}

function copied(given: unknown, depth: number): unknown {
  if (typeof given !== 'object' || given === null || Object.isFrozen(given)) return given
  if (Array.isArray(given)) return given.slice()
  if (ArrayBuffer.isView(given)) return (given as Uint8Array).slice?.() ?? given
  const prototype: unknown = Object.getPrototypeOf(given)
  if (depth === 0 || (prototype !== null && prototype !== Object.prototype)) return given
  const own: Record<string, unknown> = { ...given }
  for (const key in own) own[key] = copied(own[key], depth - 1)
  return own
}
