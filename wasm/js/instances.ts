// Instances of the core. The memory of one never shrinks, so that a store has one for itself, which goes with
// it if it became large; one that stayed small is used again. Hosts limit how many there can be at once:
// beyond these many, stores share.

import type { Core, Later } from './engine.js'

/** Bytes of memory up to which an instance is used again. */
const SMALL = 1 << 23

/** Instances at most, and how many of them wait for a store. */
const [MOST, SPARE] = [64, 4]

/** What one store works in. */
export interface Instance {
  readonly core: Core
  /** The part that is fetched later, in the same memory. */
  later(): Promise<Later>
  /** Gives it back; once. */
  release(): void
}

interface Shared {
  readonly core: Core
  later: Promise<Later> | undefined
  stores: number
}

const all: Set<Shared> = new Set()

/** An instance for one more store. */
export function instanceOf(make: () => Core, extend: (core: Core) => Promise<Later>): Instance {
  const shared = free() ?? { core: make(), later: undefined, stores: 0 }
  all.add(shared)
  shared.stores++
  let isHeld = true
  return {
    core: shared.core,
    later: () => (shared.later ??= retried(shared, extend(shared.core))),
    release: () => {
      if (!isHeld) return
      isHeld = false
      if (--shared.stores > 0) return
      const spare = [...all].filter(({ stores }) => stores === 0).length
      if (spare > SPARE || sizeOf(shared) > SMALL) all.delete(shared)
    },
  }
}

/** One that no store has; beyond so many that with the least memory. */
function free(): Shared | undefined {
  let least: Shared | undefined
  for (const shared of all) {
    if (shared.stores === 0) return shared
    if (least === undefined || sizeOf(shared) < sizeOf(least)) least = shared
  }
  return all.size < MOST ? undefined : least
}

/** A fetch that fails is made again by the next one. */
function retried(shared: Shared, fetched: Promise<Later>): Promise<Later> {
  fetched.catch(() => (shared.later = undefined))
  return fetched
}

function sizeOf({ core }: Shared): number {
  return core.memory.buffer.byteLength
}
