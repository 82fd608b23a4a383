// A program that counts, and says after each flush how far it has come, until it is killed.
// Called as `counting.js <path> [pause]`.

import { writeSync } from 'node:fs'

import { opened, orders, pause } from './place.js'

const [path, wait = '0'] = process.argv.slice(2)
const store = await opened(path)
let count = orders(store) ?? 0
writeSync(1, `began ${count}\n`)
const days = Int32Array.from({ length: 3000 }, (_, at) => at)
for (;;) {
  store.batch(() => {
    count += 1
    store.increment('shop.orders')
    store.record('shop.orders', 'lifetime', count)
  })
  if (count % 7 === 0) {
    // So that the file outgrows its snapshot from time to time.
    const values = Float64Array.from(days, (day) => day * count * 1_000_003)
    store
      .metric('shop.visits')
      .at({ page: count % 5 })
      .recordAll('day', values, days)
  }
  await store.flush()
  writeSync(1, `flushed ${count}\n`)
  if (wait !== '0') await pause(Number(wait))
}
