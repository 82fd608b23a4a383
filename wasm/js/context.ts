// What the parts of one store share.

import { Answer } from './answer.js'
import { type Core, Engine, type Later } from './engine.js'
import type { Instance } from './instances.js'
import type { EngineCatalog, KnownCatalog } from './engine-types.js'
import { TrackstatsError, shown } from './error.js'
import { dayOfDate } from './moment.js'
import { meant } from './nearest.js'
import { Pending } from './pending.js'
import { MetricState, type Resolver } from './state.js'
import type { Tell } from './tell.js'
import type { Zone } from './zone.js'

/** What a closed store has in the place of its engine: whatever is asked of it throws. */
const CLOSED = new Proxy(Object.create(null) as Engine, {
  get(): never {
    throw new TrackstatsError('closed', 'the store is closed')
  },
})

/** What reads the changes of a store; no bytes say that it is another one. */
export type ChangeReader = (changes: Uint8Array) => void

/** What makes a store durable; see `keep/keeper.ts`. */
export interface Kept {
  /** The bytes of changes that are not durable yet. */
  readonly unsaved: number
  /** Reads what others committed. */
  refresh(): Promise<void>
  flush(): Promise<void> | undefined
  close(): Promise<void>
}

/** A store without its face: engine, clock, zone, and what is known of the metrics. */
export class Context {
  #engine: Engine
  #pending: Pending
  #answer: Answer | undefined
  #core: Core | undefined
  readonly zone: Zone
  readonly bigint: boolean
  readonly now: () => number
  /** The clock that was given, by `open`. */
  clock: unknown
  /** How many have it open. */
  users = 1
  /** The live answers of all of them. */
  lives: object | undefined
  /** Called after a change of a watched metric; of all, if none is given. */
  onChange: (metric: MetricState | undefined) => void = () => undefined
  /** Whether metrics that are met from now on are watched. */
  watchesAll = false
  /** Those who want the changes, each of which is taken once for all of them. */
  readonly readers: Set<ChangeReader> = new Set()
  /** Makes what is recorded durable; none for a store in memory. */
  keeper: Kept | undefined
  /** How many batches are under way, one in another. */
  depth = 0
  /** Told of what fails where no caller waits for an answer. */
  readonly tell: Tell
  /** What is wrong with what is stored, if it was read up to that. */
  damage: TrackstatsError | undefined
  /** Fetches the part of the core that reads snapshots and changes and runs trackers. */
  later: () => Promise<Later>
  readonly #metrics: Map<string, MetricState> = new Map()
  /** Metrics whose registration was taken back. */
  readonly #gone: Map<string, MetricState> = new Map()

  constructor(
    { core, later, release }: Instance,
    zone: Zone,
    bigint: boolean,
    now: () => number,
    tell: Tell,
  ) {
    this.#engine = new Engine(core, zone.name, bigint, release)
    this.#pending = new Pending(this.#engine)
    this.#answer = new Answer(core.memory, this.#engine)
    this.#core = core
    this.later = later
    this.tell = tell
    this.zone = zone
    this.bigint = bigint
    this.now = now
  }

