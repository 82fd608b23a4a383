// One vector: its steps in order, and the state at the end.

import { open } from 'trackstats'

import { allRows, dump, holds, row, rows, same, sorted, text } from './state.js'

/** The time before the first `clock` step. */
const START = Date.UTC(2024, 5, 15, 12)

export async function play(vector) {
  const world = { now: START, streams: new Map() }
  const store = await open('memory:', {
    timeZone: vector.settings.time_zone,
    bigint: true,
    now: () => world.now,
  })
  try {
    for (const [number, step] of vector.steps.entries()) {
      try {
        await take(store, world, step)
      } catch (error) {
        throw new Error(`step ${number}, ${step.op}: ${error.message}`, { cause: error })
      }
    }
    const state = dump(store)
    for (const part of ['domains', 'metrics', 'by_date', 'by_date_and_object']) {
      same(`at the end, ${part}`, state[part], vector.final[part])
    }
  } finally {
    await store.close()
  }
}

function take(store, world, step) {
  const streamOf = (name) => {
    if (!world.streams.has(name)) world.streams.set(name, [])
    return world.streams.get(name)
  }
  switch (step.op) {
    case 'clock':
      world.now = Date.parse(step.utc)
      return
    case 'register_domain':
      return store.register({ [step.ref]: { ...titled(step), metrics: {} } })
    case 'register_metric':
      return void store.register({
        name: `${step.domain}.${step.ref}`,
        ...titled(step),
        ...(step.description !== undefined && { description: step.description }),
      })
    case 'insert':
      return void streamOf(step.stream).push(...step.events)
    case 'delete':
      return void world.streams.set(
        step.stream,
        streamOf(step.stream).filter(({ id }) => !step.ids.includes(id)),
      )
    case 'record':
      return takeRecord(store, step)
    case 'track':
      return takeTrack(store, world, streamOf(step.stream), step)
    case 'narrow':
      return same('result', sorted(narrow(store, step).map(row)), step.result)
    case 'most_recent': {
      const newest = store.latestStatistic(filterOf(step))
      return same('result', newest === undefined ? null : row(newest), step.result)
    }
    case 'dump':
      return same('result', dump(store), step.result)
    default:
      throw new Error(`no operation '${step.op}'`)
  }
}

const titled = ({ name }) => (name === undefined ? {} : { title: name })

function takeRecord(store, step) {
  const before = dump(store)
  try {
    record(store, step)
  } catch (error) {
    if (step.error === undefined) throw error
    return same('after a refusal', dump(store), before)
  }
  if (step.error !== undefined) {
    throw new Error(`${text(step.value)} was stored and should be refused`)
  }
  if (!rows(store, step.store).map(text).includes(text(step.result))) {
    throw new Error(`no row ${text(step.result)}`)
  }
}

function record(store, { metric, period, value, date, object, increment }) {
  const by = object === undefined ? {} : { [object[0]]: object[1] }
  const name = period.toLowerCase()
  if (increment === true) store.increment(metric, value, { period: name, by, date })
  else store.record(metric, name, value, { by, date })
}

async function takeTrack(store, world, events, step) {
  const clock = await open('memory:', { timeZone: step.zone, now: () => world.now })
  same('today', clock.today, step.today)
  await clock.close()
  const before = new Set(allRows(store).map(text))
  const report = await store.track(step.metric, step.period.toLowerCase(), events, {
    ...aggregate(step.aggr),
    time: ({ day, at }) => day ?? at,
    timeZone: step.zone,
    by: step.by === undefined ? undefined : { [step.by[0]]: ({ [step.by[1]]: value }) => value },
    object: step.object === undefined ? undefined : { [step.object[0]]: step.object[1] },
    filter: step.filter === undefined ? undefined : (event) => passes(event, step.filter),
  })
  const wrote = allRows(store).filter((one) => !before.has(text(one)))
  same('wrote', sorted(wrote), sorted(step.wrote))
  const { undated, future, noObject, earlier: late } = report
  const skipped = Object.entries({ undated, future, no_object: noObject, late })
  same('skipped', Object.fromEntries(skipped.filter(([, count]) => count > 0)), step.skipped)
  same('written', report.written, wrote.length)
}

const AGGREGATES = { count_distinct: 'distinct', sum: 'sum', min: 'minimum', max: 'maximum' }

const aggregate = (aggr) => (aggr === undefined ? {} : { [AGGREGATES[aggr[0]]]: aggr[1] })

const COMPARE = {
  eq: (left, right) => left === right,
  gt: (left, right) => left > right,
  gte: (left, right) => left >= right,
  lt: (left, right) => left < right,
  lte: (left, right) => left <= right,
}

function passes(event, [field, operator, value]) {
  const held = event[field]
  return typeof held === 'number' && COMPARE[operator](held, value)
}

/** The filter of a step, among statistics of its table. */
function filterOf({ store, args }) {
  const { metric, metrics, period, date, from_date: from, to_date: to } = args
  const filter = {
    metric: metrics ?? metric,
    period: period?.toLowerCase(),
    ...range(date, from, to),
    objects: args.objects ?? (args.object === undefined ? undefined : [args.object]),
    objectType: args.object_type,
  }
  return store === 'by_date' ? { ...filter, splitBy: [] } : filter
}

/** All that is given has to hold; dates sort as texts do. */
function range(date, from, to) {
  const firsts = [date, from].filter((one) => one !== undefined).sort()
  const lasts = [date, to].filter((one) => one !== undefined).sort()
  return { from: firsts.at(-1), to: lasts[0] }
}

function narrow(store, step) {
  return store.statistics(filterOf(step)).filter(holds[step.store])
}
