// Where the tests find the page: served from a copy of its own, in a browser that reports what goes wrong.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

import { ARGUMENTS } from '../places/chromium.js'

const { TRACKSTATS_DRIVER: driver, TRACKSTATS_SITE: site, CHROMIUM: executablePath } = process.env

/** Set by `cargo xtask test`, which prints why it is not where there is no browser. */
export const skip = executablePath ? false : 'chromium is not installed'
if (skip && process.env.CI) throw new Error(`${skip}, and is required here`)

const require = createRequire(join(driver ?? '.', 'package.json'))

const ends = []
// Here, and not where something is begun: that may be in one of several tests.
after(async () => {
  for (const end of ends.reverse()) await end()
})

/** The source of axe-core, to be run in a page. */
export const axe = () => require('axe-core').source

/** A history as the page is served it, and what its names must not do. */
export const history = {
  version: 1,
  name: 'example',
  head: '0123456789abcdef0123456789abcdef01234567',
  commits: 6,
  leftOut: 0,
  authors: [
    { name: 'Ada', dates: [ago(40), ago(3), ago(1)], counts: [2, 1, 1] },
    { name: '<img src=x onerror=alert(1)>', dates: [ago(3)], counts: [2] },
  ],
  areas: [{ name: 'core', dates: [ago(40), ago(3), ago(1)], counts: [2, 3, 1] }],
  lines: { dates: [ago(40), ago(3)], added: [120, 30], removed: [4, 9] },
}

/** The date so many days before today, in the zone of this process, which the browser has too. */
export function ago(days) {
  const now = new Date()
  now.setDate(now.getDate() - days)
  return now.toLocaleDateString('sv-SE')
}

/**
 * Serves a copy of the page until the tests end; resolves to its address, to what stops it, and to what serves
 * it with another file from then on.
 */
export async function served({ withHistory = true } = {}) {
  const { serve } = await import(`${process.env.TRACKSTATS_ROOT}/www/build/serve.js`)
  const folder = await mkdtemp(join(tmpdir(), 'trackstats-page-'))
  await cp(site, folder, { recursive: true })
  await rm(join(folder, 'data'), { recursive: true, force: true })
  await mkdir(join(folder, 'data'))
  const said = withHistory === true ? history : { version: 1, authors: [] }
  const text = typeof withHistory === 'string' ? withHistory : JSON.stringify(said)
  await writeFile(join(folder, 'data/history.json'), text)
  let server = await serve(folder, 0)
  const { address } = server
  ends.push(async () => {
    server.close()
    await rm(folder, { recursive: true, force: true })
  })
  const change = async (name, edit) => {
    const file = join(folder, name)
    await writeFile(file, edit(await readFile(file, 'utf8')))
    await rm(`${file}.br`, { force: true })
    server.close()
    server = await serve(folder, Number(new URL(address).port))
  }
  return { address, close: () => server.close(), change }
}

let started

/** A browser for the tests of a file. */
async function browser() {
  if (started === undefined) {
    started = require('playwright-core').chromium.launch({ executablePath, args: ARGUMENTS })
    ends.push(async () => (await started).close())
  }
  return started
}

/** A person with nothing remembered, at a screen. */
export async function person({ width = 1280, height = 900, ...more } = {}) {
  const viewport = { width, height }
  const context = await (await browser()).newContext({ viewport, acceptDownloads: true, ...more })
  context.setDefaultTimeout(15_000)
  await context.addInitScript(() => {
    globalThis.faults = []
    globalThis.shift = 0
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      globalThis.faults.push(`refused by ${violatedDirective}: ${blockedURI}`),
    )
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries()) {
        if (hadRecentInput) continue
        globalThis.shift += value
        for (const { node } of sources) {
          globalThis.faults.push(`moved by ${value}: ${node?.nodeName} ${node?.className ?? ''}`)
        }
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return context
}

/** Opens the page and waits until it shows its store. What goes wrong is listed in `page.faults`. */
export async function opened(context, address) {
  const page = await context.newPage()
  page.faults = []
  page.on('pageerror', (error) => page.faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') page.faults.push(message.text())
  })
  page.on('dialog', (dialog) => {
    page.faults.push(`a dialog: ${dialog.message()}`)
    dialog.dismiss()
  })
  page.on('request', (request) => {
    const { origin } = new URL(request.url())
    const isElsewhere = !request.url().startsWith('blob:') && origin !== new URL(address).origin
    if (isElsewhere) page.faults.push(`asked elsewhere: ${request.url()}`)
  })
  await page.goto(address)
  await page.waitForSelector('html.ready').catch(() => {
    throw new Error(`the page does not begin: ${page.faults.join('; ')}`)
  })
  return page
}

/** All that went wrong so far, in the page and around it. */
export async function faultsOf(page) {
  return [...page.faults, ...(await page.evaluate(() => globalThis.faults))]
}

/** The text of an element once it fulfils a condition. */
export async function textOf(page, selector, isWanted = (text) => text !== '') {
  const until = Date.now() + 15_000
  for (;;) {
    const text = await page.locator(selector).first().textContent()
    if (isWanted(text)) return text
    if (Date.now() > until) throw new Error(`${selector} is ${JSON.stringify(text)}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/** The first number of a text such as `Orders, 90 days: 2,317, …`, after the colon. */
export function numberIn(text) {
  return Number(/: ([\d,.]+)/.exec(text)?.[1].replace(/[,.]$/, '').replaceAll(',', ''))
}
