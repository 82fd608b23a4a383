// A store in IndexedDB whose operations fail one after the other; `faulty.js` beside this folder calls it.

import { defineStats, open } from './node_modules/trackstats/index.js'

const stats = defineStats({ shop: { metrics: { orders: 'Orders', visits: { by: 'page' } } } })
const now = () => Date.UTC(2026, 10, 23, 12)
const days = Int32Array.from({ length: 120_000 }, (_, at) => at)
const large = Float64Array.from(days, (day) => day * 1_000_003)

/** What fails next: from the operation of that number on, one or all. None fails while it is not armed. */
let plan
let isArmed = false
let done = 0

/** Whether the operation that is asked for now is to fail. */
function fails() {
  if (!isArmed) return false
  const number = done++
  return number === plan.at || (plan.forGood && number > plan.at)
}

const NAMES = {
  quota: 'QuotaExceededError',
  lost: 'UnknownError',
  closing: 'InvalidStateError',
  aborted: 'AbortError',
}
const errorOf = (kind) => new DOMException(`planted: ${kind}`, NAMES[kind])

/** Ends a transaction as the browser does, with that error. */
function end(transaction, kind) {
  // One that ended by itself has ended.
  try {
    transaction.abort()
  } catch {
    return
  }
  const error = kind === 'aborted' ? null : errorOf(kind)
  Object.defineProperty(transaction, 'error', { value: error })
}

/** A request of a transaction that fails. */
function failing(request, kind) {
  const { transaction } = request
  if (kind === 'aborted') {
    // After it succeeded, as when the disk is full at the end.
    request.addEventListener('success', () => end(transaction, kind))
    return
  }
  end(transaction, kind)
  if (kind !== 'lost') return
  const { db } = transaction
  db.close()
  db.dispatchEvent(new Event('close'))
}

for (const name of ['get', 'getAll', 'getAllKeys', 'add', 'put', 'delete']) {
  const original = IDBObjectStore.prototype[name]
  IDBObjectStore.prototype[name] = function (...args) {
    const isFailing = fails()
    if (isFailing && plan.kind === 'closing') throw errorOf(plan.kind)
    const request = original.apply(this, args)
    if (isFailing) failing(request, plan.kind)
    return request
  }
}

const { transaction } = IDBDatabase.prototype
IDBDatabase.prototype.transaction = function (...args) {
  if (fails()) throw errorOf(plan.kind === 'aborted' ? 'closing' : plan.kind)
  return transaction.apply(this, args)
}

// A script could not end a transaction that said that this is all; the browser can.
const { commit } = IDBTransaction.prototype
IDBTransaction.prototype.commit = function () {
  if (!isArmed) commit.call(this)
}

const { open: openDatabase } = IDBFactory.prototype
IDBFactory.prototype.open = function (...args) {
  const isFailing = fails()
  if (isFailing && plan.kind === 'closing') throw errorOf(plan.kind)
  const request = openDatabase.apply(this, args)
  if (isFailing) {
    const { kind } = plan
    request.addEventListener('success', (event) => {
      event.stopImmediatePropagation()
      request.result.close()
      Object.defineProperty(request, 'error', { value: errorOf(kind) })
      request.dispatchEvent(new Event('error'))
    })
  }
  return request
}

function check(isSo, what) {
  if (!isSo) throw new Error(what)
}

const orders = (store) => store.value('shop.orders', 'day') ?? 0

/** Waits, with failures; answers the code of what it rejects with, which is one of ours. */
async function codeOf(work) {
  isArmed = true
  try {
    await work()
    return undefined
  } catch (error) {
    check(error.name === 'TrackstatsError', `${error.name} is no error of ours: ${error.message}`)
    return error.code
  } finally {
    isArmed = false
  }
}

/** Flushes while nothing fails any more, but for what was under way before. */
async function flushed(store) {
  await store.flush().catch(() => store.flush())
}

/** One run, with another store that works beside it; answers how many operations there were, and the codes. */
async function run(name, given) {
  plan = given
  done = 0
  const codes = new Set()
  const other = await open(`idb:${name}`, { stats, now })
  let store
  const opening = await codeOf(async () => (store = await open(`idb:${name}`, { stats, now })))
  if (opening !== undefined) codes.add(opening)
  store ??= await open(`idb:${name}`, { stats, now })
  let [recorded, others] = [0, 0]
  for (let round = 0; round < 4; round++) {
    other.increment('shop.orders', 1000)
    others += 1000
    await flushed(other)
    store.increment('shop.orders')
    recorded += 1
    if (round === 1) store.metric('shop.visits').at({ page: 'home' }).recordAll('day', large, days)
    for (let tries = 0; tries < 2; tries++) {
      const code = await codeOf(() => store.flush())
      if (code === undefined) break
      codes.add(code)
    }
    check(orders(store) % 1000 === recorded, `${orders(store)} in memory, ${recorded} recorded`)
  }
  // Nothing fails any more: everything is kept, and once.
  await flushed(store)
  await flushed(other)
  const fresh = await open(`idb:${name}`, { stats, now })
  const total = recorded + others
  // The other one hears of the last commit by a message.
  for (let tries = 0; orders(other) < total && tries < 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  for (const [who, one] of Object.entries({ store, other, fresh })) {
    check(orders(one) === total, `${who} has ${orders(one)} of ${total}`)
    const last = one.value('shop.visits', 'day', { by: { page: 'home' }, date: '1970-01-02' })
    check(last === 1_000_003, `${who} has ${last} visits`)
    await one.close()
  }
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(`trackstats:${name}`).onsuccess = resolve
  })
  return { operations: done, codes: [...codes] }
}

globalThis.faulty = { run }
