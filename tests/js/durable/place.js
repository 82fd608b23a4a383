// Stores in files, for the tests of what is durable.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { defineStats, open } from 'trackstats'

export const stats = defineStats({
  shop: { metrics: { orders: 'Orders', visits: { by: 'page' } } },
})

/** Monday 2026-11-23, noon in UTC. */
export const NOW = Date.UTC(2026, 10, 23, 12)

/** The path of a store in a folder of its own, which is removed at the end of the test. */
export function placeFor(context) {
  const folder = mkdtempSync(join(tmpdir(), 'trackstats-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'shop.stats')
}

export function opened(path, options = {}) {
  return open(`file:${path}`, { stats, now: () => NOW, ...options })
}

/** What a reader sees, beside an owner or without one. */
export async function read(path, look) {
  const store = await opened(path, { readOnly: true })
  try {
    return look(store)
  } finally {
    await store.close()
  }
}

export const orders = (store) => store.value('shop.orders', 'day')

/** Gives the host turns until a condition holds. */
export async function until(condition) {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve))
}

/** Ends a test that waits for what never comes. */
export const LIMIT = { timeout: 60_000 }

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
