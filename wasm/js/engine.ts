// A store in the core module, with its questions as methods.
//
// What is called often goes into the module as numbers. All else is a question as bytes, so that the
// module reads and makes no object.

import type * as bound from '#bound/core'

import type {
  AskedBreakdown,
  ChangedMetric,
  EngineBreakdown,
  EngineCatalog,
  EngineFilter,
  EngineReport,
  EngineRun,
  EngineShape,
  Column,
  Entries,
  KnownCatalog,
  ListedSeries,
  NewestStatistic,
  RefusedChanges,
} from './engine-types.js'
import { type ErrorCode, TrackstatsError } from './error.js'
import { AGGREGATES, PERIODS } from './names.js'
import {
  LATER,
  QUESTIONS,
  READS,
  catalogIn,
  changedIn,
  filtered,
  optional,
  partsOf,
  registered,
  reportsIn,
  runOf,
  shaped,
} from './questions.js'
import { Reply, Request } from './wire.js'

/** What the core module exports. */
export type Core = Omit<typeof bound, 'askLater'>

/** What the module exports that works in the memory of the core. */
export type Later = Pick<typeof bound, 'askLater'>

/** Frees what nobody can reach any more. */
const abandoned = new FinalizationRegistry<() => void>((free) => free())

/** The number of a day, a period and whether a metric holds floats. */
export function placeOf(day: number, period: number, isFloat: boolean): number {
  return (day << 4) | (period << 1) | (isFloat ? 1 : 0)
}

/** What is asked with a question that needs nothing else. */
const NOTHING = new Request()

/** A store in memory, by numbers; what it throws is an error of ours. */
export class Engine {
  readonly #core: Core
  /** The number of this one in the module. */
  readonly #number: number
  readonly #free: () => void
  #version = 0
  /** Another number once the handles that were given are of no more use. */
  epoch = 0
  /** Called after everything that may have changed what is stored. */
  onWrite: () => void = () => undefined
  /** What reads snapshots and changes and runs trackers, once it was fetched. */
  later: Later | undefined

  constructor(core: Core, zone: string, bigint: boolean, released: () => void = () => undefined) {
    const number = core.make()
    this.#core = core
    this.#number = number
    this.#free = () => {
      core.free(number)
      released()
    }
    abandoned.register(this, this.#free, this)
    this.#ask(QUESTIONS.open, new Request().text(zone).flag(bigint))
  }

  /** Another number after everything that may have changed what is stored. */
  get version(): number {
    return this.#version
  }

  set version(version: number) {
    this.#version = version
    this.onWrite()
  }

  /** Ends it; nothing is to be asked of it afterwards. */
  free(): void {
    abandoned.unregister(this)
    this.#free()
  }

