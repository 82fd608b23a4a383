// What the core module is asked as bytes; see `engine.ts`.

import type {
  AskedBreakdown,
  ChangedMetric,
  EngineCatalog,
  EngineFilter,
  EngineReport,
  EngineRun,
  EngineShape,
  KnownCatalog,
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
import { type Reply, Request } from './wire.js'

/** The questions in the order of their numbers. */
export const QUESTIONS = {
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
  retainDays: 10,
  recordAll: 11,
  recordAllBigints: 12,
  snapshot: 13,
  recordEach: 14,
  captureChanges: 15,
  forgetListed: 16,
  batch: 17,
  hold: 18,
  giveBack: 19,
  changedMetrics: 20,
  takeError: 255,
} as const

/** Those of the module that is fetched later. */
export const LATER = {
  restore: 0,
  applyChanges: 1,
  rebase: 2,
  track: 3,
  restoreReadable: 4,
  needed: 5,
  drainChanges: 6,
} as const

/** The questions that change nothing. */
export const READS: ReadonlySet<number> = new Set([
  QUESTIONS.catalog,
  QUESTIONS.changedMetrics,
  QUESTIONS.find,
  QUESTIONS.readShaped,
  QUESTIONS.breakdown,
  QUESTIONS.listSeries,
  QUESTIONS.latestStatistic,
  QUESTIONS.snapshot,
  QUESTIONS.captureChanges,
  QUESTIONS.hold,
  QUESTIONS.giveBack,
  QUESTIONS.forgetListed,
  QUESTIONS.takeError,
])

export function optional(
  names: readonly string[],
  name: string | null | undefined,
  what: string,
): number | undefined {
  return name === null || name === undefined ? undefined : numberOf(names, name, what)
}

export function filtered(filter: EngineFilter): Request {
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

/** The parts of a metric that are asked for. */
export function partsOf(asked: AskedBreakdown): Request {
  return new Request()
    .text(asked.metric)
    .number(asked.period)
    .texts(asked.by)
    .pairs(asked.where)
    .number(asked.first)
    .number(asked.last)
    .number(asked.limit)
}

/** What is to be registered. */
export function registered(catalog: EngineCatalog): Request {
  const request = new Request()
  request.list(catalog.domains, ({ reference, title, description }) =>
    request.text(reference).text(title).text(description),
  )
  return request.list(catalog.metrics, ({ name, title, description, kind, by }) =>
    request
      .text(name)
      .text(title)
      .text(description)
      .number(optional(KINDS, kind, 'kind'))
      .texts(by),
  )
}

/** The shape that a series is read in. */
export function shaped(request: Request, shape: EngineShape): Request {
  return request
    .number(optional(FILLS, shape.fill, 'fill'))
    .number(shape.rolling)
    .number(optional(AGGREGATES, shape.rollingAggregate, 'aggregate'))
    .flag(shape.cumulative)
    .number(optional(BUCKETS, shape.bucket, 'bucket'))
    .number(optional(WEEKDAYS, shape.weekStart, 'day of the week'))
    .number(optional(AGGREGATES, shape.bucketAggregate, 'aggregate'))
}

/** A run of a tracker, over columns if they are there. */
export function runOf(options: EngineRun, handles: Uint32Array, columns?: number): Request {
  const request = new Request().text(options.metric)
  const { keys } = options
  request
    .list(options.periods, (period) => request.number(period))
    .number(numberOf(AGGREGATIONS, options.aggregation, 'aggregation'))
    .number(options.today)
    .number(options.lookBack)
    .number(options.first)
    .number(options.last)
    .flag(options.recompute)
    .number(options.since)
    .list(options.dimensions, ([name, value]) => request.text(name).text(value))
    .column(handles)
    .number(columns)
    .text(keys?.name)
  if (keys !== undefined) request.flag(keys.signed).texts(keys.fixed)
  return request
}

/** The reports of a run. */
export function reportsIn(reply: Reply): EngineReport[] {
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
      earlier: number(),
      late: number(),
      noObject: number(),
      oldestLate: number(),
      lookBack: number(),
      neededSince: number(),
      outdated: reply.list(number),
    }
    for (const key of ['oldestLate', 'lookBack', 'neededSince'] as const) {
      if (Number.isNaN(report[key])) report[key] = null
    }
    return report
  })
}

export function catalogIn(reply: Reply): KnownCatalog {
  const text = (): string => reply.text()
  return {
    domains: reply.list(() => ({ reference: text(), title: text(), description: text() })),
    metrics: reply.list(() => ({
      name: text(),
      title: text(),
      description: text(),
      kind: KINDS[reply.number()] ?? 'integer',
      by: reply.texts(),
    })),
  }
}

/** Metrics that changed; of those that are not there any more, the name alone. */
export function changedIn(reply: Reply): ChangedMetric[] {
  const changed: ChangedMetric[] = []
  while (!reply.isRead) {
    const name = reply.text()
    const kind = KINDS[reply.number()]
    changed.push({ name, kind, by: kind === undefined ? [] : reply.texts() })
  }
  return changed
}
