// What is still readable in a damaged store; the work is done by what stores in files import.

import { optionsOf } from './check.js'
import { Engine } from './engine.js'
import { TrackstatsError, shown } from './error.js'
import { loadCore, loadFiles, loadJournal } from './module.js'
import { fault, open } from './open.js'
import { WORK } from './options.js'
import { Pace, type Work, workOf } from './pace.js'

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
  for (const address of [damaged, into] as unknown[]) {
    if (typeof address === 'string' && /^(file|opfs):./s.test(address)) continue
    throw new TrackstatsError(
      'invalid_value',
      `${shown(address)} is no store that is recovered: give addresses such as 'file:./shop.stats'`,
    )
  }
  optionsOf(options, WORK)
  const pace = new Pace(workOf(options), null)
  const instance = await loadCore()
  let engine: Engine | undefined
  try {
    const files = await loadFiles()
    return await files.recover(damaged, {
      asked: {
        readOnly: false,
        readDamaged: true,
        given: undefined,
        fault,
        loadFiles,
        loadJournal,
      },
      pace,
      empty: async (zone) => {
        engine = new Engine(instance.core, zone, true)
        engine.later = await instance.later()
        return engine
      },
      make: async (timeZone, snapshot) => {
        const taken = (error: unknown): never => {
          const isTaken = error instanceof TrackstatsError && error.code === 'invalid_value'
          throw isTaken ? fault('io', `there is a store at '${into}' already`, error) : error
        }
        const store = await open(into, { timeZone, snapshot }).catch(taken)
        await store.close()
      },
    })
  } finally {
    engine?.free()
    instance.release()
  }
}
