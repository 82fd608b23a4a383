// Records and keeps the same with the package in IndexedDB, and with SQLite in a worker.

import { defineStats, open } from './node_modules/trackstats/index.js'

const [PRODUCTS, DAYS] = [10, 1000]
const stats = defineStats({ shop: { metrics: { sales: { by: 'product' } } } })
/** Day by day, one product after the other. */
const values = Int32Array.from({ length: PRODUCTS * DAYS }, (_, at) => {
  const [product, day] = [Math.floor(at / DAYS), at % DAYS]
  return (day * 7919 + product * 104_729) % (10 + product)
})

/** The milliseconds until 10,000 records of a new store are kept. */
async function ours(name) {
  const store = await open(`idb:${name}`, { stats })
  await store.flush()
  const started = performance.now()
  for (let product = 0; product < PRODUCTS; product++) {
    const sales = store.metric('shop.sales').at({ product })
    for (let day = 0; day < DAYS; day++) {
      sales.record('day', values[product * DAYS + day], new Date(day * 86_400_000))
    }
  }
  await store.flush()
  const taken = performance.now() - started
  await store.close()
  const again = await open(`idb:${name}`, { stats })
  let sum = 0
  for (const { value } of again.statistics({})) sum += value
  await again.close()
  return { taken, sum }
}

const worker = new Worker(new URL('race.js', import.meta.url), { type: 'module' })
const answer = () => new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)))
await answer()

/** As `ours`. */
function peer(name) {
  worker.postMessage({ name, products: PRODUCTS, days: DAYS, values })
  return answer()
}

Object.assign(globalThis, { race: { ours, peer } })
