// Stores in a browser whose quota is used up: a real one, which Chromium takes from DevTools.
//
// Chromium remembers for some time how much room an origin has. The quota is therefore there before anything
// is stored, in a context of its own.

import { reopened, withWorkers } from './private.js'
import { same } from './same.js'
import { serving } from './serve.js'

/** Bytes: room for what is recorded at first, and not for ten times as much. */
const QUOTA = 4_000_000

/** Calls with a page and what sets the quota; without a number, to that of the browser. */
async function limited(folders, contextOf, name, use) {
  return serving(await folders.lay('page'), {}, (address) =>
    contextOf(async (context) => {
      const page = await context.newPage()
      await page.goto(`${address}${name}`)
      const session = await context.newCDPSession(page)
      const { origin } = new URL(address)
      const set = (quotaSize) => {
        const quota = quotaSize === undefined ? {} : { quotaSize }
        return session.send('Storage.overrideQuotaForOrigin', { origin, ...quota })
      }
      await set(QUOTA)
      return use(page, set, context, address)
    }),
  )
}

/** Records and flushes until there is no room, and then again; answers how often it was flushed. */
async function filled(scatter, flush) {
  for (let times = 0; times < 20; times++) {
    await scatter(times)
    const said = await flush()
    if (said === undefined) continue
    for (const text of [said, await flush()])
      same(text.split(':')[0], 'storage_full', 'without room')
    return times
  }
  throw new Error('there is always room')
}

async function inIndexedDb(page, set) {
  const start = async () => {
    await page.waitForFunction(() => globalThis.tab !== undefined)
    await page.evaluate(() => globalThis.tab.start('quota'))
  }
  await start()
  const increment = () => page.evaluate(() => void globalThis.tab.store().increment('shop.orders'))
  const flush = async () => {
    const said = await page.evaluate(() => globalThis.tab.flush())
    return said === 'flushed' ? undefined : said
  }
  const scatter = (time) =>
    page.evaluate((time) => {
      const days = Int32Array.from({ length: 100_000 }, (_, at) => at)
      const values = Float64Array.from(days, () => Math.floor(Math.random() * 2 ** 50))
      const at = globalThis.tab
        .store()
        .metric('shop.tabs')
        .at({ tab: `${time}` })
      at.recordAll('day', values, days)
    }, time)
  await increment()
  if ((await filled(scatter, flush)) === 0) throw new Error('there is no room at all')
  await increment()
  same(await page.evaluate(() => globalThis.tab.orders()), 2, 'what is in memory')
  const all = await page.evaluate(() => globalThis.tab.all())
  await set()
  same(await flush(), undefined, 'with room again')
  await page.reload()
  await start()
  same(await page.evaluate(() => globalThis.tab.all()), all, 'what was kept, each once')
}

async function inPrivateFiles(_, set, context, address) {
  await withWorkers(context, address, async (start) => {
    const one = await reopened(start, 'quota')
    const flush = () => one.ask('flush')
    await one.ask('increment', 1)
    const times = await filled((time) => one.ask('scatter', `${time}`), flush)
    if (times === 0) throw new Error('there is no room at all')
    await one.ask('increment', 1)
    same(await one.ask('orders'), 2, 'what is in memory')
    await set()
    same(await flush(), undefined, 'with room again')
    await one.ask('close')
    const two = await reopened(start, 'quota')
    const kept = [await two.ask('orders'), await two.ask('pages')]
    same(kept, [2, (times + 1) * 120_000], 'what was kept, each once')
  })
}

export const overQuota = {
  answer: async ({ folders, browser }) => {
    const inMemory = (use) => browser.inContext(use)
    // A write that has no room throws where files are on the disk, and answers an odd number in memory.
    const onDisk = (use) => browser.onDisk(use)
    await limited(folders, inMemory, 'tabs.html', inIndexedDb)
    await limited(folders, inMemory, 'private.html', inPrivateFiles)
    await limited(folders, onDisk, 'private.html', inPrivateFiles)
    return 'kept'
  },
  expected: 'kept',
}
