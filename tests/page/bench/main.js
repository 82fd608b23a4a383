// `cargo xtask bench page`: what the page costs at first, and how calm it is while a shop is busy.
//
// Prints `name  ours  limit  met|short`, and ends with 1 where a limit is not met.

import { ARGUMENTS } from '../../places/chromium.js'
import { executablePath, playwright } from './browser.js'
import { busy } from './busy.js'
import { load } from './load.js'
import { serving } from './serving.js'

if (!executablePath) {
  console.log('chromium is not installed, so that nothing is measured')
  process.exit(1)
}
const browser = await playwright.chromium.launch({ executablePath, args: ARGUMENTS })
let isShort = false
const tell = (name, ours, limit) => {
  const isOver = limit !== undefined && ours > limit
  isShort ||= isOver
  const verdict = limit === undefined ? '-' : isOver ? 'short' : 'met'
  console.log(
    `${name.padEnd(30)} ${String(ours).padStart(9)} ${String(limit ?? '-').padStart(9)}  ${verdict}`,
  )
}
await serving(async (address) => {
  await load(browser, address, tell)
  await busy(browser, address, tell)
})
await browser.close()
process.exit(isShort ? 1 : 0)
