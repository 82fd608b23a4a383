// Kills a whole browser while a page of it records, and looks whether what was acknowledged is there.

import { spawn } from 'node:child_process'
import { access, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { seeded } from '../js/odd/random.js'
import { ARGUMENTS } from './chromium.js'
import { serving } from './serve.js'

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** How long the browser may take to start, and a page to begin, in milliseconds. */
const LIMIT = 30_000

/** Waits until something is so. */
async function until(isSo, fault) {
  const end = Date.now() + LIMIT
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(fault)
    await pause(10)
  }
}

/** Starts Chromium on the folder of a profile, all its processes in one group. */
async function started(program, profile, playwright) {
  const told = join(profile, 'DevToolsActivePort')
  await rm(told, { force: true })
  const steered = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`]
  const child = spawn(program, [...ARGUMENTS, ...steered, 'about:blank'], {
    detached: true,
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  const isTold = () =>
    access(told).then(
      () => true,
      () => false,
    )
  await until(isTold, 'Chromium does not start')
  const [port] = (await readFile(told, 'utf8')).split('\n')
  const browser = await playwright.chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  return {
    context: browser.contexts()[0],
    kill: async () => {
      process.kill(-child.pid, 'SIGKILL')
      await ended
      await browser.close().catch(() => undefined)
    },
  }
}

/** How a store is kept: what opens it and answers its two counts, and what counts until it is killed. */
const kinds = {
  idb: {
    page: 'tabs.html',
    ready: () => globalThis.tab !== undefined,
    counts: async () => {
      await globalThis.tab.start('killed')
      const value = (metric, period, by) =>
        globalThis.tab.store().value(metric, period, { by, date: '2026-11-23' }) ?? 0
      return [value('shop.tabs', 'day', { tab: 'a' }), value('shop.tabs', 'lifetime', { tab: 'a' })]
    },
    begin: (from) => void globalThis.tab.count('a', from, globalThis.say),
  },
  opfs: {
    page: 'private.html',
    ready: () => globalThis.workers !== undefined,
    counts: async () => {
      const { start, ask } = globalThis.workers
      const number = (globalThis.number = await start())
      // What the browser that was killed had open may be let go a little later.
      for (let tries = 0; ; tries++) {
        const said = await ask(number, 'open', 'killed')
        if (said === undefined) break
        if (!/in_use/.test(said) || tries > 500) throw new Error(said)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      const [day, lifetime] = await ask(number, 'counts')
      return [day ?? 0, lifetime ?? 0]
    },
    begin: () => void globalThis.workers.ask(globalThis.number, 'count'),
  },
}

/**
 * Kills the browser so many times, after as long as the seed says; answers how many commits were acknowledged, and how many of those are
 * missing. A time in which there are none is an error: it would find nothing.
 */
export async function killed({ folders, chromium }, kind, times, seed) {
  const random = seeded(seed)
  const { page: name, ready, counts, begin } = kinds[kind]
  const playwright = await folders.tool('playwright-core')
  const profile = await folders.copy(`killed-${kind}`)
  const folder = await folders.lay('page')
  return serving(folder, {}, async (address) => {
    // The count that was acknowledged last, how many commits that makes, and how many are missing.
    let [acknowledged, sum, missing] = [0, 0, 0]
    for (let time = 0; time <= times; time++) {
      const browser = await started(chromium, profile, playwright)
      try {
        const page = await browser.context.newPage()
        await page.exposeFunction('say', (count) => (acknowledged = count))
        await page.goto(`${address}${name}`)
        await page.waitForFunction(ready)
        const [day, lifetime] = await page.evaluate(counts)
        if (day !== lifetime) throw new Error(`half a batch is there: ${day} and ${lifetime}`)
        missing += Math.max(0, acknowledged - day)
        // The last time only looks.
        if (time === times) break
        acknowledged = day
        await page.evaluate(begin, day)
        await until(() => acknowledged > day, `nothing is acknowledged with ${kind}`)
        await pause(random() * 400)
        sum += acknowledged - day
      } finally {
        await browser.kill()
      }
    }
    return { acknowledged: sum, missing }
  })
}

/** The same a few times, with either kind of store. */
export const killedOften = {
  answer: async ({ folders, browser }) => {
    for (const kind of Object.keys(kinds)) {
      const { missing } = await killed({ folders, chromium: browser.path }, kind, 2, 1)
      if (missing > 0) throw new Error(`${missing} acknowledged commits are missing with ${kind}`)
    }
    return 'nothing is missing'
  },
  expected: 'nothing is missing',
}
