// The hook infers what the store knows.

import type { Series } from 'trackstats'
import { useSeries } from 'trackstats/react'

import { same } from './same.js'
import { exact, shop } from './shop.js'

export function Orders(): number {
  const orders = useSeries(shop, { metric: 'shopping.order_count', period: 'day', fill: 0 })
  same<typeof orders, Series<number>>()
  const big = useSeries(exact, { metric: 'shopping.order_count', period: 'day' })
  same<typeof big, Series<bigint>>()
  useSeries(shop, { metric: 'shopping.sales', period: 'day', by: { country: 'NL' } })
  // @ts-expect-error a metric that there is none of
  useSeries(shop, { metric: 'shopping.orders', period: 'day' })
  // @ts-expect-error a dimension that the metric has none of
  useSeries(shop, { metric: 'shopping.sales', period: 'day', by: { city: 'Utrecht' } })
  // @ts-expect-error the period is missing
  useSeries(shop, { metric: 'shopping.sales' })
  return orders.length
}
