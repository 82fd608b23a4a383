// What a tab does that shares a store with others; `tabs.js` beside this folder calls it.

import { defineStats, open } from './node_modules/trackstats/index.js'
import { seeded } from './random.js'

const stats = defineStats({
  shop: { metrics: { orders: 'Orders', last: 'Set by whoever came last', tabs: { by: 'tab' } } },
})
const now = () => Date.UTC(2026, 10, 23, 12)
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

let store
let heard = 0

/** Opens the store of that name. */
async function start(name) {
  store = await open(`idb:${name}`, { stats, now })
  store.subscribe({ metric: 'shop.orders', period: 'day' }, () => (heard = performance.now()))
}

const orders = () => store.value('shop.orders', 'day') ?? 0

/**
 * Increments and sets, each time in one batch; says after each flush how far it came. It flushes about 200
 * times; between that, what waits is kept by itself.
 */
async function work(tab, count, seed, say = () => undefined) {
  const random = seeded(seed)
  const often = Math.min(0.2, 200 / count)
  const own = store.metric('shop.tabs').at({ tab })
  for (let done = 1; done <= count; done++) {
    store.batch(() => {
      store.increment('shop.orders')
      own.increment()
      own.record('lifetime', done, '2026-11-23')
      store.record('shop.last', 'day', Math.floor(random() * 1e9))
    })
    if (random() < often || done === count) {
      await store.flush()
      say(done)
    }
    if (random() < 0.05) await pause(random() * 10)
  }
}

/** Counts until the browser is killed, each time in one commit, and says what was kept. */
async function count(tab, from, say) {
  const own = store.metric('shop.tabs').at({ tab })
  for (let count = from + 1; ; count++) {
    store.batch(() => {
      own.increment()
      own.record('lifetime', count, '2026-11-23')
    })
    await store.flush()
    say(count)
  }
}

/** All statistics, as a text. */
function all() {
  const texts = store.statistics().map((one) => JSON.stringify(one))
  return texts.sort().join('\n')
}

/** Resolves to the milliseconds that it took until the store has so many orders; null if they never come. */
async function seen(count) {
  const began = performance.now()
  while (orders() !== count) {
    if (performance.now() - began > 5000) return null
    await pause(1)
  }
  return performance.now() - began
}

/** The commits that the database of a store holds. */
function commits(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(`trackstats:${name}`)
    request.onerror = reject
    request.onsuccess = () => {
      const all = request.result.transaction('commits').objectStore('commits').getAll()
      all.onsuccess = () => {
        request.result.close()
        resolve(all.result)
      }
    }
  })
}

Object.assign(globalThis, {
  tab: {
    start,
    work,
    count,
    all,
    seen,
    orders,
    commits,
    heard: () => heard,
    flush: () =>
      store.flush().then(
        () => 'flushed',
        (error) => `${error.code}: ${error.message}`,
      ),
    close: () => store.close(),
    store: () => store,
  },
})
