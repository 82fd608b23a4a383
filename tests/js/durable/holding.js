// Fills a large store, gives it up, and prints the bytes of module memory that can be reached before and after.
// Called as `holding.js <address> <how>`, with `--expose-gc`.

import { bytesOfMemories, memories } from './memories.js'
import { open } from 'trackstats'

/** Bytes of the memories that are not collected. */
async function reachable() {
  for (let round = 0; round < 10; round++) {
    globalThis.gc()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return bytesOfMemories()
}

const [address, how] = process.argv.slice(2)

async function filled() {
  const store = await open(address)
  const visits = store.register({ name: 'shop.visits', by: ['page'] })
  const days = Int32Array.from({ length: 10_000 }, (_, at) => at)
  const values = Float64Array.from(days, (day) => day * 7)
  for (let page = 0; page < 250; page++) visits.at({ page }).recordAll('day', values, days)
  return { store, visits }
}

async function run() {
  const small = how === 'closed beside a small one' ? await open('memory:') : undefined
  let large = await filled()
  if (address !== 'memory:') await large.store.sql`SELECT 1`
  if (how === 'exported') await large.store.exportBytes({ format: 'jsonl' })
  let end = large.store.subscribe(
    { metric: 'shop.visits', period: 'day', by: { page: 1 } },
    () => 0,
  )
  const before = bytesOfMemories()
  if (how === 'failed to open') {
    const snapshot = large.store.snapshot()
    await large.store.close()
    const failed = await open('memory:', { snapshot, timeZone: 'Asia/Tokyo' }).catch(
      ({ code }) => code,
    )
    if (failed !== 'zone_mismatch') throw new Error(failed)
  } else if (how === 'forgotten') large = end = undefined
  else if (how !== 'exported') await large.store.close()
  const after = await reachable()
  const left = memories.filter((memory) => memory.deref() !== undefined).length
  // Whoever still has the store, a handle or a subscription holds none of it.
  return {
    open: before,
    after,
    made: memories.length,
    left,
    small: small?.size,
    names: large?.visits.name,
    end: typeof end,
  }
}

console.log(JSON.stringify(await run()))
