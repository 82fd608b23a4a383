// Browsers that show a page and read what it writes.

import { ARGUMENTS } from './chromium.js'
import { LIMIT } from './program.js'

/** How each of them is started. */
const kinds = {
  chromium: { args: ARGUMENTS },
  // Steered by WebDriver BiDi: the one of a distribution, not a build of Playwright's own.
  firefox: { channel: 'moz-firefox' },
}

export class Browser {
  #kind
  #path
  #folders
  #started

  /**
   * @param {keyof typeof kinds} kind
   * @param {string | undefined} path the program, if it is installed
   */
  constructor(kind, path, folders) {
    this.#kind = kind
    this.#path = path
    this.#folders = folders
  }

  get missing() {
    return this.#path ? undefined : `${this.#kind} is not installed`
  }

  /** The program; undefined if it is missing. */
  get path() {
    return this.#path
  }

  async #start() {
    const playwright = await this.#folders.tool('playwright-core')
    const options = { ...kinds[this.#kind], executablePath: this.#path }
    return playwright[this.#kind].launch(options).catch((error) => {
      // What follows is the log of the browser.
      throw new Error(error.message.split('\nCall log:')[0])
    })
  }

  /** Calls with a context of its own, in which several pages share what they keep. */
  async inContext(use) {
    const browser = await (this.#started ??= this.#start())
    const context = await browser.newContext()
    try {
      return await use(context)
    } finally {
      await context.close()
    }
  }

  /** As `inContext`, of a browser of its own that keeps everything on the disk, in an empty folder. */
  async onDisk(use) {
    const playwright = await this.#folders.tool('playwright-core')
    const folder = await this.#folders.copy(`profile-${this.#kind}`)
    const options = { ...kinds[this.#kind], executablePath: this.#path }
    const context = await playwright[this.#kind].launchPersistentContext(folder, options)
    try {
      return await use(context)
    } finally {
      await context.close()
    }
  }

  /** Opens a page, and resolves to what it writes into the elements `<output>` with these ids. */
  async read(address, ids = ['page']) {
    const browser = await (this.#started ??= this.#start())
    // A context of its own: nothing is left of the page before.
    const context = await browser.newContext()
    try {
      const page = await context.newPage()
      const said = []
      page.on('console', (message) => said.push(message.text()))
      page.on('pageerror', (error) => said.push(String(error)))
      page.on('requestfailed', (request) => said.push(`not fetched: ${request.url()}`))
      await page.goto(address)
      const texts = []
      for (const id of ids) {
        const output = page.locator(`#${id}:not(:empty)`)
        await output.waitFor({ state: 'attached', timeout: LIMIT / 5 }).catch(() => {
          throw new Error(`the page writes nothing into #${id}; it says: ${said.join('\n')}`)
        })
        texts.push(await output.textContent())
      }
      return texts
    } finally {
      await context.close()
    }
  }

  async close() {
    if (this.#started) await (await this.#started.catch(() => undefined))?.close()
  }
}
