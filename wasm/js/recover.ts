// What is still readable in a damaged store; the work is done by `recovering.ts`, which is fetched.

import { fault, open } from './open.js'
import type { Work } from './pace.js'
import { kept, working } from './working.js'

/** What `recover` found. */
export interface Recovery {
  /** The statistics in the new store. */
  readonly statistics: number
  /** The commits whose changes were taken over, apart from those in the snapshot. */
  readonly commits: number
  /** The commits that are readable but refer to what is lost. */
  readonly refused: number
  /** The bytes of the damaged file in which a commit is lost, or may be; `to` is behind the last. */
  readonly lost: readonly { readonly from: number; readonly to: number }[]
  /**
   * Whether the snapshot is damaged: its statistics were taken over as far as they could be read, and some may
   * be wrong.
   */
  readonly snapshotDamaged: boolean
  /** Whether nothing was lost. */
  readonly isWhole: boolean
}

/** The address of a store in one file. */
export type FileAddress = `file:${string}` | `opfs:${string}`

/**
 * Writes what is readable in a damaged store into a new one, and tells what is not. The damaged one stays as
 * it is.
 *
 * ```ts
 * const report = await recover('file:./shop.stats', 'file:./again.stats')
 * ```
 *
 * Rejects with `corrupt` when nothing is readable, with `in_use` when somebody has one of the stores, with
 * `io` when there is a store at the new address already, with `aborted` when the signal says so, and as
 * `open`.
 */
export async function recover(
  damaged: FileAddress,
  into: FileAddress,
  options: Work = {},
): Promise<Recovery> {
  const given = kept(options)
  return working((work) => work.recoverInto(damaged, into, given, { fault, open }))
}
