// Finding what an address names, and opening it.

import type { Context } from '../context.js'
import type { EngineCatalog } from '../engine-types.js'
import { unknownOf } from './catalog.js'
import { Indexed } from './indexed.js'
import { Keeper } from './keeper.js'
import type { Asked, Medium } from './medium.js'
import { shield } from './watch.js'

/** A store that was found, or is to be made, and is not yet open. */
export interface Found {
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

/** Finds the store of an address other than that in memory. */
export async function find(address: string, asked: Asked): Promise<Found> {
  const medium = await mediumOf(address, asked)
  const { snapshot } = medium
  if (snapshot !== undefined && asked.given !== undefined) {
    medium.leave()
    throw asked.fault(
      'invalid_value',
      `there is a store at '${address}', which takes no snapshot to begin with`,
    )
  }
  return new Opening(medium, asked)
}

async function mediumOf(address: string, asked: Asked): Promise<Medium> {
  const [, scheme, name] = /^(\w+):(.*)$/s.exec(address)!
  if (scheme === 'idb') return Indexed.find(name!, asked)
  const { Filed, diskAt, privateAt } = await asked.loadFiles()
  return Filed.find(scheme === 'file' ? diskAt(name!, asked) : privateAt(name!, asked), asked)
}

class Opening implements Found {
  readonly #medium: Medium
  readonly #asked: Asked
  #context: Context | undefined

  constructor(medium: Medium, asked: Asked) {
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
    if (!this.#asked.readOnly) context.engine.keepChanges()
  }

  unknownOf(catalog: EngineCatalog): EngineCatalog {
    return unknownOf(catalog, this.#context!.catalog())
  }

  keep(context: Context): void {
    const { fault, readOnly } = this.#asked
    context.keeper = new Keeper(context, this.#medium, fault)
    if (readOnly) shield(context, fault('read_only', 'the store was opened for reading only'))
  }

  leave(): void {
    this.#medium.leave()
  }
}

/** The name of the zone in a snapshot: behind the magic and the version, after its length. */
export function zoneIn(snapshot: Uint8Array): string | undefined {
  const length = snapshot[5] ?? 0
  // Names of zones are shorter than 128 bytes; anything else is refused when it is read.
  return length < 128 ? new TextDecoder().decode(snapshot.subarray(6, 6 + length)) : undefined
}
