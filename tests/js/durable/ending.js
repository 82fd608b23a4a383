// A program that records and ends in the way that it is told. Called as `ending.js <path> <how>`.

import { opened } from './place.js'

const [path, how] = process.argv.slice(2)
const store = await opened(path)
store.increment('shop.orders')
if (how === 'exit') process.exit(0)
if (how === 'throw') throw new Error('a mistake')
if (how === 'in flight') {
  store.record('shop.visits', 'day', 1, { by: { page: 'home' } })
  void store.flush()
  setImmediate(() => process.exit(0))
}
if (how === 'compaction') {
  const days = Int32Array.from({ length: 400_000 }, (_, at) => at)
  const values = Float64Array.from(days, (day) => day * 7)
  store.metric('shop.visits').at({ page: 'home' }).recordAll('day', values, days)
  void store.flush()
  setTimeout(() => process.exit(0), 30)
}
