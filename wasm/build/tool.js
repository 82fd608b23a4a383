// Finds the tools, which are installed under the target folder and not beside these scripts.

import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The folder that `cargo xtask build` runs `npm ci` in. */
export const tools = process.env.TRACKSTATS_TOOLS ?? fail('TRACKSTATS_TOOLS is not set')

/** A package of the tools. */
export const tool = createRequire(join(tools, 'package.json'))

/** @returns {never} */
export function fail(text) {
  console.error(text)
  process.exit(1)
}
