// The one error of the package.

/** What went wrong, to branch on. The same codes as in Rust. */
export type ErrorCode =
  | 'invalid_reference'
  | 'invalid_date'
  | 'invalid_value'
  | 'invalid_state'
  | 'unknown_option'
  | 'unsafe_integer'
  | 'overflow'
  | 'unknown_metric'
  | 'unknown_period'
  | 'unknown_dimension'
  | 'unknown_zone'
  | 'kind_mismatch'
  | 'in_use'
  | 'read_only'
  | 'conflict'
  | 'closed'
  | 'corrupt'
  | 'newer_version'
  | 'zone_mismatch'
  | 'storage_full'
  | 'io'
  | 'unavailable'
  | 'sql_syntax'
  | 'sql_limit'
  | 'sql_unsupported'
  | 'sql_failed'
  | 'aborted'
  | 'internal'

/** The longest text of an error, in characters. */
const LONGEST = 2000

/** What every call of this package throws or rejects with. */
export class TrackstatsError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    // What it names may be a name of a mebibyte.
    super(message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message, options)
    this.name = 'TrackstatsError'
    this.code = code
  }
}

/** What a module threw, as an error of ours: it carries its code as its name. */
export function ours(thrown: unknown): unknown {
  return thrown instanceof Error && /^[a-z_]+$/.test(thrown.name)
    ? new TrackstatsError(thrown.name as ErrorCode, thrown.message)
    : thrown
}

/** Calls into a module, and throws on what it throws as an error of ours. */
export function guarded<T>(call: () => T): T {
  try {
    return call()
  } catch (thrown) {
    throw ours(thrown)
  }
}

/** Something that a caller passed, for a message: short, and whatever it is. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 60 ? `'${value.slice(0, 60)}…'` : `'${value}'`
  }
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return 'a function'
  if (value instanceof Date) {
    try {
      return value.toISOString()
    } catch {
      return 'an invalid Date'
    }
  }
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? 'an array' : 'an object'
  }
  return String(value)
}
