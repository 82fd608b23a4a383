// Opening a store.

import { Context } from './context.js'
import { catalogOf } from './catalog.js'
import { bytesIn, functionOf, knownOf, optionsOf, timeOf } from './check.js'
import type { Found, Joined } from './keep/find.js'
import { type ErrorCode, TrackstatsError, shown } from './error.js'
import { loadCore, loadFiles, loadJournal, loadStorage, loadZones } from './module.js'
import { OPEN, STATS } from './options.js'
import type { SqlLimits } from './sql-tag.js'
import { Store } from './store.js'
import { inZone, zoneIn } from './snapshot.js'
import { type Tell, tellOf } from './tell.js'
import type { Declaration, Stats } from './types.js'
import { type Zone, zoneOf } from './zone.js'

/** How a store is opened. */
export interface OpenOptions<D extends Declaration = Declaration, B extends boolean = boolean> {
  /** What `defineStats` returned: it is registered, and gives the store its types. */
  readonly stats?: Stats<D> | undefined
  /**
   * The time zone that dates are of, such as 'Europe/Amsterdam', by any of its names. Unless it is given:
   * that of the store or the snapshot that is there, and 'UTC' for a new one.
   */
  readonly timeZone?: string | undefined
  /** The time zone of a new store; one that is there keeps its own. */
  readonly newTimeZone?: string | undefined
  /**
   * Takes a snapshot of another time zone, which moves the store to `timeZone`: what is recorded stays on
   * its dates, and only the name of the zone is another.
   */
  readonly anyTimeZone?: boolean | undefined
  /** Gives integers as bigints, so that all of 64 bits can be read. */
  readonly bigint?: B | undefined
  /** Tells the present time, for tests; `Date.now` unless it is given. */
  readonly now?: (() => number | Date) | undefined
  /**
   * The bytes of `snapshot()`, or of the file of a store, to begin with; refused where there is a store
   * already.
   */
  readonly snapshot?: Uint8Array | ArrayBuffer | undefined
  /** Opens beside whoever writes, follows what they commit, and refuses to write with `read_only`. */
  readonly readOnly?: boolean | undefined
  /**
   * Opens a damaged file too, for reading only and up to the damage, which `damage` of the store tells; what
   * comes behind it is got by `recover`.
   */
  readonly readDamaged?: boolean | undefined
  /**
   * Is told of what fails where no call rejects: a commit that was made without a `flush` and is tried again,
   * a live answer that cannot be read. Without it, the first such error is a warning.
   */
  readonly onError?: Tell | undefined
  /**
   * For how many milliseconds to wait for another owner of the file to close it, as in a restart in which the
   * new program begins before the old one has ended; without it, the store is refused at once. At least 10,000
   * also find out that an owner is dead whose process cannot be seen from here, in another container.
   */
  readonly wait?: number | undefined
  /**
   * The most rows that a statement of SQL may read (100,000,000) and return (1,000,000), the bytes it may
   * hold (512 MiB), and the milliseconds that a text may take (5,000): more
   * than 8 seconds, and whoever waits for the file of a store in another container takes its owner for dead.
   */
  readonly sqlLimits?: SqlLimits | undefined
}

/** Where a store is kept. */
export type StoreAddress = 'memory:' | `file:${string}` | `idb:${string}` | `opfs:${string}`

/**
 * Opens a store. The address says where it is kept: `memory:`, as long as the program lives;
 * `file:./shop.stats`, a file in Node, Bun and Deno; `idb:shop`, in IndexedDB, shared by the tabs of a
 * browser; `opfs:shop`, in a web worker.
 *
 * ```ts
 * await using store = await open('file:./shop.stats', { stats, timeZone: 'Europe/Amsterdam' })
 * ```
 *
 * A file that this process has open already is not opened again: the same options give the same store, which
 * is closed when each has closed it.
 *
 * Rejects with `unknown_zone`, with `invalid_reference` or `unknown_dimension` when a declaration
 * cannot be registered, with `corrupt`, `newer_version`, `zone_mismatch` or `kind_mismatch` when what is
 * stored or the snapshot does not fit, with `in_use` when somebody else has the file, with `storage_full` when
 * there is no room, and with `io` when the host refuses WebAssembly or what is stored.
 */
export async function open<
  const D extends Declaration = Declaration,
  const B extends boolean = false,
