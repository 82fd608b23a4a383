// What can be recorded, where, and as what.

import { exact, shop } from './shop.js'

const at = { country: 'NL', province: 'Utrecht' }

shop.record('shopping.order_count', 'lifetime', 1204)
shop.record('shopping.order_count', 'day', null)
shop.record('shopping.order_count', 'day', 3, { date: '2026-11-23' })
shop.record('shopping.order_count', 'day', 3, { date: new Date() })
shop.record('shopping.order_count', 'day', 3, {})
shop.record('shopping.revenue', 'week', 1.5)
shop.record('shopping.sales', 'day', 3, { by: at })
shop.record('shopping.sales', 'day', 3, { by: {} })
shop.record('shopping.sales', 'days_28', 3, {
  by: { country: 1, province: 2n },
  date: '2026-11-23',
})
shop.record('users.comment_count', 'month', 3, { by: { user: 42 } })

// @ts-expect-error a metric that there is none of
shop.record('shopping.orders', 'day', 3)
// @ts-expect-error a domain without a metric
shop.record('shopping', 'day', 3)
// @ts-expect-error a period that there is none of
shop.record('shopping.order_count', 'hour', 3)
// @ts-expect-error the value is missing
shop.record('shopping.order_count', 'day')
// @ts-expect-error a text is no value
shop.record('shopping.order_count', 'day', '3')
// @ts-expect-error undefined is no value: null is what is known to be missing
shop.record('shopping.order_count', 'day', undefined)
// @ts-expect-error a store of numbers takes no bigint
shop.record('shopping.order_count', 'day', 3n)
// @ts-expect-error a metric with dimensions has to be told where
shop.record('shopping.sales', 'day', 3)
// @ts-expect-error one of two dimensions is missing
shop.record('shopping.sales', 'day', 3, { by: { country: 'NL' } })
// @ts-expect-error a dimension that the metric has none of
shop.record('shopping.sales', 'day', 3, { by: { ...at, city: 'Utrecht' } })
// @ts-expect-error a metric without dimensions is split by none
shop.record('shopping.order_count', 'day', 3, { by: { country: 'NL' } })
// @ts-expect-error null is no value of a dimension
shop.record('users.comment_count', 'day', 3, { by: { user: null } })
// @ts-expect-error undefined is no value of a dimension
shop.record('users.comment_count', 'day', 3, { by: { user: undefined } })
// @ts-expect-error a date goes into the options
shop.record('shopping.order_count', 'day', 3, '2026-11-23')
// @ts-expect-error an option that there is none of
shop.record('shopping.order_count', 'day', 3, { on: '2026-11-23' })
// @ts-expect-error a number is no date
shop.record('shopping.order_count', 'day', 3, { date: 20_000 })

shop.increment('shopping.order_count')
shop.increment('shopping.order_count', 2, { period: 'week', date: '2026-11-23' })
shop.increment('shopping.sales', 2, { by: at })
shop.increment('shopping.revenue', 1.5)
// @ts-expect-error null cannot be added
shop.increment('shopping.order_count', null)
// @ts-expect-error a metric with dimensions has to be told where
shop.increment('shopping.sales', 2)

exact.record('shopping.order_count', 'day', 3n)
exact.record('shopping.order_count', 'day', 3)
exact.record('shopping.order_count', 'day', null)
// @ts-expect-error a float metric takes no bigint, whatever the store
exact.record('shopping.revenue', 'day', 3n)

const utrecht = shop.metric('shopping.sales').at(at)
utrecht.record('day', 3, '2026-11-23')
utrecht.record('day', null, '2026-11-23')
utrecht.record('day', 3)
utrecht.recordAll('day', [3], ['2026-11-23'])
utrecht.recordAll('day', Float64Array.of(3), Int32Array.of(20_000))
shop.metric('shopping.sales').at({ country: 'NL' }).series('day')
shop.metric('shopping.revenue').increment(1.5, '2026-11-23')
// @ts-expect-error the value comes before the date
utrecht.record('day', '2026-11-23', 3)
// @ts-expect-error a dimension that the metric has none of
shop.metric('shopping.sales').at({ city: 'Utrecht' })
// @ts-expect-error a metric without dimensions is at none
shop.metric('shopping.order_count').at({ country: 'NL' })
// @ts-expect-error a store of numbers takes no bigint
utrecht.record('day', 3n, '2026-11-23')

shop.delete({ metric: 'shopping.sales', by: { country: 'NL' } })
// @ts-expect-error deleting needs a filter
shop.delete()
// @ts-expect-error a metric that there is none of
shop.delete({ metric: 'shopping.orders' })
// @ts-expect-error an option that there is none of
shop.delete({ metrics: 'shopping.sales' })
// @ts-expect-error a condition of what is deleted that is none
shop.delete({ metric: undefined })
// @ts-expect-error the same where what is older is deleted
shop.retainDays({ metric: undefined }, 1)
