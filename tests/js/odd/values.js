// Odd arguments.

import { chosen } from './random.js'

/** What a getter or a callback of ours throws, which the package has to pass on as it is. */
export class Own extends Error {}

/** Things that are thrown by our own code, also what is no error. */
export const thrown = [new Own('thrown by the caller'), 'a text that is thrown', undefined, null, 7]

export function isOwn(error) {
  return error instanceof Own || thrown.includes(error)
}

const LONG = 'x'.repeat(100_000)

/**
 * Values that do not change. Not among them is what breaks a rule of the language when it is used, such as a
 * revoked proxy or an iterator that is no object: the language itself throws there, not the package.
 */
const PLAIN = [
  undefined,
  null,
  Number.NaN,
  0,
  -0,
  1,
  -1,
  1.5,
  Infinity,
  -Infinity,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  2 ** 63,
  1e308,
  5e-324,
  0n,
  -1n,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 63n,
  -(2n ** 63n),
  -(2n ** 63n) - 1n,
  10n ** 400n,
  true,
  false,
  '',
  ' ',
  '.',
  'a.b.c',
  '0',
  '1',
  LONG,
  `${LONG}.${LONG}`,
  'day',
  'week',
  'lifetime',
  'DAY',
  'zero',
  'sum',
  'time',
  'quarter',
  'shop.orders',
  'shop.sales',
  'shop.revenue',
  'country',
  'province',
  '2026-11-23',
  '2026-02-30',
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '10000-01-01',
  '-2026-1-1',
  '2026-11-23T10:00:00Z',
  '2026-11-23T25:00:00Z',
  '٢٠٢٦-١١-٢٣',
  'Europe/Amsterdam',
  'Mars/Olympus',
  '+25:00',
  '\ud800',
  '\udc00x',
  'a\ud800.b\udfff',
  '😀',
  '\u0000',
  '\u202e',
  '__proto__',
  'constructor',
  'toString',
  'length',
  'SELECT * FROM metric',
  "'; DROP TABLE metric; --",
  'jsonl',
  'csv',
  'django',
  '{"format":"trackstats"}',
  Symbol('odd'),
  Symbol.iterator,
  Symbol.asyncIterator,
  Object.freeze({}),
  Object.freeze([]),
  new Map([['by', {}]]),
  new Set(['shop.orders']),
  new WeakMap(),
  /x/g,
  new Error('an error as an argument'),
  new Date(Number.NaN),
  new Date(0),
  new Date(8.64e15),
  new Date(-8.64e15),
  new Boolean(false),
  new Number(5),
  new String('shop.orders'),
  Object(1n),
  Object(Symbol('boxed')),
  new ArrayBuffer(0),
  new ArrayBuffer(16),
  new SharedArrayBuffer(8),
  new Uint8Array(0),
  new Uint8Array([1, 2, 3]),
  new Int32Array([20_000, 20_001, -2_147_483_648, 2_147_483_647]),
  new Float64Array([1, Number.NaN, Infinity, -0]),
  new BigInt64Array([1n, -1n]),
  new BigUint64Array([2n ** 64n - 1n]),
  new DataView(new ArrayBuffer(4)),
  globalThis,
  Math,
  JSON,
  Promise.resolve(1),
  { toString: () => 'shop.orders' },
  { valueOf: () => 1, toString: () => '1' },
  { length: 3 },
  { length: -1 },
  { length: 2 ** 53 },
  { length: Number.NaN, 0: 1 },
  { then: 1 },
  { [Symbol.toStringTag]: 'Temporal.PlainDate', toString: () => 'no date' },
  { [Symbol.toStringTag]: 'Temporal.PlainDate', toString: () => 7 },
  { [Symbol.toStringTag]: 'Temporal.Instant', epochMilliseconds: 'x' },
  { [Symbol.toStringTag]: 'Temporal.ZonedDateTime', epochMilliseconds: 1n },
  { [Symbol.toStringTag]: 'Temporal.PlainDateTime', toString: () => undefined },
  { [Symbol.toStringTag]: 'Date' },
  { [Symbol.toStringTag]: 'Date', valueOf: () => 1n },
  () => undefined,
  () => 1,
  (event) => event,
  async () => 1,
]

