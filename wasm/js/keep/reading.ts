// Reading a file beside its owner: what is there, what is there up to the damage, and what came since.

import type { ErrorCode } from '../error.js'
import type { JournalModule } from '../module.js'
import type { Loading } from './medium.js'

type Journal = ReturnType<JournalModule['Journal']['open']>

/** What a carrier sees at a glance, as texts that differ when it may be another file, or have more in it. */
export interface Glance {
  readonly file: string
  readonly tail: string
}

/** Where the parts of a file lie. */
export interface Parts {
  /** What reads on in it; none in a damaged file. */
  readonly journal: Journal | undefined
  readonly damage: Error | undefined
  /** From where to where the snapshot is, and then each commit. */
  readonly places: ArrayLike<number>
}

/** What is wrong with a damaged file, and the commits of it, apart from the snapshot. */
export interface Salvaged {
  readonly snapshotDamaged: boolean
  readonly snapshot: readonly [number, number]
  readonly frames: readonly (readonly [number, number])[]
  /** How many of them come before every damage. */
  readonly before: number
  readonly lost: readonly (readonly [number, number])[]
}

/** What the module threw, as an error of ours. */
export function failureOf(thrown: unknown, { fault }: Loading, place?: string): unknown {
  const [, code, text] = /^(\w+) (.*)$/s.exec(String(thrown)) ?? []
  if (code === undefined) return thrown
  return fault(code as ErrorCode, place === undefined ? text! : `${place} cannot be used: ${text}`)
}

/** What to do about a file of which something is readable. */
const REMEDY =
  'read what comes before with readDamaged, or write all that is readable into a new store with recover'

/** Finds the parts of a file; refuses a damaged one, unless it is asked for what comes before the damage. */
export function partsOf(
  bytes: Uint8Array,
  { Journal }: JournalModule,
  asked: Loading,
  place: string,
): Parts {
  try {
    const journal = Journal.open(bytes)
    return { journal, damage: undefined, places: journal.places() }
  } catch (thrown) {
    const damage = failureOf(thrown, asked, place) as Error & { readonly code?: ErrorCode }
    const found = damage.code === 'corrupt' ? salvage(bytes, Journal) : undefined
    if (found === undefined) throw damage
    if (!asked.readDamaged) throw asked.fault('corrupt', `${damage.message}; ${REMEDY}`)
    const frames = found.frames.slice(0, found.before)
    return { journal: undefined, damage, places: [...found.snapshot, ...frames.flat()] }
  }
}

/** What is readable of a damaged file, if anything is. */
export function salvage(
  bytes: Uint8Array,
  Journal: JournalModule['Journal'],
): Salvaged | undefined {
  const told = Array.from(Journal.salvage(bytes))
  if (told.length === 0) return undefined
  const [damaged, count, before] = told as [number, number, number]
  const pairs: [number, number][] = []
  for (let at = 3; at < told.length; at += 2) pairs.push([told[at]!, told[at + 1]!])
  return {
    snapshotDamaged: damaged === 1,
    snapshot: pairs[0]!,
    frames: pairs.slice(1, 1 + count),
    before,
    lost: pairs.slice(1 + count),
  }
}

/** The pieces of bytes that lie between places. */
export function pieces(bytes: Uint8Array, places: ArrayLike<number>, begin = 0): Uint8Array[] {
  const all: Uint8Array[] = []
  for (let at = begin; at < places.length; at += 2) {
    all.push(bytes.subarray(places[at], places[at + 1]))
  }
  return all
}

/** The bytes of a file that differ when it is another one: the id and the generation in both slots. */
export const FILE: readonly (readonly [number, number])[] = [
  [16, 40],
  [528, 552],
]

/** How many bytes of what follows tell whether anything does. */
export const TAIL = 24

/** Bytes as a text. */
export function textOf(...all: readonly Uint8Array[]): string {
  return all.map((bytes) => String.fromCharCode(...bytes)).join('')
}
