// The names of a declaration are known exactly, which is what completion lists.

import { type MetricName, defineStats } from 'trackstats'

import { same } from './same.js'
import { type Shop, shop } from './shop.js'

same<
  MetricName<Shop>,
  | 'shopping.order_count'
  | 'shopping.revenue'
  | 'shopping.sales'
  | 'users.comment_count'
  | 'users.rating'
>()
// The union is that of the first parameter, so that it is what an editor offers.
same<Parameters<typeof shop.metric>[0], MetricName<Shop>>()

// @ts-expect-error a kind that there is none of
defineStats({ shopping: { metrics: { revenue: { kind: 'decimal' } } } })
// @ts-expect-error a domain without metrics
defineStats({ shopping: { title: 'Shopping' } })
// @ts-expect-error a title that is no text
defineStats({ shopping: { metrics: { order_count: 5 } } })
// @ts-expect-error an option of a metric that there is none of
defineStats({ shopping: { metrics: { order_count: { titel: 'Orders' } } } })
// @ts-expect-error a dimension that is no text
defineStats({ shopping: { metrics: { sales: { by: [5] } } } })

defineStats({
  // @ts-expect-error a key that no domain has
  shop: { titel: 'Shop', metrics: { orders: 'Orders' } },
})
defineStats({
  // @ts-expect-error a key that no metric has
  shop: { metrics: { orders: { type: 'float' } } },
})
