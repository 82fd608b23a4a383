// Every operation of IndexedDB fails, once and for good.

import { serving } from './serve.js'

const KINDS = ['quota', 'lost', 'closing', 'aborted']

/** Lets every `step`-th operation fail in each way; answers how many runs that were. */
export async function failed({ folders, browser }, step) {
  const folder = await folders.lay('page')
  return serving(folder, {}, (address) =>
    browser.inContext(async (context) => {
      const page = await context.newPage()
      await page.goto(`${address}faulty.html`)
      await page.waitForFunction(() => globalThis.faulty !== undefined)
      let runs = 0
      const codes = {}
      for (const kind of KINDS) {
        for (const forGood of [false, true]) {
          for (let at = 0; ; at += step, runs++) {
            const name = `${kind} ${at} ${forGood ? 'for good' : 'once'}`
            const plan = { kind, at, forGood }
            const run = page.evaluate(
              ([name, plan]) => globalThis.faulty.run(name, plan),
              [name, plan],
            )
            const { operations, codes: told } = await run.catch((error) => {
              throw new Error(`${name}: ${error.message}`)
            })
            for (const code of told) codes[code] = (codes[code] ?? 0) + 1
            if (operations <= at) break
          }
        }
      }
      return { runs, codes }
    }),
  )
}

/** The same with some of the operations. */
export const failedOften = {
  answer: async (place) => {
    const { codes } = await failed(place, 5)
    return Object.keys(codes).sort().join(', ')
  },
  expected: 'io, storage_full',
}