>(url: StoreAddress, options: OpenOptions<D, B> = {}): Promise<Store<D, B>> {
  const address: unknown = url
  if (typeof address !== 'string' || !/^(memory:$|(file|idb|opfs):.)/s.test(address)) {
    throw new TrackstatsError(
      'invalid_value',
      `${shown(address)} is no address of a store: this release knows 'memory:', 'file:', 'idb:' and 'opfs:'`,
    )
  }
  optionsOf(options, OPEN)
  const { now = Date.now, stats, snapshot, bigint, readOnly, readDamaged } = options
  const { timeZone, newTimeZone, onError, wait = 0 } = options
  for (const name of [timeZone, newTimeZone]) if (name !== undefined) zoneOf(name)
  if (onError !== undefined) functionOf(onError, 'to tell of errors')
  functionOf(now, 'that tells the time')
  const declared =
    stats === undefined ? undefined : knownOf(stats, STATS, 'what defineStats returned').declaration
  let bytes = bytesIn(snapshot, 'the snapshot')
  if (snapshot !== undefined && bytes === undefined) {
    throw new TrackstatsError('invalid_value', `${shown(snapshot)} is no snapshot: give its bytes`)
  }
  if (!(typeof wait === 'number' && wait >= 0)) {
    throw new TrackstatsError('invalid_value', `wait is milliseconds, and not ${shown(wait)}`)
  }
  if (bytes !== undefined && bytes[0] !== SNAPSHOT) {
    const asked = {
      readOnly: true,
      readDamaged: false,
      given: undefined,
      fault,
      loadFiles,
      loadJournal,
    }
    bytes = await (
      await loadFiles()
    ).unfolded(bytes, asked, async (zone) => {
      const context = new Context(await loadCore(), zoneOf(zone), false, () => 0, tellOf(undefined))
      context.engine.later = await context.later()
      return context
    })
  }
  const instance = await loadCore()
  let found: Found | undefined
  let context: Context | undefined
  try {
    if (address !== 'memory:') {
      const { find } = await loadStorage()
      // Only files can be open in this process already.
      const isNamed = timeZone !== undefined && address.startsWith('file:')
      const zones = isNamed ? await loadZones() : undefined
      const one = await find(address, {
        readOnly: readOnly === true || readDamaged === true,
        readDamaged: readDamaged === true,
        wait,
        watch: { text: '', unchanged: 0 },
        differing: ({ zone, bigint: isBig, clock: told }) =>
          zones?.isSame(zone.name, zoneOf(timeZone!).name) === false
            ? 'timeZone'
            : isBig !== (bigint === true)
              ? 'bigint'
              : told !== now
                ? 'now'
                : undefined,
        given: bytes,
        fault,
        loadFiles,
        loadJournal,
      })
      if (one.joined !== undefined) {
        const store = joinedTo(one, declared as D | undefined, options)
        instance.release()
        return store
      }
      found = one
    }
    const begin = found?.snapshot ?? bytes
    const stored = begin === undefined ? undefined : zoneIn(begin)
    const isMoved = found?.snapshot === undefined && options.anyTimeZone === true
    const asked = timeZone ?? (begin === undefined ? newTimeZone : undefined)
    const zone = await zoneFor(stored, asked, isMoved)
    context = new Context(instance, zone, bigint === true, () => clock(now), tellOf(onError))
    context.clock = now
    const { engine } = context
    context.damage = found?.damage as TrackstatsError | undefined
    if (found !== undefined || begin !== undefined) engine.later = await context.later()
    if (begin !== undefined) {
      const isNamed = stored === undefined || stored === zone.name
      const named = isNamed ? begin : inZone(begin, zone.name)
      engine.restore(zone.name, context.bigint, named, context.damage !== undefined)
    }
    await found?.begin(context)
    if (stats !== undefined) {
      const catalog = catalogOf(declared as D)
      context.register(found?.unknownOf(catalog) ?? catalog)
    }
    found?.keep(context)
    return new Store<D, B>(context, options.sqlLimits)
  } catch (thrown) {
    await found?.leave()
    if (context === undefined) instance.release()
    else context.close()
    throw thrown
  }
}

/** One more store over one that this process has open. */
function joinedTo<D extends Declaration, B extends boolean>(
  { joined, unknownOf }: Joined,
  declared: D | undefined,
  { sqlLimits }: OpenOptions<D, B>,
): Store<D, B> {
  try {
    if (declared !== undefined) joined.register(unknownOf(catalogOf(declared)))
    return new Store<D, B>(joined, sqlLimits)
  } catch (thrown) {
    joined.users--
    throw thrown
  }
}

/** What a snapshot begins with, and the file of a store does not. */
const SNAPSHOT = 0x54

/** The zone of what is stored, if it is the one that was asked for; under its primary name. */
async function zoneFor(
  stored: string | undefined,
  asked: string | undefined,
  isMoved: boolean,
): Promise<Zone> {
  const given = asked === undefined ? undefined : zoneOf(asked)
  if (given?.isFixed === true && (stored === undefined || stored === given.name || isMoved)) {
    return given
  }
  // What is stored has its primary name, unless this host knows the zone by another one.
  if (given === undefined || given.name === stored) {
    const name = stored ?? 'UTC'
    try {
      return zoneOf(name)
    } catch {
      return (await loadZones()).primaryZone(name, zoneOf)
    }
  }
  const { isSame, primaryZone } = await loadZones()
  if (stored !== undefined && !isMoved && !isSame(stored, given.name)) {
    throw new TrackstatsError(
      'zone_mismatch',
      `the store was created in the time zone ${shown(stored)} and is opened in ${shown(asked)}: ` +
        'give no timeZone to take what is stored, or a newTimeZone for new stores only',
    )
  }
  return primaryZone(asked!, zoneOf)
}

/** Makes the errors of what is fetched later, which has no class of its own for them. */
export function fault(code: ErrorCode, message: string, cause?: unknown): TrackstatsError {
  return new TrackstatsError(code, message, { cause })
}

/** Milliseconds since 1970 of what a clock tells. */
function clock(now: () => number | Date): number {
  const told = now()
  return typeof told === 'number' ? told : timeOf(told)
}
