// Finding what an address names, and opening it.

import type { Context } from '../context.js'
import type { EngineCatalog } from '../engine-types.js'
import { unknownOf } from './catalog.js'
import { Indexed } from './indexed.js'
import { Keeper } from './keeper.js'
import type { Asked, Medium } from './medium.js'
import { zoneIn } from '../snapshot.js'
import { shield } from './watch.js'

/** A store that was found, or is to be made, and is not yet open. */
export interface Found {
  readonly joined?: undefined
  readonly timeZone: string | undefined
  readonly snapshot: Uint8Array | undefined
  /** What is wrong with it, if it was read up to that. */
  readonly damage: Error | undefined
  /** Takes a store that was restored from the snapshot the rest of the way. */
  begin(context: Context): Promise<void>
  /** What of a declaration the store does not have yet. */
  unknownOf(catalog: EngineCatalog): EngineCatalog
  /** Begins to keep what is recorded. */
  keep(context: Context): void
  /** Gives everything back, since opening failed. */
  leave(): void
}

/** A store that this process has open. */
export interface Joined {
  readonly joined: Context
  readonly unknownOf: (catalog: EngineCatalog) => EngineCatalog
}

/** Milliseconds between two tries of who waits. */
const PAUSE = 50

/** Finds the store of an address other than that in memory. */
export async function find(address: string, asked: Asked): Promise<Found | Joined> {
  const [, scheme, name] = /^(\w+):(.*)$/s.exec(address) as unknown as [string, string, string]
  if (scheme === 'idb') return opening(await Indexed.find(name, asked), address, asked)
  const { Filed, diskAt, enter, isOpen, pathOf, privateAt } = await asked.loadFiles()
  if (scheme === 'opfs') {
    const medium = await waited(asked, () => Filed.find(privateAt(name, asked), asked))
    return opening(medium, address, asked)
  }
  const path = pathOf(name, asked)
  if (asked.readOnly) {
    return opening(await Filed.find(diskAt(path, asked), asked), address, asked)
  }
  const entered = await enter(path, asked)
  if (isOpen(entered)) {
    const known = entered.catalog()
    return { joined: entered, unknownOf: (catalog) => unknownOf(catalog, known) }
  }
  try {
    const medium = await waited(asked, () => Filed.find(diskAt(path, asked), asked))
    const leave = medium.leave.bind(medium)
    medium.leave = () => {
      leave()
      entered.leave()
    }
    return opening(medium, address, asked, entered.open)
  } catch (thrown) {
    entered.leave()
    throw thrown
  }
}

/** Tries again, as long as the caller waits for another owner. */
async function waited<T>(asked: Asked, attempt: () => Promise<T>): Promise<T> {
  for (let left = asked.wait; ; left -= PAUSE) {
    try {
      return await attempt()
    } catch (thrown) {
      if (!(left > 0) || (thrown as { readonly code?: unknown }).code !== 'in_use') throw thrown
      await new Promise((resolve) => setTimeout(resolve, Math.min(PAUSE, left)))
    }
  }
}

function opening(
  medium: Medium,
  address: string,
  asked: Asked,
  opened: (context: Context) => void = () => undefined,
): Found {
  if (medium.snapshot === undefined || asked.given === undefined) {
    return new Opening(medium, asked, opened)
  }
  medium.leave()
  throw asked.fault(
    'invalid_value',
    `there is a store at '${address}', which takes no snapshot to begin with`,
  )
}

class Opening implements Found {
  readonly #medium: Medium
  readonly #asked: Asked
  readonly #opened: (context: Context) => void
  #context: Context | undefined

  constructor(medium: Medium, asked: Asked, opened: (context: Context) => void) {
    this.#opened = opened
    this.#medium = medium
    this.#asked = asked
  }

  get snapshot(): Uint8Array | undefined {
    return this.#medium.snapshot
  }

  get damage(): Error | undefined {
    return this.#medium.damage
  }

  get timeZone(): string | undefined {
    const { snapshot } = this
    return snapshot === undefined ? undefined : zoneIn(snapshot)
  }

  async begin(context: Context): Promise<void> {
    this.#context = context
    await this.#medium.begin(context)
    if (!this.#asked.readOnly) context.engine.captureChanges()
  }

  unknownOf(catalog: EngineCatalog): EngineCatalog {
    return unknownOf(catalog, this.#context!.catalog())
  }

  keep(context: Context): void {
    const { fault, readOnly } = this.#asked
    context.keeper = new Keeper(context, this.#medium, fault)
    if (readOnly) shield(context, fault('read_only', 'the store was opened for reading only'))
    this.#opened(context)
  }

  leave(): void {
    this.#medium.leave()
  }
}
