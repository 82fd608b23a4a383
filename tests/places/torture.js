// What stores in browsers have to stand, at the full counts.
//
// Called as `torture.js <work> <tarball> [kills] [rounds] [count] [seed]`: the folder that everything is installed
// under, the package, how often Chromium is killed with each kind of store, how many rounds of tabs there are,
// how many increments and sets each tab makes in a round, and what all chance comes from. CHROMIUM and FIREFOX say where the browsers
// are. Exits with 1 if anything is missing.

import { resolve } from 'node:path'

import { Browser } from './browser.js'
import { Folders } from './folder.js'
import { failed } from './faulty.js'
import { killed } from './kills.js'
import { rounds } from './tabs.js'

const [work, tarball, ...counts] = process.argv.slice(2)
const [kills = 20, times = 30, count = 10_000, seed = Date.now() % 1_000_000] = counts.map(Number)
console.log(`in browsers, seed ${seed}`)
const { CHROMIUM, FIREFOX } = process.env
const folders = new Folders(resolve(work), resolve(tarball))
let isWell = true

if (CHROMIUM === undefined) {
  console.log('skipped: kills of Chromium, which is not installed')
} else {
  for (const kind of ['idb', 'opfs']) {
    const { acknowledged, missing } = await killed(
      { folders, chromium: CHROMIUM },
      kind,
      kills,
      seed,
    )
    console.log(
      `kills of Chromium with ${kind}: ${kills}, acknowledged ${acknowledged}, missing ${missing}`,
    )
    if (missing > 0) isWell = false
  }
}
for (const [kind, path] of [
  ['chromium', CHROMIUM],
  ['firefox', FIREFOX],
]) {
  const browser = new Browser(kind, path, folders)
  if (browser.missing) {
    console.log(`skipped: tabs, ${browser.missing}`)
    continue
  }
  const faults = await failed({ folders, browser }, 1).then(
    ({ runs, codes }) => `${runs} runs, ${JSON.stringify(codes)}, nothing lost or counted twice`,
    (error) => {
      isWell = false
      return error.message
    },
  )
  console.log(`operations of IndexedDB failing in turn in ${kind}: ${faults}`)
  const said = await rounds({ rounds: times, tabs: 8, count, seed })({ folders, browser }).catch(
    (error) => error.message,
  )
  await browser.close()
  console.log(
    `rounds of tabs in ${kind}: ${times}, 2 to 8 tabs of ${count} increments and sets: ${said}`,
  )
  if (said !== 'exact totals') isWell = false
}
process.exit(isWell ? 0 : 1)