/** Values with a state or a behaviour, made anew each time. */
const MADE = [
  () => new Proxy({}, {}),
  () => new Proxy([], {}),
  () => new Proxy(() => undefined, {}),
  (random) => throwingProxy(chosen(random, thrown)),
  (random) => {
    const one = chosen(random, thrown)
    return () => raise(one)
  },
  (random) => {
    const one = chosen(random, thrown)
    return {
      toString: () => raise(one),
      valueOf: () => raise(one),
      [Symbol.toPrimitive]: () => raise(one),
    }
  },
  (random) => {
    const one = chosen(random, thrown)
    return { [Symbol.iterator]: () => raise(one), [Symbol.asyncIterator]: () => raise(one) }
  },
  (random) => {
    const one = chosen(random, thrown)
    return { [Symbol.toStringTag]: 'Temporal.PlainDate', toString: () => raise(one) }
  },
  (random) => {
    const one = chosen(random, thrown)
    return {
      get [Symbol.toStringTag]() {
        return raise(one)
      },
    }
  },
  () => Object.create(null),
  () => Object.assign(Object.create({ inherited: 'NL' }), { own: 1 }),
  () => {
    const cyclic = {}
    return Object.assign(cyclic, { by: cyclic, self: cyclic, country: cyclic })
  },
  () => {
    const cyclic = []
    cyclic.push(cyclic, 'shop.orders')
    return cyclic
  },
  () => new Array(3),
  () => Array.from({ length: 5 }, (_, at) => at),
  () => [null, undefined, Number.NaN, 2 ** 53],
  () => [['country', 'NL']],
  () => [['country']],
  () => ['shop.orders', 'shop.sales'],
  (random) => [odd(random, 2), odd(random, 2)],
  (random) => new Map([[odd(random, 2), odd(random, 2)]]),
  function* () {
    yield 1
    yield { at: 0 }
  },
  () => new Blob(['x']),
  () => AbortSignal.abort(),
  () => ({ aborted: true }),
]

function raise(one) {
  throw one
}

/** A proxy whose every use throws. */
function throwingProxy(one) {
  const raises = () => raise(one)
  const traps = Object.getOwnPropertyNames(Reflect)
  return new Proxy({}, Object.fromEntries(traps.map((trap) => [trap, raises])))
}

/** The names of options that some method takes. */
const NAMES = [
  'aggregate',
  'anyTimeZone',
  'bigint',
  'bucket',
  'by',
  'contentTypes',
  'country',
  'cumulative',
  'date',
  'days',
  'description',
  'distinct',
  'fill',
  'filter',
  'format',
  'from',
  'held',
  'kind',
  'limit',
  'lookBack',
  'maximum',
  'mean',
  'metric',
  'metrics',
  'minimum',
  'name',
  'now',
  'object',
  'objectType',
  'objectTypes',
  'objects',
  'on',
  'onProgress',
  'period',
  'province',
  'read',
  'recompute',
  'returned',
  'rolling',
  'shop',
  'signal',
  'skipBadLines',
  'snapshot',
  'span',
  'splitBy',
  'sqlLimits',
  'stats',
  'sum',
  'time',
  'timeZone',
  'title',
  'to',
  'weekStart',
  'where',
  '__proto__',
  '',
]

/** An odd value: one of the lists, or an object of options with odd values. */
export function odd(random, depth = 0) {
  const kind = random()
  if (depth < 3 && kind < 0.25) return options(random, depth)
  if (kind < 0.45) return chosen(random, MADE)(random)
  return chosen(random, PLAIN)
}

function options(random, depth) {
  const made = {}
  const count = Math.floor(random() * 4)
  for (let at = 0; at < count; at++) define(random, made, chosen(random, NAMES), depth)
  return random() < 0.1 ? Object.freeze(made) : made
}

/** Arguments that a method takes, some of them replaced by odd ones, at the top or inside an object. */
export function spoiled(random, good) {
  const args = good.map(copied)
  const places = new Set()
  const count = 1 + Math.floor(random() * 2)
  for (let at = 0; at < count; at++) places.add(Math.floor(random() * (args.length + 1)))
  for (const place of places) {
    if (isPlain(args[place]) && random() < 0.7) spoil(random, args[place])
    else args[place] = odd(random)
  }
  return args
}

/** Replaces one property of an object, or one property of that. */
function spoil(random, made) {
  const names = Object.keys(made)
  const name = random() < 0.7 && names.length > 0 ? chosen(random, names) : chosen(random, NAMES)
  const held = Object.getOwnPropertyDescriptor(made, name)?.value
  if (isPlain(held) && random() < 0.5) spoil(random, held)
  else define(random, made, name, 0)
}

/** Gives an object a property with an odd value, or with a getter that throws. */
function define(random, made, name, depth) {
  const one = chosen(random, thrown)
  const held =
    random() < 0.1 ? { get: () => raise(one) } : { value: odd(random, depth + 1), writable: true }
  Object.defineProperty(made, name, { ...held, enumerable: true, configurable: true })
}

const isPlain = (value) =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

function copied(value) {
  if (Array.isArray(value)) return value.map(copied)
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, copied(one)]))
}
