// Every method of the package with arguments that it takes.

import { Series, defineStats, startOfDay, startOfHour, open, snapshotInfo } from 'trackstats'

export const stats = defineStats({
  shop: {
    title: 'Shop',
    metrics: {
      orders: 'Orders',
      revenue: { kind: 'float' },
      sales: { by: ['country', 'province'] },
    },
  },
})

export const NOW = Date.UTC(2026, 10, 23, 12)

const by = { country: 'NL', province: 'Utrecht' }
const date = '2026-11-23'
const from = '2026-11-01'
const to = '2026-11-30'
const DAYS = Int32Array.of(20_000, 20_001)

/** Options of every kind that a series takes. */
const shape = {
  from,
  to,
  fill: 0,
  rolling: { days: 7, aggregate: 'sum' },
  bucket: { span: 'week', aggregate: 'sum', weekStart: 'monday' },
}

/** Events as a caller may have them. */
const events = [
  { at: NOW, country: 'NL', province: 'Utrecht', amount: 3 },
  { at: new Date(NOW - 86_400_000), country: 'BE', province: 1n, amount: null },
  { at: '2026-11-20', country: null, province: 2, amount: 2 },
]

const tracked = {
  time: 'at',
  by: { country: 'country' },
  sum: 'amount',
  lookBack: 3,
  from,
  to,
  timeZone: 'UTC',
}

const query = { metric: 'shop.orders', period: 'day', ...shape }

const filter = {
  metric: ['shop.orders'],
  period: ['day', 'week'],
  from,
  to,
  by: { country: 'NL' },
  objects: [['country', 'NL']],
  objectType: 'country',
  splitBy: ['country'],
}

/** Reads a subscription and ends it. */
const ended = (end) => typeof end === 'function' && end()

/**
 * The calls, each with a name, arguments that are taken, and what makes the call with others. `self` is
 * what the method is called on.
 */
