// Tries the package in every place where its users are.
//
// Called as `main.js [--fast] <work> <tarball> [name…]`: the folder that everything is installed
// under, the package, and which places, all unless they are named. CHROMIUM and FIREFOX say where the
// browsers are; MODULE is the folder of the module of the example. Without a browser its places fail, and in a
// fast run that is no part of an integration (CI) they are missing.

import { resolve } from 'node:path'

import { Browser } from './browser.js'
import { Folders } from './folder.js'
import { places } from './list.js'
import { expected } from './scenario.js'

const [work, tarball, ...names] = process.argv.slice(2).filter((word) => word !== '--fast')
const isFast = process.argv.includes('--fast')
const isRequired = !isFast || Boolean(process.env.CI)
// What the tools keep for a user stays under that folder too, and they report to nobody.
Object.assign(process.env, {
  XDG_CACHE_HOME: resolve(work, 'home'),
  XDG_CONFIG_HOME: resolve(work, 'home'),
  DENO_DIR: resolve(work, 'home/deno'),
  NEXT_TELEMETRY_DISABLED: '1',
  WRANGLER_SEND_METRICS: 'false',
})
const folders = new Folders(resolve(work), resolve(tarball))
const chromium = new Browser('chromium', process.env.CHROMIUM, folders)
const firefox = new Browser('firefox', process.env.FIREFOX, folders)

const chosen = places.filter(({ name, fast }) =>
  names.length > 0 ? names.some((part) => name.includes(part)) : fast || !isFast,
)
let [well, missing] = [0, 0]
for (const place of chosen) {
  const started = performance.now()
  const why = await tried(place)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(why ?? `well: ${place.name} (${seconds} s)`)
  if (why === undefined) well += 1
  else if (why.startsWith('missing')) missing += 1
}
await Promise.all([chromium.close(), firefox.close()])
const possible = chosen.length - missing
console.log(`places: ${well} of ${possible}${missing > 0 ? `, ${missing} missing` : ''}`)
process.exit(well === possible && well > 0 ? 0 : 1)

/** Why a place does not do, if so. */
async function tried(place) {
  const browser = place.browser === 'firefox' ? firefox : chromium
  if (place.browser && browser.missing) {
    return `${isRequired ? 'failed' : 'missing'}: ${place.name}: ${browser.missing}`
  }
  try {
    const texts = [await place.answer({ folders, browser, module: process.env.MODULE })].flat()
    const wanted = place.expected ?? expected
    const others = texts.filter((text) => text !== wanted)
    if (others.length === 0) return undefined
    return `failed: ${place.name}: it answers\n${others[0]}\nand not\n${wanted}`
  } catch (error) {
    return `failed: ${place.name}: ${error.message}`
  }
}
