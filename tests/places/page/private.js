// A worker that has a store in the private file system; `private.js` beside this folder asks it.

import { defineStats, open } from './node_modules/trackstats/index.js'

const stats = defineStats({ shop: { metrics: { orders: 'Orders', visits: { by: 'page' } } } })
const now = () => Date.UTC(2026, 10, 23, 12)

let store

const questions = {
  open: async (name, options = {}) => {
    store = await open(`opfs:${name}`, { stats, now, ...options })
  },
  read: async (name) => {
    const reader = await open(`opfs:${name}`, { stats, now, readOnly: true })
    const orders = reader.value('shop.orders', 'day') ?? 0
    await reader.close()
    return orders
  },
  increment: async (amount) => store.increment('shop.orders', amount),
  pages: async () => store.statistics({ metric: 'shop.visits' }).length,
  orders: async () => store.value('shop.orders', 'day') ?? 0,
  fill: async (round) => {
    const days = Int32Array.from({ length: 120_000 }, (_, at) => at)
    const values = Float64Array.from(days, (day) => day * round * 1_000_003)
    store.metric('shop.visits').at({ page: 'a' }).recordAll('day', values, days)
  },
  /** Values that hardly get smaller when they are written down. */
  scatter: async (page) => {
    const days = Int32Array.from({ length: 120_000 }, (_, at) => at)
    const values = Float64Array.from(days, () => Math.floor(Math.random() * 2 ** 50))
    store.metric('shop.visits').at({ page }).recordAll('day', values, days)
  },
  flush: async () => store.flush(),
  close: async () => store.close(),
  /** Counts until it is ended. */
  count: async () => {
    for (let count = (store.value('shop.orders', 'day') ?? 0) + 1; ; count++) {
      store.batch(() => {
        store.increment('shop.orders')
        store.record('shop.orders', 'lifetime', count)
      })
      if (count % 20 === 0) await questions.fill(count)
      await store.flush()
      postMessage({ counted: count })
    }
  },
  counts: async () => [store.value('shop.orders', 'day'), store.value('shop.orders', 'lifetime')],
  /** The bytes of both files. */
  files: async (name) => {
    const folder = await navigator.storage.getDirectory()
    const sizes = []
    for (const ending of ['a', 'b']) {
      const file = await folder.getFileHandle(`${name}.${ending}`)
      sizes.push((await file.getFile()).size)
    }
    return sizes
  },
  /** Puts the bytes of a file before its owner's next act, and has acts of that kind fail. */
  break: async (method, count) => {
    const { prototype } = FileSystemSyncAccessHandle
    const real = prototype[method]
    prototype[method] = function (...args) {
      if (count-- > 0) throw new DOMException('planned', 'UnknownError')
      return real.apply(this, args)
    }
  },
}

onmessage = async ({ data: [id, question, ...args] }) => {
  const answer = await questions[question](...args).then(
    (value) => ({ id, value }),
    (error) => ({ id, value: `${error.code}: ${error.message}` }),
  )
  postMessage(answer)
}
postMessage({ ready: true })
