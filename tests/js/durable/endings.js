// Programs that record when they end. Called as `endings.js <path> <how>`.

import { createRequire } from 'node:module'
import { Worker, isMainThread } from 'node:worker_threads'

import { failing } from './faults.js'
import { opened } from './place.js'

const [path, how] = process.argv.slice(2)
const increment = (store) => () => store.increment('shop.orders')

/** Opens a store with one order. */
async function begun() {
  const store = await opened(path)
  store.increment('shop.orders')
  return store
}

const codeOf = (change) => {
  try {
    change()
    return undefined
  } catch (error) {
    return error.code
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

const ways = {
  async 'on exit'() {
    process.on('exit', increment(await begun()))
  },
  async 'on exit, opened last'() {
    let store
    process.on('exit', () => store.increment('shop.orders'))
    store = await begun()
  },
  async 'on exit of a program that exits'() {
    process.on('exit', increment(await begun()))
    await turn()
    process.exit(0)
  },
  async 'once on exit'() {
    process.once('exit', increment(await begun()))
  },
  async 'before exit'() {
    process.once('beforeExit', increment(await begun()))
  },
  async 'in a worker'() {
    if (isMainThread) {
      new Worker(new URL(import.meta.url), { argv: [path, how] })
    } else {
      process.on('exit', increment(await begun()))
    }
  },
  async 'inside a batch'() {
    const store = await begun()
    store.batch(() => {
      store.increment('shop.orders', 10)
      process.exit(0)
    })
  },
  async 'inside a batch in a batch'() {
    const store = await begun()
    store.batch(() => {
      store.increment('shop.orders', 10)
      store.batch(() => {
        store.increment('shop.orders', 100)
        process.exit(0)
      })
    })
  },
  async 'too late'() {
    const store = await begun()
    const visits = store.metric('shop.visits').at({ page: 'home' })
    // In the same turn, so that nothing can be moved behind it.
    process.on('exit', () => {
      const changes = [
        () => store.increment('shop.orders'),
        () => store.record('shop.orders', 'day', 9),
        () => visits.record('day', 1, '2026-11-23'),
        () => store.batch(() => undefined),
      ]
      process.stderr.write(JSON.stringify(changes.map(codeOf)))
    })
    process.exit(0)
  },
  async 'two copies'() {
    const { open } = createRequire(import.meta.url)('trackstats')
    const other = await open(`file:${path}2`)
    process.on('exit', increment(await begun()))
    await turn()
    process.on('exit', () => undefined)
    await turn()
    await other.close()
  },
  async full() {
    const store = await begun()
    await store.flush()
    await failing({ first: 1, count: Infinity, code: 'ENOSPC' }, async () => {
      let warnings = 0
      process.on('warning', () => warnings++)
      store.increment('shop.orders')
      while (warnings === 0) await turn()
    })
    await store.close()
  },
  async throwing() {
    const uncaught = []
    process.on('uncaughtException', (error) => uncaught.push(error.message))
    const onError = () => {
      throw new Error('of the caller')
    }
    const store = await opened(path, { onError })
    await store.flush()
    await failing({ first: 1, count: Infinity, code: 'ENOSPC' }, async () => {
      store.increment('shop.orders')
      while (uncaught.length === 0) await turn()
    })
    await store.close()
    process.stdout.write(JSON.stringify(uncaught))
  },
}

await ways[how]()