export const CALLS = [
  method('record', ['shop.orders', 'day', 3, { date }]),
  method('record', ['shop.sales', 'week', 3n, { by, date: new Date(NOW) }]),
  method('increment', ['shop.orders', 2, { date, period: 'day' }]),
  method('increment', ['shop.sales', 2, { by, date, period: 'week' }]),
  method('value', ['shop.sales', 'day', { by, date }]),
  method('series', ['shop.orders', 'day', shape]),
  method('series', [
    ['shop.orders', 'shop.revenue'],
    'day',
    { ...shape, cumulative: true, rolling: undefined },
  ]),
  method('latest', ['shop.sales', 'day', { by, from, to }]),
  method('total', ['shop.sales', 'day', { by, from, to }]),
  method('compare', ['shop.sales', 'day', { by, from, to }]),
  method('breakdown', [
    'shop.sales',
    'day',
    { by: ['country'], where: { province: 'Utrecht' }, from, to, limit: 3, aggregate: 'sum' },
  ]),
  method('breakdown', ['shop.sales', 'day', { by: 'country', on: date }]),
  method('seriesBy', [
    'shop.sales',
    'day',
    { by: ['country'], where: { province: 'Utrecht' }, limit: 3, ...shape },
  ]),
  method('seriesBy', ['shop.sales', 'day', { by: 'country', cumulative: true }]),
  method('statistics', [filter]),
  method('latestStatistic', [filter]),
  method('delete', [filter]),
  method('retainDays', [filter, 3]),
  method('register', [
    { name: 'shop.other', title: 'Other', description: '', kind: 'integer', by: ['a'] },
  ]),
  method('register', [
    { other: { title: 'Other', metrics: { one: 'One', two: { by: 'a', kind: 'float' } } } },
  ]),
  method('track', ['shop.sales', 'day', events, tracked]),
  method('track', [
    'shop.sales',
    'week',
    new Set(events),
    {
      time: (one) => one?.at,
      by: { country: (one) => one?.country, province: (one) => one?.province },
      distinct: (one) => one?.amount,
      filter: (one) => one?.amount !== 3,
      recompute: true,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    },
  ]),
  method('track', ['shop.orders', ['day'], () => events, { time: 'at', since: '2026-11-01' }]),
  method('trackAll', [
    [
      { metric: 'shop.orders', periods: 'day', time: 'at' },
      { metric: 'shop.sales', periods: ['day', 'week'], ...tracked },
    ],
    ({ since }) => events.filter(({ at }) => at >= since),
    { since: '2026-11-01', signal: new AbortController().signal, onProgress: () => undefined },
  ]),
  method('neededSince', ['shop.sales', ['day', 'week'], tracked]),
  method('neededSince', ['shop.orders', 'month']),
  method('trackColumns', [
    'shop.sales',
    'day',
    { time: DAYS, by: { country: ['NL', 'BE'] }, sum: [1, 2], object: { province: 'U' } },
    { from, to, lookBack: 2, recompute: true },
  ]),
  method('trackColumns', ['shop.orders', 'day', { time: [NOW, date], distinct: ['a', 2] }, {}]),
  method('subscribe', [query, () => undefined], ended),
  method('subscribe', [query, () => undefined, { onError: () => undefined }], ended),
  method('refresh', []),
  method('live', [query], (live) => live.getSnapshot()),
  method('live', [() => 1], (live) => live.getSnapshot()),
  method('import', [
    '{}',
    {
      format: 'jsonl',
      skipBadLines: true,
      anyTimeZone: true,
      contentTypes: [[1, 'a', 'b']],
      objectTypes: [['a', 'b', 'c']],
      onProgress: () => undefined,
      signal: new AbortController().signal,
    },
  ]),
  method('import', [['date,value\n'], { format: 'csv' }]),
  method('export', [{ format: 'csv', ...filter }]),
  method('exportBytes', [{ format: 'jsonl', metric: 'shop.orders' }]),
  method('snapshot', []),
  method('flush', []),
  method('metric', ['shop.sales'], (metric) => metric.name),
  method('sql', ['SELECT * FROM statistic_by_date WHERE metric = $1', ['orders']]),
  method('sql', [['SELECT * FROM domain WHERE ref = ', ''], 'shop']),
  method('sql', ['SELECT 1', [], { signal: new AbortController().signal }]),
  handle('at', [by]),
  handle('record', ['day', 3, date]),
  handle('recordAll', ['day', Float64Array.of(1, 2), DAYS]),
  handle('recordAll', ['day', [1, null], [date, new Date(NOW)]]),
  handle('recordAll', ['day', BigInt64Array.of(1n, 2n), DAYS]),
  handle('increment', [2, date, 'day']),
  handle('value', ['day', date]),
  handle('series', ['day', shape]),
  handle('seriesBy', [
    'day',
    { by: 'country', where: { province: 'Utrecht' }, limit: 3, ...shape },
  ]),
  handle('latest', ['day', { from, to }]),
  handle('total', ['day', { from, to }]),
  handle('compare', ['day', { from, to }]),
  read('at', [0]),
  read('get', [date]),
  read('toArray', []),
  read('toJSON', []),
  {
    name: 'live.subscribe',
    good: [() => undefined, { onError: () => undefined }],
    self: ({ store }) => store.live(query),
    call: (live, args) => ended(live.subscribe(...args)),
  },
  {
    name: 'open',
    good: [
      'memory:',
      {
        stats,
        timeZone: 'UTC',
        bigint: false,
        now: () => NOW,
        onError: () => undefined,
        sqlLimits: { read: 1, returned: 1, held: 1, time: 1 },
      },
    ],
    self: () => undefined,
    call: async (_, args) => (await open(...args)).close(),
  },
  free('defineStats', defineStats, [
    { shop: { title: 'Shop', metrics: { orders: { kind: 'float', by: ['a'] } } } },
  ]),
  free('Series.from', Series.from, [
    { length: 2, days: DAYS, values: Float64Array.of(1, 2), nulls: Int32Array.of(20_001) },
  ]),
  free('startOfDay', startOfDay, [date, 'Europe/Amsterdam']),
  free('startOfHour', startOfHour, [new Date(NOW), 'Europe/Amsterdam']),
  free('snapshotInfo', snapshotInfo, [new TextEncoder().encode('TKST\u0001\u0003UTC')]),
]

function method(name, good, then = (answer) => answer) {
  return {
    name,
    good,
    self: ({ store }) => store,
    call: (store, args) => then(store[name](...args)),
  }
}

function handle(name, good) {
  return {
    name: `metric.${name}`,
    good,
    self: ({ store }) => store.metric('shop.sales').at(by),
    call: (metric, args) => metric[name](...args),
  }
}

function read(name, good) {
  return {
    name: `series.${name}`,
    good,
    self: ({ series }) => series,
    call: (series, args) => series[name](...args),
  }
}

function free(name, call, good) {
  return { name, good, self: () => undefined, call: (_, args) => call(...args) }
}