  /** A store of its own in the same memory, with one metric and nothing recorded; whoever asks for it closes it. */
  beside(name: string): Context {
    const kind = this.metric(name).isFloat ? 'float' : null
    const instance = { core: this.#core!, later: this.later, release: () => undefined }
    const beside = new Context(instance, this.zone, this.bigint, this.now, this.tell)
    beside.register({ domains: [], metrics: [{ name, kind }] })
    return beside
  }

  /** The engine, with everything in it that was recorded. Not to be kept while something is recorded. */
  get engine(): Engine {
    const pending = this.#pending
    if (pending.length > 0) pending.drain()
    return this.#engine
  }

  /** What the engine read last. */
  get answer(): Answer {
    if (this.#answer === undefined) this.#engine.len()
    return this.#answer!
  }

  /** What numbers metrics and dimensions, which does not depend on the values that wait. */
  get resolver(): Resolver {
    return this.#engine
  }

  /** Where values are put, for the engine to take them when it is next asked. */
  get pending(): Pending {
    if (this.#engine === CLOSED) this.#engine.len()
    return this.#pending
  }

  /** Puts something in the place of the engine and of what values wait in: what refuses to write. */
  shield(engine: Engine, pending: Pending): void {
    this.#engine = engine
    this.#pending = pending
  }

  /** Has all readers read what changed since they last did. */
  drainChanges(): void {
    this.#tell(this.engine.drainChanges())
  }

  /** Makes changes that were made in a copy of the store. */
  takeOver(changes: Uint8Array, from?: ChangeReader): void {
    this.drainChanges()
    this.engine.applyChanges(changes)
    this.#tell(changes, from)
    this.refresh()
    this.onChange(undefined)
  }

  #tell(changes: Uint8Array, from?: ChangeReader): void {
    if (changes.length === 0) return
    for (const reader of this.readers) if (reader !== from) reader(changes)
  }

  /** Takes back what the innermost batch did. */
  rollBack(): void {
    this.#pending.length = 0
    this.engine.batch(2)
    this.relearn()
  }

  /** Takes back the batches that are under way, since the program ends. */
  endBatches(): void {
    for (; this.depth > 0; this.depth--) this.rollBack()
  }

  /** Looks again at what is known of metrics, some of which may not be there any more. */
  relearn(): void {
    this.refresh()
    this.onChange(undefined)
  }

  /** Ends the store for all who had it open, once what is kept is durable; also if that fails. */
  async end(): Promise<void> {
    const ended = this.keeper?.close()
    this.users = 0
    try {
      if (ended !== undefined) await ended
    } finally {
      this.close()
    }
  }

  get isClosed(): boolean {
    return this.#engine === CLOSED
  }

  /** Has all readers begin anew, since the store is another one. */
  restart(): void {
    for (const reader of this.readers) reader(new Uint8Array(0))
  }

  close(): void {
    if (this.isClosed) return
    this.restart()
    this.#engine.free()
    // Nothing may refer to the memory of the module, which is given back while others hold this.
    this.#engine = CLOSED
    this.#pending = CLOSED as unknown as Pending
    this.#answer = undefined
    this.#core = undefined
    this.keeper = undefined
    this.later = () => Promise.reject(new TrackstatsError('closed', 'the store is closed'))
    this.readers.clear()
    // So that asking for a metric asks the engine, which says that it is closed.
    this.#metrics.clear()
  }

  /** The day of today in the zone of the store. */
  today(): number {
    const day = this.zone.dayOf(this.now())
    if (day === day) return day
    throw new TrackstatsError(
      'invalid_date',
      'the clock of the store tells no time of the calendar',
    )
  }

  /** The day of a date, today if it is not given. */
  day(date: unknown): number {
    return date === undefined ? this.today() : dayOfDate(date, this.zone)
  }

  /** The metric of a name. */
  metric(name: string): MetricState {
    return this.#metrics.get(name) ?? this.#meet(name)
  }

  /** The metrics that are known so far. */
  known(): Iterable<MetricState> {
    return this.#metrics.values()
  }

  catalog(): KnownCatalog {
    return this.engine.catalog()
  }

  #meet(name: string): MetricState {
    // Closed stores come first: their catalogue throws.
    this.#learn()
    const found = this.#metrics.get(name)
    if (found !== undefined) return found
    throw new TrackstatsError(
      'unknown_metric',
      `the store knows no metric ${shown(name)}: ${meant(name, this.#metrics.keys())}declare it with defineStats, or register it`,
    )
  }

  /** Registers, and looks again at what is known. */
  register(catalog: EngineCatalog): void {
    this.engine.register(catalog)
    this.refresh()
  }

  /** Looks again at what a registration, an import or SQL may have changed. */
  refresh(): void {
    if (this.#metrics.size > 0) this.#learn()
  }

  /** Takes over what changed of what the engine knows of metrics. */
  #learn(): void {
    for (const { name, kind, by } of this.engine.changedMetrics()) {
      let state = this.#metrics.get(name)
      if (kind === undefined) {
        if (state === undefined) continue
        this.#metrics.delete(name)
        this.#gone.set(name, state)
        state.forget()
        continue
      }
      const isFloat = kind === 'float'
      if (state === undefined) {
        state = this.#gone.get(name) ?? new MetricState(name, isFloat, by)
        // One that comes again may be waited for.
        state.watched ||= this.watchesAll
        this.#metrics.set(name, state)
      }
      state.isFloat = isFloat
      if (by.join('\n') !== state.names.join('\n')) {
        state.names = by
        // Handles that were given by what was declared before are looked up again.
        this.#engine.epoch++
      }
    }
  }
}
