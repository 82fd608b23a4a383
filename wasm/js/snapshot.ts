// The head of a snapshot: its magic, its version, and the length and the name of its zone.

import { TrackstatsError, shown } from './error.js'

const MAGIC = 'TKST'
const VERSION = 1

/** What a snapshot says of itself. */
export interface SnapshotInfo {
  /** The name of its time zone. */
  readonly timeZone: string
}

/**
 * What a snapshot says of itself, without a store being opened.
 *
 * ```ts
 * snapshotInfo(store.snapshot()).timeZone // Europe/Amsterdam
 * ```
 *
 * Throws `corrupt` for what does not begin as a snapshot does, and `newer_version` for what a later release
 * wrote.
 */
export function snapshotInfo(snapshot: Uint8Array | ArrayBuffer): SnapshotInfo {
  const given: unknown = snapshot
  const bytes = given instanceof ArrayBuffer ? new Uint8Array(given) : given
  if (!(bytes instanceof Uint8Array)) {
    throw new TrackstatsError('invalid_value', `${shown(given)} is no snapshot: give its bytes`)
  }
  const timeZone = zoneIn(bytes)
  if (timeZone === undefined && isSnapshot(bytes) && (bytes[4] ?? 0) > VERSION) {
    throw new TrackstatsError('newer_version', 'a later release wrote the snapshot: use that one')
  }
  if (timeZone === undefined) {
    throw new TrackstatsError('corrupt', 'these bytes do not begin as a snapshot does')
  }
  return { timeZone }
}

/** The name of the zone in a snapshot; nothing if that is refused when it is read. */
export function zoneIn(bytes: Uint8Array): string | undefined {
  const length = bytes[5]
  // Names of zones are shorter than 128 bytes.
  if (length === undefined || length > 127 || bytes.length < 6 + length) return undefined
  if (bytes[4] !== VERSION || !isSnapshot(bytes)) return undefined
  return new TextDecoder().decode(bytes.subarray(6, 6 + length))
}

function isSnapshot(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, 4)) === MAGIC
}

/** The same snapshot, in the zone of another name. */
export function inZone(bytes: Uint8Array, name: string): Uint8Array {
  const zone = new TextEncoder().encode(name)
  const rest = bytes.subarray(6 + bytes[5]!)
  const renamed = new Uint8Array(6 + zone.length + rest.length)
  renamed.set(bytes.subarray(0, 5))
  renamed[5] = zone.length
  renamed.set(zone, 6)
  renamed.set(rest, 6 + zone.length)
  return renamed
}
