// Opening a store.

import { Context } from './context.js'
import { catalogOf } from './catalog.js'
import { functionOf, optionsOf, recordOf, timeOf } from './check.js'
import { TrackstatsError, shown } from './error.js'
import { loadCore, loadLater } from './module.js'
import type { SqlLimits } from './replica.js'
import { Store } from './store.js'
import type { Declaration, Stats } from './types.js'
import { zoneOf } from './zone.js'

/** How a store is opened. */
export interface OpenOptions<D extends Declaration = Declaration, B extends boolean = boolean> {
  /** What `defineStats` returned: it is registered, and gives the store its types. */
  readonly stats?: Stats<D> | undefined
  /** The time zone that dates are of, such as 'Europe/Amsterdam'; 'UTC' unless it is given. */
  readonly timeZone?: string | undefined
  /** Gives integers as bigints, so that all of 64 bits can be read. */
  readonly bigint?: B | undefined
  /** Tells the present time, for tests; `Date.now` unless it is given. */
  readonly now?: (() => number | Date) | undefined
  /** The bytes of `snapshot()`, to begin with. */
  readonly snapshot?: Uint8Array | ArrayBuffer | undefined
  /** The most rows that a statement of SQL may read (100,000,000) and return (1,000,000). */
  readonly sqlLimits?: SqlLimits | undefined
}

/**
 * Opens a store. The address is `memory:`, a store that lives as long as the program.
 *
 * ```ts
 * await using store = await open('memory:', { stats, timeZone: 'Europe/Amsterdam' })
 * ```
 *
 * Rejects with `unknown_zone`, with `invalid_reference` or `unknown_dimension` when a declaration
 * cannot be registered, with `corrupt`, `newer_version`, `zone_mismatch` or `kind_mismatch` when a
 * snapshot does not fit, and with `io` when the host refuses WebAssembly.
 */
export async function open<
  const D extends Declaration = Declaration,
  const B extends boolean = false,
>(url: 'memory:', options: OpenOptions<D, B> = {}): Promise<Store<D, B>> {
  const address: unknown = url
  if (address !== 'memory:') {
    throw new TrackstatsError(
      'invalid_value',
      `${shown(address)} is no address of a store: this release knows 'memory:'`,
    )
  }
  optionsOf(options)
  const zone = zoneOf(options.timeZone ?? 'UTC')
  const { now = Date.now, stats, snapshot, bigint } = options
  functionOf(now, 'that tells the time')
  const declared = stats === undefined ? undefined : recordOf(stats, 'defineStats').declaration
  const bytes = snapshot instanceof ArrayBuffer ? new Uint8Array(snapshot) : snapshot
  if (bytes !== undefined && !(bytes instanceof Uint8Array)) {
    throw new TrackstatsError('invalid_value', `${shown(bytes)} is no snapshot: give its bytes`)
  }
  const core = await loadCore()
  const later = bytes === undefined ? undefined : await loadLater()
  const context = new Context(core, zone, bigint === true, () => clock(now))
  try {
    if (later !== undefined) context.engine.restore(later, zone.name, context.bigint, bytes!)
    if (stats !== undefined) context.register(catalogOf(declared as D))
    return new Store<D, B>(context, options.sqlLimits)
  } catch (thrown) {
    context.close()
    throw thrown
  }
}

/** Milliseconds since 1970 of what a clock tells. */
function clock(now: () => number | Date): number {
  const told = now()
  return typeof told === 'number' ? told : timeOf(told)
}
