// Tabs that share a store in IndexedDB: exact totals, whatever happens to them.

import { seeded } from '../js/odd/random.js'
import { serving } from './serve.js'

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** How much is done: rounds, the most tabs, increments of each, and what all chance comes from. */
export const few = { rounds: 2, tabs: 4, count: 60, seed: 1 }

/** Lays the page, serves it, and calls with a new context of the browser and the address. */
export async function withTabs({ folders, browser }, use) {
  const folder = await folders.lay('page')
  return serving(folder, {}, (address) =>
    browser.inContext((context) => use(context, `${address}tabs.html`)),
  )
}

/** Opens a tab. */
export async function opened(context, address, name) {
  const page = await context.newPage()
  await page.goto(address)
  await page.waitForFunction(() => globalThis.tab !== undefined)
  await page.evaluate((name) => globalThis.tab.start(name), name)
  return page
}

/** Tabs that only work: the totals are exact, and each sees what the others did. */
export async function counted(context, address, { tabs, count, random }, name) {
  const pages = []
  for (let tab = 0; tab < tabs; tab++) pages.push(await opened(context, address, name))
  await Promise.all(
    pages.map((page, tab) =>
      page.evaluate(
        ([tab, count, seed]) => globalThis.tab.work(`${tab}`, count, seed),
        [tab, count, random(2 ** 32)],
      ),
    ),
  )
  const times = await Promise.all(
    pages.map((page) => page.evaluate((total) => globalThis.tab.seen(total), tabs * count)),
  )
  if (times.includes(null)) {
    const totals = await Promise.all(
      pages.map((page) => page.evaluate(() => globalThis.tab.orders())),
    )
    throw new Error(`${tabs} tabs made ${tabs * count} increments and have ${totals.join(', ')}`)
  }
  await alike(context, address, pages, name)
  await Promise.all(pages.map((page) => page.close()))
  return tabs * count
}

/** All tabs, and one that is opened now, hold the same. */
async function alike(context, address, pages, name) {
  await pause(100)
  const late = await opened(context, address, name)
  const texts = await Promise.all(
    [late, ...pages].map((page) => page.evaluate(() => globalThis.tab.all())),
  )
  if (new Set(texts).size !== 1)
    throw new Error(`the tabs hold different things:\n${texts.join('\n\n')}`)
  await late.close()
  return texts[0]
}

/** Tabs that are closed, loaded again and, where that is possible, crashed while they work. */
export async function disturbed(context, address, { tabs, count, random }, name, said) {
  said.clear()
  const watcher = await opened(context, address, name)
  let lives = 0
  const live = async (seat) => {
    for (let life = 0; life < 3; life++) {
      const tab = `${name} ${seat} ${lives++}`
      const page = await opened(context, address, name)
      const work = page
        .evaluate(
          ([tab, count, seed]) =>
            globalThis.tab.work(tab, count, seed, (done) => globalThis.say(tab, done)),
          [tab, count, random(2 ** 32)],
        )
        .catch(() => undefined)
      if (life < 2) {
        await pause(random(400))
        await end(context, page, random(3))
      } else {
        await work
        if (said.get(tab) !== count) throw new Error(`${tab} came to ${said.get(tab)} of ${count}`)
        await page.close()
      }
    }
  }
  await Promise.all(Array.from({ length: tabs }, (_, seat) => live(seat)))
  await watcher.evaluate(() => globalThis.tab.flush())
  const statistics = (await alike(context, address, [watcher], name))
    .split('\n')
    .map((line) => JSON.parse(line))
  const value = (metric, period, tab) =>
    statistics.find((one) => one.metric === metric && one.period === period && one.by.tab === tab)
      ?.value ?? 0
  let sum = 0
  for (const { by } of statistics.filter(
    (one) => one.metric === 'shop.tabs' && one.period === 'day',
  )) {
    const counted = value('shop.tabs', 'day', by.tab)
    sum += counted
    if (counted !== value('shop.tabs', 'lifetime', by.tab)) {
      throw new Error(
        `${by.tab}: ${counted} increments and the count ${value('shop.tabs', 'lifetime', by.tab)}`,
      )
    }
  }
  for (const [tab, done] of said) {
    const counted = value('shop.tabs', 'day', tab)
    if (counted < done)
      throw new Error(`${tab}: ${done} were acknowledged and ${counted} are there`)
  }
  const total = value('shop.orders', 'day', undefined)
  if (total !== sum) throw new Error(`the tabs made ${sum} increments and the total is ${total}`)
  await watcher.close()
  return total
}

/** Ends a tab: by closing it, by loading another page, or by a crash. */
async function end(context, page, how) {
  if (how === 1) await page.goto('about:blank').catch(() => undefined)
  if (how === 2 && context.browser().browserType().name() === 'chromium') {
    const session = await context.newCDPSession(page)
    await Promise.race([session.send('Page.crash').catch(() => undefined), pause(500)])
  }
  await page.close().catch(() => undefined)
}

/** Rounds of both. */
export function rounds({ rounds, tabs, count, seed }) {
  return (place) =>
    withTabs(place, async (context, address) => {
      const next = seeded(seed)
      const random = (below) => Math.floor(next() * below)
      // What each tab acknowledged last.
      const said = new Map()
      await context.exposeBinding('say', (_, tab, done) => said.set(tab, done))
      for (let round = 0; round < rounds; round++) {
        const some = { tabs: round === 0 ? tabs : 2 + random(tabs - 1), count, random }
        await counted(context, address, some, `counted ${round}`)
        await disturbed(context, address, some, `disturbed ${round}`, said)
      }
      return 'exact totals'
    })
}
