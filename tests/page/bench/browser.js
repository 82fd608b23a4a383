// The browser that measures.

import { createRequire } from 'node:module'
import { join } from 'node:path'

const { TRACKSTATS_DRIVER: driver, CHROMIUM } = process.env

export const executablePath = CHROMIUM

export const playwright = createRequire(join(driver, 'package.json'))('playwright-core')
