// The class `Engine` of the core module, with its questions as methods.
//
// What is called often is inherited from the class that the binder writes, and goes into the module
// without a detour. All else is a question as bytes, so that the module reads and makes no object. An
// error is a JavaScript `Error` whose `name` is the code.

import type * as bound from '#bound/core'

import type {
  AskedBreakdown,
  Engine,
  EngineBreakdown,
  EngineCatalog,
  EngineClass,
  EngineFilter,
  EngineShape,
  Entries,
  KnownCatalog,
  ListedSeries,
  NewestStatistic,
  EngineRun,
  EngineReport,
} from './engine-types.js'
import {
  AGGREGATES,
  AGGREGATIONS,
  BUCKETS,
  FILLS,
  KINDS,
  PERIODS,
  WEEKDAYS,
  numberOf,
} from './names.js'
import { Reply, Request } from './wire.js'

function fault(code: string, message: string): Error {
  const error = new Error(message)
  error.name = code
  return error
}

function optional(
  names: readonly string[],
  name: string | null | undefined,
  what: string,
): number | undefined {
  return name === null || name === undefined ? undefined : numberOf(names, name, what)
}

/** The questions in the order of their numbers. */
const QUESTIONS = {
  open: 0,
  register: 1,
  catalog: 2,
  resolve: 3,
  find: 4,
  readShaped: 5,
  breakdown: 6,
  listSeries: 7,
  latestStatistic: 8,
  delete: 9,
  keepDays: 10,
  recordAll: 11,
  recordAllBigints: 12,
  track: 13,
  snapshot: 14,
  takeChanges: 15,
  applyChanges: 16,
  recordEach: 17,
} as const

