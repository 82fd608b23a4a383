// Makes a store of what is readable in a damaged one, with what stores in files import.

import { optionsOf } from './check.js'
import { Engine } from './engine.js'
import { TrackstatsError, shown } from './error.js'
import { loadCore, loadFiles, loadJournal } from './module.js'
import type { fault, open } from './open.js'
import { WORK } from './options.js'
import { Pace, type Work, workOf } from './pace.js'
import type { FileAddress, Recovery } from './recover.js'

/** What opening a store is made of, given by who has it. */
interface Opening {
  readonly fault: typeof fault
  readonly open: typeof open
}

/** @internal Writes what is readable in a damaged store into a new one. */
export async function recoverInto(
  damaged: FileAddress,
  into: FileAddress,
  options: Work,
  { fault, open }: Opening,
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
