// Trackers know the events and the dimensions.

import type { Period, Since, TrackReport } from 'trackstats'

import { same } from './same.js'
import { shop } from './shop.js'

interface Order {
  readonly paidAt: Date | null
  readonly country: string
  readonly address: { readonly province: string }
  readonly amount: number
  readonly buyer: number
}

declare const orders: readonly Order[]
declare const streamed: AsyncIterable<Order>
declare const ordersSince: (since: Date) => Promise<readonly Order[]>

export async function track(): Promise<void> {
  const report = await shop.track('shopping.sales', 'week', orders, {
    time: 'paidAt',
    by: { country: 'country', province: (order) => order.address.province },
    sum: 'amount',
  })
  same<typeof report, TrackReport>()
  const reports = await shop.track('shopping.order_count', ['day', 'week'], orders, {
    time: 'paidAt',
  })
  same<typeof reports, TrackReport[]>()
  // @ts-expect-error a period that there is none of
  await shop.track('shopping.order_count', ['day', 'hour'], orders, { time: 'paidAt' })
  await shop.track('shopping.order_count', 'lifetime', streamed, {
    time: (order) => order.paidAt,
    filter: (order) => order.amount > 0,
    distinct: 'buyer',
    lookBack: 3,
    signal: new AbortController().signal,
    onProgress: ({ done, total }) => [done, total],
  })
  await shop.track('shopping.order_count', 'day', [Date.now()], { time: (instant) => instant })

  // @ts-expect-error the time is missing
  await shop.track('shopping.order_count', 'day', orders, {})
  // @ts-expect-error a property that the events have none of
  await shop.track('shopping.order_count', 'day', orders, { time: 'payedAt' })
  // @ts-expect-error a function of what the events are not
  await shop.track('shopping.order_count', 'day', orders, { time: (order) => order.payedAt })
  await shop.track('shopping.sales', 'day', orders, {
    time: 'paidAt',
    // @ts-expect-error a dimension that the metric has none of
    by: { city: 'country' },
  })
  await shop.track('shopping.order_count', 'day', orders, {
    time: 'paidAt',
    // @ts-expect-error a metric without dimensions is split by none
    by: { country: 'country' },
  })
  await shop.track('shopping.order_count', 'day', orders, {
    time: 'paidAt',
    // @ts-expect-error a sum is of numbers
    sum: (order) => order.country,
  })
  const since = await shop.neededSince('shopping.sales', ['day', 'week'], {
    by: { country: 'country' },
  })
  same<typeof since, Since>()
  same<typeof since.date, string>()
  await shop.track('shopping.sales', 'day', ({ since }) => ordersSince(since), {
    time: 'paidAt',
    by: { country: (order) => order.country },
    since,
  })
  await shop.track('shopping.sales', 'day', ({ since }) => [{ paidAt: since.date }], {
    time: 'paidAt',
  })
  await shop.track('shopping.sales', 'day', Promise.resolve(orders), { time: 'paidAt' })
  const [two, one] = await shop.trackAll(
    [
      {
        metric: 'shopping.sales',
        periods: ['day', 'week'],
        time: 'paidAt',
        by: { country: 'country' },
      },
      { metric: 'shopping.order_count', periods: 'day', time: (order: Order) => order.paidAt },
    ],
    orders,
    { since: '2026-11-01' },
  )
  same<typeof two, TrackReport[]>()
  same<typeof one, TrackReport>()
  // @ts-expect-error a metric that there is none of
  await shop.trackAll([{ metric: 'shopping.nothing', periods: 'day', time: 'paidAt' }], orders)
  // @ts-expect-error a function that gives no events
  await shop.track('shopping.order_count', 'day', () => 5, { time: 'paidAt' })
  // @ts-expect-error a number is no source
  await shop.track('shopping.order_count', 'day', 5, { time: 'paidAt' })
  // @ts-expect-error an option that there is none of
  await shop.track('shopping.order_count', 'day', orders, { time: 'paidAt', lookback: 3 })
}

const columns = { time: Float64Array.of(Date.now()), by: { country: ['NL'] }, sum: [1] }
const counted = await shop.trackColumns('shopping.sales', 'day', columns, { recompute: true })
same<typeof counted, TrackReport>()
declare const period: Period
const any = await shop.trackColumns('shopping.sales', period, columns)
same<typeof any, TrackReport>()
const each = await shop.trackColumns('shopping.sales', ['day', 'week'], columns)
same<typeof each, TrackReport[]>()
// @ts-expect-error a dimension that the metric has none of
await shop.trackColumns('shopping.sales', 'day', { time: [], by: { city: ['Utrecht'] } })
// @ts-expect-error a metric without dimensions is split by none
await shop.trackColumns('shopping.order_count', 'day', { time: [], by: { country: ['NL'] } })
// @ts-expect-error the times are missing
await shop.trackColumns('shopping.sales', 'day', { sum: [1] })