/** The class over the one that the binder wrote, for one instance of the module. */
export function engineOver(Bound: typeof bound.Engine, memory: WebAssembly.Memory): EngineClass {
  return class extends Bound implements Engine {
    constructor(zone: string, bigint: boolean, snapshot?: Uint8Array | null) {
      super()
      const request = new Request()
        .text(zone)
        .flag(bigint)
        .flag(snapshot instanceof Uint8Array)
      try {
        this.#ask('open', snapshot ? request.raw(snapshot) : request)
      } catch (error) {
        this.free()
        throw error
      }
    }

    #ask(question: keyof typeof QUESTIONS, request: Request = new Request()): Reply {
      const { length } = request
      // The memory may grow, and is looked at after that.
      const to = super.request(length) >>> 0
      request.copyTo(new Uint8Array(memory.buffer, to, length))
      const at = super.ask(QUESTIONS[question]) >>> 0
      if (at === 0) throw this.takeError()
      return new Reply(memory, at, super.replyLength())
    }

    takeError(): Error | undefined {
      const at = super.askError() >>> 0
      if (at === 0) return undefined
      const reply = new Reply(memory, at, super.replyLength())
      return fault(reply.text(), reply.text())
    }

    register(catalog: EngineCatalog): void {
      const request = new Request()
      request.list(catalog.domains, ({ ref, title, description }) =>
        request.text(ref).text(title).text(description),
      )
      request.list(catalog.metrics, ({ name, title, description, kind, by }) =>
        request
          .text(name)
          .text(title)
          .text(description)
          .number(optional(KINDS, kind, 'kind'))
          .texts(by),
      )
      this.#ask('register', request)
    }

    catalog(): KnownCatalog {
      const reply = this.#ask('catalog')
      const text = (): string => reply.text()
      return {
        domains: reply.list(() => ({ ref: text(), title: text(), description: text() })),
        metrics: reply.list(() => ({
          name: text(),
          title: text(),
          description: text(),
          kind: KINDS[reply.number()] ?? 'integer',
          by: reply.texts(),
        })),
      }
    }

    resolve(metric: string, dimensions: readonly string[]): number {
      return this.#ask('resolve', new Request().text(metric).texts(dimensions)).number()
    }

    find(metric: string, dimensions: readonly string[]): number {
      return this.#ask('find', new Request().text(metric).texts(dimensions)).number()
    }

    readShaped(
      handle: number,
      period: number,
      first: number,
      last: number,
      shape: EngineShape,
    ): void {
      const request = new Request()
        .number(handle)
        .number(period)
        .number(first)
        .number(last)
        .number(optional(FILLS, shape.fill, 'fill'))
        .number(shape.rolling)
        .number(optional(AGGREGATES, shape.rollingBy, 'aggregate'))
        .flag(shape.cumulative)
        .number(optional(BUCKETS, shape.bucket, 'bucket'))
        .number(optional(WEEKDAYS, shape.weekStart, 'day of the week'))
        .number(optional(AGGREGATES, shape.bucketBy, 'aggregate'))
      this.#ask('readShaped', request)
    }

    breakdown<V>(asked: AskedBreakdown): EngineBreakdown<V> {
      const request = new Request()
        .text(asked.metric)
        .number(asked.period)
        .texts(asked.by)
        .pairs(asked.at)
        .number(asked.first)
        .number(asked.last)
        .number(asked.limit)
        .number(optional(AGGREGATES, asked.aggregate, 'aggregate'))
      const reply = this.#ask('breakdown', request)
      return {
        parts: reply.list(() => ({ at: reply.texts(), value: reply.value() as V })),
        other: reply.value() as V | null,
        otherCount: reply.number(),
      }
    }

    listSeries(filter: EngineFilter): ListedSeries[] {
      const reply = this.#ask('listSeries', filtered(filter))
      return reply.list(() => ({
        metric: reply.text(),
        period: PERIODS[reply.number()]!,
        by: reply.pairs(),
        handle: reply.number(),
      }))
    }

    latestStatistic(filter: EngineFilter): NewestStatistic | undefined {
      const reply = this.#ask('latestStatistic', filtered(filter))
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
      return this.#ask('delete', filtered(filter)).number()
    }

    keepDays(filter: EngineFilter, days: number): number {
      return this.#ask('keepDays', filtered(filter).number(days)).number()
    }

    recordAll(
      handle: number,
      period: number,
      days: Int32Array,
      values: Float64Array,
      integers: boolean,
    ): void {
      const request = new Request().flag(integers).number(handle).number(period)
      this.#ask('recordAll', request.column(days).column(values))
    }

    recordEach(handles: Uint32Array, places: Int32Array, values: Float64Array): void {
      this.#ask('recordEach', new Request().column(handles).column(places).column(values))
    }

    recordAllBigints(
      handle: number,
      period: number,
      days: Int32Array,
      values: BigInt64Array,
    ): void {
      const request = new Request().number(handle).number(period)
      this.#ask('recordAllBigints', request.column(days).column(values))
    }

    append(
      columns: number,
      column: number,
      { buffer, byteOffset, byteLength, length }: Entries,
    ): void {
      // The memory may grow, and is looked at after that.
      const at = super.extendColumn(columns, column, length) >>> 0
      new Uint8Array(memory.buffer, at, byteLength).set(
        new Uint8Array(buffer, byteOffset, byteLength),
      )
    }

    track(options: EngineRun, handles: Uint32Array, columns: number): EngineReport[] {
      const request = new Request().text(options.metric)
      request
        .list(options.periods, (period) => request.number(period))
        .number(numberOf(AGGREGATIONS, options.aggregation, 'aggregation'))
        .flag(options.each)
        .number(options.today)
        .number(options.lookBack)
        .number(options.first)
        .number(options.last)
        .flag(options.recompute)
        .column(handles)
        .number(columns)
      const reply = this.#ask('track', request)
      const number = (): number => reply.number()
      return reply.list(() => {
        const report: EngineReport = {
          events: number(),
          created: number(),
          changed: number(),
          unchanged: number(),
          written: number(),
          undated: number(),
          future: number(),
          late: number(),
          noObject: number(),
          oldestLate: number(),
        }
        if (Number.isNaN(report.oldestLate)) report.oldestLate = null
        return report
      })
    }

    snapshot(): Uint8Array {
      return this.#ask('snapshot').bytes.slice()
    }

    takeChanges(): Uint8Array {
      return this.#ask('takeChanges').bytes.slice()
    }

    applyChanges(changes: Uint8Array): void {
      this.#ask('applyChanges', new Request().raw(changes))
    }
  }
}

function filtered(filter: EngineFilter): Request {
  const request = new Request().texts(filter.metrics)
  return request
    .list(filter.periods, (period) => request.number(numberOf(PERIODS, period, 'period')))
    .number(filter.first)
    .number(filter.last)
    .pairs(filter.objects)
    .text(filter.objectType)
    .pairs(filter.at)
    .texts(filter.splitBy)
}
