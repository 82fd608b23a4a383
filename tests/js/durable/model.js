// Programs of random calls that Node and Rust run alike: `tests/src/torture/program.rs` makes the same calls of
// the same seed. In Node a map knows what was acknowledged, and in the end both files have the same bytes.
// By itself, `model.js [seeds] [calls]` prints what came of it.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { open } from 'trackstats'

import { owner } from '../place.js'

/** Objects, the days of each, and the days of a call that makes the journal long. */
const [OBJECTS, DAYS, MANY, FIRST_DAY] = [5, 30, 30_000, 20_000]

/** Metrics that are met on the way, and sets of dimensions that one is declared by. */
const [METRICS, SETS] = [3, [['area'], ['branch'], ['area', 'branch']]]

/** SplitMix64, as `tests/src/torture/random.rs` has it. */
function splitMix64(seed) {
  let state = BigInt(seed)
  const wrapped = (number) => BigInt.asUintN(64, number)
  return (below) => {
    state = wrapped(state + 0x9e3779b97f4a7c15n)
    let mixed = state
    mixed = wrapped((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n)
    mixed = wrapped((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn)
    mixed ^= mixed >> 31n
    return Number(mixed % BigInt(below))
  }
}

/** One call. What is drawn, and in which order, is the same in Rust. */
function drawn(below) {
  const kind = below(100)
  if (kind <= 1) return { what: 'reopen' }
  if (kind <= 3) return { what: 'crash' }
  if (kind <= 20) return { what: 'flush' }
  if (kind <= 24) return { what: 'batch', calls: changes(below) }
  if (kind <= 27) return { what: 'givenUp', calls: changes(below) }
  if (kind <= 29) return { what: 'many', salt: below(2 ** 40) }
  return change(below)
}

function changes(below) {
  return Array.from({ length: below(6) + 1 }, () => change(below))
}

function change(below) {
  const [object, day, amount] = [below(OBJECTS), below(DAYS), below(2 ** 40)]
  const kind = below(26)
  if (kind <= 6) return { what: 'set', object, day, value: amount }
  if (kind === 7) return { what: 'set', object, day, value: null }
  if (kind <= 9) return { what: 'float', object, day, value: (day - 15) / 7 }
  if (kind <= 17) return { what: 'add', object, day, amount: amount % 1000 }
  if (kind === 18) return { what: 'delete', day }
  if (kind === 19) return { what: 'title', length: below(300) }
  if (kind === 20) return { what: 'handled', object, day, value: amount }
  if (kind === 21) return { what: 'met', number: object % METRICS, day, value: amount }
  const set = object % SETS.length
  return kind === 22 ? { what: 'declare', set } : { what: 'split', set, day, value: amount }
}

const date = (day) => new Date((FIRST_DAY + day) * 86_400_000)
const at = (object, day) => ({ by: { shop: String(object) }, date: date(day) })
const many = (day, salt) => (day * 7919 + salt) % 1_000_003

/** The values that a store is to have, by metric, object and day. */
class Model {
  values = new Map()
  /** The metrics that were met, and which set of dimensions is declared. */
  met = new Set()
  declared = 0
  salt

  copy() {
    const copy = new Model()
    copy.values = new Map(this.values)
    copy.met = new Set(this.met)
    copy.declared = this.declared
    copy.salt = this.salt
    return copy
  }
}

const HANDLES = new WeakMap()

/** The handle of an object, made once for a store: it outlives the batch that it was made in. */
function handleOf(store, object) {
  const handles = HANDLES.get(store) ?? []
  HANDLES.set(store, handles)
  return (handles[object] ??= store.metric('shop.sales').at({ shop: String(object) }))
}

function apply(store, map, call) {
  const { what, object, day } = call
  switch (what) {
    case 'set':
      map.values.set(`shop.sales ${object} ${day}`, call.value)
      return store.record('shop.sales', 'day', call.value, at(object, day))
    case 'float':
      map.values.set(`shop.mass ${object} ${day}`, call.value)
      return store.record('shop.mass', 'day', call.value, at(object, day))
    case 'add': {
      const key = `shop.sales ${object} ${day}`
      map.values.set(key, (map.values.get(key) ?? 0) + call.amount)
      return store.increment('shop.sales', call.amount, at(object, day))
    }
    case 'delete': {
      for (const key of map.values.keys()) {
        if (key.endsWith(` ${day}`) && !key.startsWith('met')) map.values.delete(key)
      }
      const metric = ['shop.sales', 'shop.mass', 'shop.split']
      return store.delete({ metric, from: date(day), to: date(day) })
    }
    case 'title':
      return store.register({ name: 'shop.sales', title: 'a title '.repeat(call.length) })
    case 'handled':
      map.values.set(`shop.sales ${object} ${day}`, call.value)
      return handleOf(store, object).record('day', call.value, date(day))
    case 'met': {
      const name = `met.m${call.number}`
      map.met.add(name)
      map.values.set(`${name}  ${day}`, call.value)
      store.register({ name })
      return store.record(name, 'day', call.value, { date: date(day) })
    }
    case 'declare':
      map.declared = call.set
      return store.register({ name: 'shop.split', by: SETS[call.set] })
    case 'split': {
      const names = SETS[call.set]
      const by = Object.fromEntries(names.map((name) => [name, '1']))
      const record = () => store.record('shop.split', 'day', call.value, { by, date: date(day) })
      if (!names.every((name) => SETS[map.declared].includes(name))) {
        return assert.throws(record, { code: 'unknown_dimension' })
      }
      map.values.set(`shop.split ${names} ${day}`, call.value)
      return record()
    }
    case 'many':
      map.salt = call.salt
      for (let one = 0; one < MANY; one++) {
        store.record('shop.many', 'day', many(one, call.salt), { date: date(one) })
      }
      return
    case 'batch':
      return store.batch(() => call.calls.forEach((one) => apply(store, map, one)))
    case 'givenUp': {
      const giveUp = () => {
        const copy = map.copy()
        call.calls.forEach((one) => apply(store, copy, one))
        throw new Error('given up')
      }
      return assert.throws(() => store.batch(giveUp), /given up/)
    }
  }
}

function compare(store, map, place, call) {
  for (const metric of ['shop.sales', 'shop.mass']) {
    for (let object = 0; object < OBJECTS; object++) {
      for (let day = 0; day < DAYS; day++) {
        const expected = map.values.get(`${metric} ${object} ${day}`)
        const found = store.value(metric, 'day', at(object, day))
        assert.equal(found, expected, `call ${place}, ${call.what}: ${metric} ${object} ${day}`)
      }
    }
  }
  const metrics = store.metrics.filter(({ name }) => name === 'shop.split' || /^met/.test(name))
  const names = ['shop.split', ...map.met].sort()
  const listed = metrics.map(({ name }) => name)
  assert.deepEqual(listed.sort(), names, `call ${place}, ${call.what}`)
  const { by } = metrics.find(({ name }) => name === 'shop.split')
  assert.deepEqual(by, SETS[map.declared], `call ${place}, ${call.what}`)
  const found = store.statistics({ metric: names }).map(({ metric, by, date, value }) => {
    const day = Date.parse(date) / 86_400_000 - FIRST_DAY
    return [`${metric} ${Object.keys(by)} ${day}`, value]
  })
  const expected = [...map.values].filter(([key]) => /^met|^shop.split/.test(key))
  assert.deepEqual(found.sort(), expected.sort(), `call ${place}, ${call.what}`)
  for (const day of [0, MANY - 1]) {
    const expected = map.salt === undefined ? undefined : many(day, map.salt)
    assert.equal(store.value('shop.many', 'day', { date: date(day) }), expected)
  }
}

/** Opens it with the number that Rust gives, if it is new. */
async function opened(path) {
  const { getRandomValues } = crypto
  crypto.getRandomValues = (bytes) => bytes.fill(7)
  try {
    return await open(`file:${path}`)
  } finally {
    crypto.getRandomValues = getRandomValues
  }
}

/**
 * Runs the program of a seed in Node, and leaves its file. Nothing is waited for but commits, so that none comes
 * by itself.
 */
async function run(path, seed, calls) {
  let store = await opened(path)
  store.register({ name: 'shop.sales' })
  store.register({ name: 'shop.mass', kind: 'float' })
  store.register({ name: 'shop.many' })
  store.register({ name: 'shop.split', by: SETS[0] })
  await store.flush()
  let [map, acknowledged] = [new Model(), new Model()]
  const below = splitMix64(seed)
  for (let place = 0; place < calls; place++) {
    const call = drawn(below)
    if (call.what === 'flush') {
      await store.flush()
    } else if (call.what === 'reopen') {
      await store.close()
      store = await opened(path)
    } else if (call.what === 'crash') {
      // What a program that is killed now leaves.
      const left = readFileSync(path)
      await store.close()
      writeFileSync(path, left)
      store = await opened(path)
      map = acknowledged.copy()
    } else {
      apply(store, map, call)
      continue
    }
    compare(store, map, place, call)
    acknowledged = map.copy()
  }
  await store.close()
}

/** Runs the programs of so many seeds in Node and in Rust; the first difference is thrown. */
export async function alike(folder, seeds, calls) {
  let bytes = 0
  for (let seed = 0; seed < seeds; seed++) {
    const [ours, theirs] = [join(folder, 'node.stats'), join(folder, 'rust.stats')]
    await run(ours, seed, calls).catch((error) => {
      throw new Error(`seed ${seed}: ${error.message}`, { cause: error })
    })
    const told = execFileSync(owner, [theirs, 'model', `${seed}`, `${calls}`], { encoding: 'utf8' })
    assert.equal(told, '\n', `seed ${seed} in Rust: ${told}`)
    const [mine, other] = [readFileSync(ours), readFileSync(theirs)]
    const differs = mine.findIndex((byte, at) => byte !== other[at])
    assert.ok(
      mine.equals(other),
      `seed ${seed}: ${mine.length} bytes in Node, ${other.length} in Rust, differ at ${differs}`,
    )
    bytes += mine.length
    rmSync(ours)
    rmSync(theirs)
  }
  return bytes
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [seeds = 200, calls = 200] = process.argv.slice(2).map(Number)
  const folder = mkdtempSync(join(tmpdir(), 'trackstats-'))
  try {
    const bytes = await alike(folder, seeds, calls)
    console.log(
      `model in Node and in Rust: ${seeds} seeds of ${calls} calls, ${bytes} bytes of files, all the same`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
