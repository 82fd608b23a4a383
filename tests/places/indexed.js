// What a store in IndexedDB does when the database fails, grows, or is taken away.

import { same } from './same.js'
import { opened, withTabs } from './tabs.js'

const increment = (page, amount = 1) =>
  page.evaluate((amount) => globalThis.tab.store().increment('shop.orders', amount), amount)
const flush = (page) => page.evaluate(() => globalThis.tab.flush())
const orders = (page) => page.evaluate(() => globalThis.tab.orders())

/** What was recorded is there in a new tab. */
async function kept(context, address, name, total) {
  const page = await opened(context, address, name)
  same(await orders(page), total, 'a new tab reads')
  await page.close()
}

const scenarios = {
  async 'each tab sees the others within 100 ms'(context, address) {
    const [one, other] = [
      await opened(context, address, 'seen'),
      await opened(context, address, 'seen'),
    ]
    const times = []
    for (let count = 1; count <= 20; count++) {
      await increment(one)
      const began = await one.evaluate(() =>
        globalThis.tab.flush().then(() => performance.timeOrigin + performance.now()),
      )
      await other.evaluate((count) => globalThis.tab.seen(count), count)
      times.push(
        (await other.evaluate(() => performance.timeOrigin + globalThis.tab.heard())) - began,
      )
    }
    times.sort((a, b) => a - b)
    if (!(times.at(-2) < 100)) throw new Error(`it took ${times.join(', ')} ms`)
  },

  async 'without a flush, a commit comes after at most 100 ms'(context, address) {
    const [one, other] = [
      await opened(context, address, 'by itself'),
      await opened(context, address, 'by itself'),
    ]
    await increment(one, 3)
    const time = await other.evaluate(() => globalThis.tab.seen(3))
    if (!(time < 200)) throw new Error(`it took ${time} ms`)
    // Sooner when the page is hidden, which ends the timers of some browsers.
    const hidden = await one.evaluate(async () => {
      globalThis.tab.store().increment('shop.orders', 4)
      document.dispatchEvent(new Event('visibilitychange'))
      await new Promise((resolve) => setTimeout(resolve, 30))
      const commits = await globalThis.tab.commits('by itself')
      return commits.length
    })
    same(hidden, 3, 'the commits of a page that is hidden')
  },

  async 'a tab that slept while the others wrote snapshots'(context, address) {
    const sleeper = await context.newPage()
    await sleeper.addInitScript(() => {
      globalThis.BroadcastChannel = class {
        postMessage() {}
        close() {}
      }
    })
    await sleeper.goto(address)
    await sleeper.waitForFunction(() => globalThis.tab !== undefined)
    await sleeper.evaluate(() => globalThis.tab.start('sleeping'))
    await sleeper.evaluate(() => {
      globalThis.handle = globalThis.tab.store().metric('shop.tabs').at({ tab: 'a' })
      globalThis.handle.increment()
    })
    await flush(sleeper)
    const writer = await opened(context, address, 'sleeping')
    const snapshots = await writer.evaluate(async () => {
      const store = globalThis.tab.store()
      const days = Int32Array.from({ length: 60_000 }, (_, at) => at)
      const sizes = []
      for (let round = 1; round <= 12; round++) {
        store.increment('shop.orders')
        store
          .metric('shop.tabs')
          .at({ tab: 'b' })
          .recordAll(
            'day',
            Float64Array.from(days, (day) => day * round * 1_000_003),
            days,
          )
        await store.flush()
        sizes.push((await globalThis.tab.commits('sleeping')).length)
      }
      return sizes
    })
    if (!(Math.max(...snapshots) < 10))
      throw new Error(`the commits were not written anew: ${snapshots}`)
    await sleeper.evaluate(() => globalThis.handle.increment())
    await increment(sleeper, 100)
    same(await flush(sleeper), 'flushed', 'the tab that slept')
    same(await orders(sleeper), 112, 'the tab that slept')
    same(
      await sleeper.evaluate(() => globalThis.handle.value('day', '2026-11-23')),
      2,
      'a handle of the tab that slept',
    )
    // As when a page that slept is shown again: nobody told it.
    await writer.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await writer.evaluate(() => globalThis.tab.seen(112))
    same(
      await writer.evaluate(() => globalThis.tab.all()),
      await sleeper.evaluate(() => globalThis.tab.all()),
      'the tabs',
    )
    await kept(context, address, 'sleeping', 112)
  },

  async 'a transaction that is aborted after its requests succeeded'(context, address) {
    const page = await opened(context, address, 'aborted')
    await increment(page)
    same(await flush(page), 'flushed', 'before')
    await page.evaluate(() => {
      // As the browser does it when there is no room: a script could not after it said that this is all.
      IDBTransaction.prototype.commit = () => undefined
      const { add } = IDBObjectStore.prototype
      IDBObjectStore.prototype.add = function (...args) {
        IDBObjectStore.prototype.add = add
        const request = add.apply(this, args)
        request.addEventListener('success', () => request.transaction.abort())
        return request
      }
    })
    await increment(page)
    same((await flush(page)).split(':')[0], 'io', 'the abort')
    same(await orders(page), 2, 'memory')
    await increment(page)
    same(await flush(page), 'flushed', 'afterwards')
    await kept(context, address, 'aborted', 3)
  },

  async 'a read that fails after its commit counts nothing twice'(context, address) {
    const page = await opened(context, address, 'unread')
    const other = await opened(context, address, 'unread')
    await increment(page)
    same(await flush(page), 'flushed', 'before')
    await page.evaluate(() => {
      const { getAll } = IDBObjectStore.prototype
      IDBObjectStore.prototype.getAll = function (...args) {
        IDBObjectStore.prototype.getAll = getAll
        const request = getAll.apply(this, args)
        // As if what Chromium fetches from a file of its own could not be fetched.
        const lost = { readyState: 'pending', error: null }
        request.transaction.addEventListener('complete', () =>
          setTimeout(() => {
            Object.assign(lost, { readyState: 'done', error: new DOMException('', 'DataError') })
            lost.onerror()
          }, 20),
        )
        return lost
      }
    })
    await increment(page, 10)
    same((await flush(page)).split(':')[0], 'io', 'the read')
    same(await orders(page), 11, 'memory')
    await increment(other, 100)
    same(await flush(other), 'flushed', 'the other')
    await increment(page, 1000)
    same(await flush(page), 'flushed', 'afterwards')
    same(await orders(page), 1111, 'the tab that could not read')
    await other.evaluate(() => globalThis.tab.seen(1111))
    same(await orders(other), 1111, 'the other')
    await kept(context, address, 'unread', 1111)
  },

  async 'a connection that was closed is made anew'(context, address) {
    const page = await context.newPage()
    await page.addInitScript(() => {
      const { open } = IDBFactory.prototype
      IDBFactory.prototype.open = function (...args) {
        const request = open.apply(this, args)
        request.addEventListener('success', () => (globalThis.database = request.result))
        return request
      }
    })
    await page.goto(address)
    await page.waitForFunction(() => globalThis.tab !== undefined)
    await page.evaluate(() => globalThis.tab.start('closed'))
    for (let count = 1; count <= 3; count++) {
      await increment(page)
      await page.evaluate(() => globalThis.database.close())
      same(await flush(page), 'flushed', 'a closed connection')
    }
    await kept(context, address, 'closed', 3)
  },

  async 'a store that was deleted is missed, and can be read'(context, address) {
    const page = await opened(context, address, 'deleted')
    await increment(page)
    same(await flush(page), 'flushed', 'before')
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase('trackstats:deleted')
          request.onsuccess = resolve
          request.onerror = reject
        }),
    )
    await increment(page)
    same(await flush(page), 'io: the store is not there any more', 'a deleted store')
    same(await orders(page), 2, 'memory')
    await page.close()
    await kept(context, address, 'deleted', 0)
  },

  async 'a damaged commit is told'(context, address) {
    const page = await opened(context, address, 'damaged')
    await increment(page)
    same(await flush(page), 'flushed', 'before')
    const code = await page.evaluate(async () => {
      const database = await new Promise((resolve) => {
        const request = indexedDB.open('trackstats:damaged')
        request.onsuccess = () => resolve(request.result)
      })
      await new Promise((resolve) => {
        const transaction = database.transaction('commits', 'readwrite')
        const commits = transaction.objectStore('commits')
        commits.openCursor().onsuccess = ({ target }) => {
          const { value } = target.result
          value.bytes[value.bytes.length - 1] ^= 1
          target.result.update(value)
        }
        transaction.oncomplete = resolve
      })
      database.close()
      return globalThis.tab.start('damaged').then(
        () => 'opened',
        (error) => error.code,
      )
    })
    same(code, 'corrupt', 'a damaged commit')
  },

  async 'changes that do not fit what others did are left out by everybody'(context, address) {
    const page = await opened(context, address, 'left out')
    const texts = await page.evaluate(async () => {
      const { open } = await import('./node_modules/trackstats/index.js')
      const [one, other] = [await open('idb:left out'), await open('idb:left out')]
      one.register({ name: 'a.b' }).record('day', 3, '2026-11-23')
      other.register({ name: 'a.b', kind: 'float' }).record('day', 1.5, '2026-11-23')
      other.register({ name: 'a.c' })
      const said = (promise) =>
        promise.then(
          () => 'flushed',
          (error) => error.code,
        )
      const flushed = [await said(one.flush()), await said(other.flush())]
      // What comes afterwards is kept again.
      other.register({ name: 'a.d' }).record('day', 4, '2026-11-23')
      flushed.push(await said(other.flush()))
      await one.flush()
      await new Promise((resolve) => setTimeout(resolve, 100))
      const third = await open('idb:left out')
      const values = [one, other, third].map((store) =>
        ['a.b', 'a.d'].map((name) => store.dynamic.value(name, 'day', { date: '2026-11-23' })),
      )
      return { flushed, values }
    })
    same(texts.flushed, ['flushed', 'conflict', 'flushed'], 'the flushes')
    same(texts.values, Array(3).fill([3, 4]), 'the values')
  },

  async 'SQL follows what other tabs did'(context, address) {
    const page = await opened(context, address, 'sql')
    const other = await opened(context, address, 'sql')
    const sum = () =>
      page.evaluate(async () => {
        const [row] = await globalThis.tab.store()
          .sql`SELECT SUM(value) AS sum FROM statistic_by_date`
        return row.sum
      })
    await increment(page, 2)
    same(await sum(), 2, 'alone')
    await increment(other, 3)
    same(await flush(other), 'flushed', 'the other')
    await page.evaluate(() => globalThis.tab.seen(5))
    same(await sum(), 5, 'with the other')
    await page.evaluate(() => globalThis.tab.store().sql`UPDATE statistic_by_date SET value = 9`)
    same(await flush(page), 'flushed', 'an update')
    same(
      await other.evaluate(() => globalThis.tab.seen(9).then((time) => time !== null)),
      true,
      'the update',
    )
  },

  async 'a store is read beside others, and only made to be written'(context, address) {
    const page = await opened(context, address, 'read')
    await increment(page)
    await flush(page)
    const said = await page.evaluate(async () => {
      const { open } = await import('./node_modules/trackstats/index.js')
      const reader = await open('idb:read', { readOnly: true })
      const codes = []
      const failed = ({ code }) => codes.push(code)
      try {
        reader.register({ name: 'a.b' })
      } catch (error) {
        failed(error)
      }
      await open('idb:nothing', { readOnly: true }).catch(failed)
      await open('idb:read', { timeZone: 'Europe/Amsterdam' }).catch(failed)
      await open('opfs:shop').catch(failed)
      await open('file:shop').catch(failed)
      return [reader.dynamic.value('shop.orders', 'day', { date: '2026-11-23' }), ...codes]
    })
    same(said, [1, 'read_only', 'io', 'zone_mismatch', 'io', 'io'], 'a reader')
  },
}

export const inTabs = {
  answer: (place) =>
    withTabs(place, async (context, address) => {
      for (const [name, scenario] of Object.entries(scenarios)) {
        await scenario(context, address).catch((error) => {
          throw new Error(`${name}: ${error.message}`)
        })
        await Promise.all(context.pages().map((page) => page.close()))
      }
      return 'kept'
    }),
  expected: 'kept',
}