  #ask(question: number, request: Request = NOTHING): Reply {
    const core = this.#core
    if (!READS.has(question)) this.version++
    this.#write(request)
    const at = core.ask(this.#number, question) >>> 0
    if (at === 0) {
      // Only a module that trapped has no answer even to this.
      if (question === QUESTIONS.takeError)
        throw new TrackstatsError('aborted', 'the store broke down')
      this.#fail()
    }
    return new Reply(core.memory, at, core.replyLength(this.#number))
  }

  #askLater(question: number, request: Request, changes = true): Reply {
    const { later } = this
    // Whoever asks has fetched it.
    if (later === undefined) throw new TrackstatsError('aborted', 'a part was not fetched')
    if (changes) this.version++
    this.#write(request)
    const at = later.askLater(this.#number, question) >>> 0
    if (at === 0) this.#fail()
    return new Reply(this.#core.memory, at, this.#core.replyLength(this.#number))
  }

  #write(request: Request): void {
    const core = this.#core
    const { length } = request
    // The memory may grow, and is looked at after that.
    const to = core.request(this.#number, length) >>> 0
    if (length > 0) request.copyTo(new Uint8Array(core.memory.buffer, to, length))
  }

  /** Throws the error of the call that answered 0 or NaN. */
  #fail(): never {
    const reply = this.#ask(QUESTIONS.takeError)
    throw new TrackstatsError(reply.text() as ErrorCode, reply.text())
  }

  /** The number of statistics. */
  len(): number {
    return this.#core.len(this.#number)
  }

  /** Records a value at a place; NaN is null. */
  record(handle: number, place: number, value: number): void {
    this.version++
    if (!this.#core.record(this.#number, handle, place, value)) this.#fail()
  }

  recordBigint(handle: number, place: number, value: bigint): void {
    this.version++
    if (!this.#core.recordBigint(this.#number, handle, place, value)) this.#fail()
  }

  add(handle: number, place: number, amount: number): void {
    this.version++
    if (!this.#core.add(this.#number, handle, place, amount)) this.#fail()
  }

  addBigint(handle: number, place: number, amount: bigint): void {
    this.version++
    if (!this.#core.addBigint(this.#number, handle, place, amount)) this.#fail()
  }

  /** The address of what was read last; it never changes. */
  answerAt(): number {
    return this.#core.answerAt(this.#number) >>> 0
  }

  /** Reads the stored points. */
  read(handle: number, period: number, first: number, last: number): void {
    if (!this.#core.read(this.#number, handle, period, first, last)) this.#fail()
  }

  /** Reads the newest stored point. */
  latest(handle: number, period: number, first: number, last: number): void {
    if (!this.#core.latest(this.#number, handle, period, first, last)) this.#fail()
  }

  /** The sum of the values; how many there are is in the answer. */
  total(handle: number, period: number, first: number, last: number): number {
    const sum = this.#core.total(this.#number, handle, period, first, last)
    return sum === sum ? sum : this.#fail()
  }

  /** The last sum of integers, in 64 bits. */
  exactSum(): bigint {
    return this.#core.exactSum(this.#number)
  }

  register(catalog: EngineCatalog): void {
    this.#ask(QUESTIONS.register, registered(catalog))
  }

  catalog(): KnownCatalog {
    return catalogIn(this.#ask(QUESTIONS.catalog))
  }

  /** The metrics whose registration, kind or dimensions changed since this was last asked. */
  changedMetrics(): ChangedMetric[] {
    return changedIn(this.#ask(QUESTIONS.changedMetrics))
  }

  /** The number of a metric at values of dimensions, given as names and values in turn. */
  resolve(metric: string, dimensions: readonly string[]): number {
    return this.#ask(QUESTIONS.resolve, new Request().text(metric).texts(dimensions)).number()
  }

  /** As `resolve`, but makes nothing: 4294967295 where nothing was recorded; throws for a period of parts only. */
  find(metric: string, dimensions: readonly string[], period?: number): number {
    const at = new Request().text(metric).texts(dimensions).number(period)
    return this.#ask(QUESTIONS.find, at).number()
  }

  readShaped(
    handle: number,
    period: number,
    first: number,
    last: number,
    shape: EngineShape,
  ): void {
    const at = new Request().number(handle).number(period).number(first).number(last)
    this.#ask(QUESTIONS.readShaped, shaped(at, shape))
  }

  breakdown<V>(asked: AskedBreakdown): EngineBreakdown<V> {
    const request = partsOf(asked).number(optional(AGGREGATES, asked.aggregate, 'aggregate'))
    const reply = this.#ask(QUESTIONS.breakdown, request)
    return {
      parts: reply.list(() => ({ at: reply.texts(), value: reply.value() as V })),
      other: reply.value() as V | null,
      otherCount: reply.number(),
      splitBy: reply.texts(),
    }
  }

  /** The series that a filter chooses, with handles until the list is forgotten. */
  listSeries(filter: EngineFilter): ListedSeries[] {
    const reply = this.#ask(QUESTIONS.listSeries, filtered(filter))
    return reply.list(() => ({
      metric: reply.text(),
      period: PERIODS[reply.number()]!,
      by: reply.pairs(),
      handle: reply.number(),
    }))
  }

  forgetListed(): void {
    this.#ask(QUESTIONS.forgetListed)
  }

  latestStatistic(filter: EngineFilter): NewestStatistic | undefined {
    const reply = this.#ask(QUESTIONS.latestStatistic, filtered(filter))
    if (reply.bytes.length === 0) return undefined
    return {
      metric: reply.text(),
      period: PERIODS[reply.number()]!,
      by: reply.pairs(),
      day: reply.number(),
      value: reply.value(),
    }
  }

  delete(filter: EngineFilter): number {
    return this.#deleted(QUESTIONS.delete, filtered(filter))
  }

  #deleted(question: number, request: Request): number {
    const deleted = this.#ask(question, request).number()
    this.#giveBack()
    return deleted
  }

  /** Gives back what was deleted, where it is much; handles are to be looked up again then. */
  #giveBack(): void {
    if (this.#ask(QUESTIONS.giveBack).number() === 1) this.epoch++
  }

  retainDays(filter: EngineFilter, days: number, today: number): number {
    return this.#deleted(QUESTIONS.retainDays, filtered(filter).number(days).number(today))
  }

  /** All or none; NaN is null. */
  recordAll(
    handle: number,
    period: number,
    days: Int32Array,
    values: Float64Array,
    integers: boolean,
  ): void {
    const request = new Request().flag(integers).number(handle).number(period)
    this.#ask(QUESTIONS.recordAll, request.column(days).column(values))
  }

  /** Each at a handle and a place; NaN is null. */
  recordEach(handles: Uint32Array, places: Int32Array, values: Float64Array): void {
    this.#ask(QUESTIONS.recordEach, new Request().column(handles).column(places).column(values))
  }

  recordAllBigints(handle: number, period: number, days: Int32Array, values: BigInt64Array): void {
    const request = new Request().number(handle).number(period)
    this.#ask(QUESTIONS.recordAllBigints, request.column(days).column(values))
  }

  /** Begins columns of events, and answers their number. */
  beginColumns(): number {
    return this.#core.beginColumns(this.#number)
  }

  /**
   * Appends to one of the columns of that number: 0 days, 1 objects, 2 values, 3 the values in 64 bits from
   * the first such on, 4 items, 5 for how many events each day stands, if not for one.
   */
  append(columns: number, column: Column, entries: Entries): void {
    const core = this.#core
    const { buffer, byteOffset, byteLength, length } = entries
    // The memory may grow, and is looked at after that.
    const at = core.extendColumn(this.#number, columns, column, length) >>> 0
    const given = new Uint8Array(buffer, byteOffset, byteLength)
    new Uint8Array(core.memory.buffer, at, byteLength).set(given)
  }

  /** Forgets columns that were not tracked. */
  dropColumns(columns: number): void {
    this.#core.dropColumns(this.#number, columns)
  }

  /** Computes the rows of columns, which are gone then. */
  track(options: EngineRun, handles: Uint32Array, columns: number): EngineReport[] {
    return reportsIn(this.#askLater(LATER.track, runOf(options, handles, columns)))
  }

  /** The first day whose events a run needs; none if it needs all. */
  needed(options: EngineRun, handles: Uint32Array): number | undefined {
    const day = this.#askLater(LATER.needed, runOf(options, handles), false).number()
    return day === day ? day : undefined
  }

  snapshot(): Uint8Array {
    return this.#ask(QUESTIONS.snapshot).bytes.slice()
  }

  /** From now on, remembers every change until it is taken. */
  captureChanges(): void {
    this.#ask(QUESTIONS.captureChanges)
  }

  /** What changed since; nothing if it was not remembered. */
  drainChanges(): Uint8Array {
    if (this.later === undefined) return new Uint8Array(0)
    const changes = this.#askLater(LATER.drainChanges, NOTHING, false).bytes.slice()
    if (changes.length > 0) this.#giveBack()
    return changes
  }

  /** Becomes the store that was written down as a snapshot, in the zone of that name; up to the damage, if it is damaged. */
  restore(zone: string, bigint: boolean, snapshot: Uint8Array, isDamaged = false): void {
    this.epoch++
    const question = isDamaged ? LATER.restoreReadable : LATER.restore
    this.#askLater(question, new Request().text(zone).flag(bigint).raw(snapshot))
  }

  applyChanges(changes: Uint8Array): void {
    this.#askLater(LATER.applyChanges, new Request().raw(changes))
  }

  /** Begins a batch (0), or ends the innermost one and keeps it (1) or takes it back (2). */
  batch(step: 0 | 1 | 2): void {
    this.#ask(QUESTIONS.batch, new Request().number(step))
    if (step === 2) this.epoch++
  }

  /** Holds changes from now on, settles the first so many, and answers how many are held. */
  hold(settled: number): number {
    const held = this.#ask(QUESTIONS.hold, new Request().number(settled)).number()
    if (settled > 0) this.#giveBack()
    return held
  }

  /** Puts a snapshot, and the changes of others, before those that are held; answers what is left out. */
  rebase(
    snapshot: Uint8Array | undefined,
    others: readonly Uint8Array[],
    own: readonly Uint8Array[],
  ): RefusedChanges[] {
    this.epoch++
    const request = new Request()
    if (snapshot === undefined) request.number(undefined)
    else request.column(snapshot)
    request.list(others, (changes) => request.column(changes))
    request.list(own, (changes) => request.column(changes))
    const reply = this.#askLater(LATER.rebase, request)
    return reply.list(() => ({ place: reply.number(), code: reply.text(), text: reply.text() }))
  }
}
