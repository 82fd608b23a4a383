// What `open` gives is inferred from the declaration and the options, without a generic that a user writes.

import { type Store, defineStats, open } from 'trackstats'

import { same } from './same.js'
import { type Shop, stats } from './shop.js'

export async function opened(): Promise<void> {
  const plain = await open('memory:')
  same<typeof plain, Store>()
  const shop = await open('memory:', { stats, timeZone: 'Europe/Amsterdam', now: () => new Date() })
  same<typeof shop, Store<Shop>>()
  const exact = await open('memory:', { stats, bigint: true, snapshot: shop.snapshot() })
  same<typeof exact, Store<Shop, true>>()
  await using disposed = await open('memory:', {
    stats: defineStats({ a: { metrics: { b: 'B' } } }),
  })
  same<Parameters<typeof disposed.metric>, [name: 'a.b']>()

  const kept = await open('file:./stats', { stats, readOnly: true })
  same<typeof kept, Store<Shop>>()
  const count = shop.batch(() => 5)
  same<typeof count, number>()

  // @ts-expect-error no address of a store
  await open('http://stats')
  // @ts-expect-error an option that there is none of
  await open('memory:', { timezone: 'UTC' })
  // @ts-expect-error a declaration has to pass defineStats
  await open('memory:', { stats: { shopping: { metrics: {} } } })
  // @ts-expect-error a clock tells numbers or dates
  await open('memory:', { now: () => '2026-11-23' })
}
