// What is still readable in a damaged file, as a new store; `core/src/store/keep/recover.rs` does the same.

import type { Engine } from '../engine.js'
import type { Pace } from '../pace.js'
import type { Recovery } from '../recover.js'
import { diskAt, pathOf } from './disk.js'
import type { Carrier } from './filed.js'
import { zoneIn } from '../snapshot.js'
import { type Loading, codeOf, isOurs, said } from './medium.js'
import { privateAt } from './private.js'
import { pieces, salvage } from './reading.js'

/** What a recovery needs of the rest of the package. */
export interface Recovering {
  readonly asked: Loading
  readonly pace: Pace
  /** An empty store, in the zone of that name. */
  readonly empty: (zone: string) => Promise<Engine>
  /** Makes the new store. */
  readonly make: (zone: string, snapshot: Uint8Array) => Promise<void>
}

/** Recovers what the file of an address holds, and tells what came of it. */
export async function recover(
  address: string,
  { asked, pace, empty, make }: Recovering,
): Promise<Recovery> {
  const { fault } = asked
  const bytes = await bytesOf(address, asked)
  const { Journal } = await asked.loadJournal()
  const found = salvage(bytes, Journal)
  const nothing = fault('corrupt', `nothing in '${address}' is readable`)
  if (found === undefined) throw nothing
  const snapshot = pieces(bytes, found.snapshot)[0]!
  const zone = zoneIn(snapshot)
  if (zone === undefined) throw nothing
  const engine = await empty(zone)
  let { snapshotDamaged } = found
  try {
    engine.restore(zone, true, snapshot)
  } catch (thrown) {
    if (codeIn(thrown) !== 'corrupt') throw thrown
    snapshotDamaged = true
    engine.restore(zone, true, snapshot, true)
  }
  let [commits, refused] = [0, 0]
  for (const frame of found.frames) {
    await pace.pass(frame[0])
    try {
      engine.applyChanges(pieces(bytes, frame)[0]!)
      commits++
    } catch (thrown) {
      // What refers to what is lost.
      if (codeIn(thrown) === undefined) throw thrown
      refused++
    }
  }
  await pace.pass(bytes.length)
  await make(zone, engine.snapshot())
  const lost = found.lost.map(([from, to]) => ({ from, to }))
  const isWhole = refused === 0 && lost.length === 0 && !snapshotDamaged
  return { statistics: engine.len(), commits, refused, lost, snapshotDamaged, isWhole }
}

/** All bytes of a file that nobody has. */
async function bytesOf(address: string, asked: Loading): Promise<Uint8Array> {
  const [, scheme, name] = /^(\w+):(.*)$/s.exec(address)!
  const carrier: Carrier =
    scheme === 'file' ? diskAt(pathOf(name!, asked), asked) : await privateAt(name!, asked)
  try {
    // Whichever of several files is there: none of them need be whole.
    const bytes = await carrier.read(() => undefined)
    if (bytes !== undefined) return bytes
  } catch (cause) {
    if (isOurs(cause)) throw cause
    throw asked.fault(codeOf(cause), `'${address}' cannot be read: ${said(cause)}`, cause)
  } finally {
    carrier.leave()
  }
  throw asked.fault('io', `there is no store at '${address}'`)
}

function codeIn(thrown: unknown): unknown {
  return (thrown as { readonly code?: unknown } | null)?.code
}
