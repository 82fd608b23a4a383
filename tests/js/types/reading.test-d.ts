// What is read has the type of the metric.

import type { Breakdown, Comparison, Latest, Series, SeriesBy, Statistic, Total } from 'trackstats'

import { same } from './same.js'
import { exact, shop } from './shop.js'

const count = shop.value('shopping.order_count', 'day')
same<typeof count, number | null | undefined>()
const big = exact.value('shopping.order_count', 'day')
same<typeof big, bigint | null | undefined>()
const float = exact.value('shopping.revenue', 'day')
same<typeof float, number | null | undefined>()

const series = shop.series('shopping.order_count', 'day', { from: '2026-11-01', fill: 0 })
same<typeof series, Series<number>>()
same<typeof series.values, Float64Array>()
same<typeof series.dates, readonly string[]>()
const [first] = series.toArray()
same<typeof first, { readonly date: string; readonly value: number | null } | undefined>()
for (const { date, value } of series) {
  same<typeof date, string>()
  same<typeof value, number | null>()
}
const exactSeries = exact.series('shopping.order_count', 'day')
same<typeof exactSeries, Series<bigint>>()
same<typeof exactSeries.values, BigInt64Array>()
const floats = exact.series('shopping.revenue', 'day')
same<typeof floats.values, Float64Array>()
const several = shop.series(['shopping.order_count', 'shopping.revenue'], 'day')
same<typeof several, Series<number>[]>()

shop.series('shopping.sales', 'day', { by: { country: 'NL' }, rolling: 7, bucket: 'month' })
shop.series('shopping.sales', 'day', { rolling: { days: 7, aggregate: 'mean' }, fill: 'previous' })
shop.series('shopping.sales', 'day', { bucket: { span: 'week', weekStart: 'sunday' }, fill: null })
// @ts-expect-error a fill that there is none of
shop.series('shopping.sales', 'day', { fill: 1 })
// @ts-expect-error a bucket that there is none of
shop.series('shopping.sales', 'day', { bucket: 'decade' })
// @ts-expect-error an aggregate that there is none of
shop.series('shopping.sales', 'day', { rolling: { days: 7, aggregate: 'median' } })
// @ts-expect-error a dimension that the metric has none of
shop.series('shopping.sales', 'day', { by: { city: 'Utrecht' } })
// @ts-expect-error a metric without dimensions is at none
shop.series('shopping.order_count', 'day', { by: { country: 'NL' } })
// @ts-expect-error an option that there is none of
shop.series('shopping.sales', 'day', { until: '2026-11-23' })
// @ts-expect-error a period that there is none of
shop.series('shopping.sales', 'year')
// @ts-expect-error one of several names that there is none of
shop.series(['shopping.sales', 'shopping.orders'], 'day')

const total = shop.total('shopping.revenue', 'day', { from: '2026-11-01' })
same<typeof total, Total<number>>()
same<typeof total.mean, number | null>()
const exactTotal = exact.total('shopping.order_count', 'day')
same<typeof exactTotal.sum, bigint>()
const latest = shop.latest('shopping.order_count', 'day')
same<typeof latest, Latest<number> | undefined>()
const compared = shop.compare('shopping.revenue', 'day', { from: '2026-11-01', to: '2026-11-30' })
same<typeof compared, Comparison<number>>()
// @ts-expect-error a comparison needs both ends
shop.compare('shopping.revenue', 'day', { from: '2026-11-01' })

const byCountry = shop.breakdown('shopping.sales', 'day', { by: 'country', limit: 5 })
same<typeof byCountry, Breakdown<'country', number>>()
same<(typeof byCountry.parts)[number]['by'], { readonly country: string }>()
const byBoth = shop.breakdown('shopping.sales', 'day', { by: ['country', 'province'] })
same<typeof byBoth, Breakdown<'country' | 'province', number>>()
const byAll = shop.breakdown('shopping.sales', 'day')
same<typeof byAll, Breakdown<'country' | 'province', number>>()
const [part] = byCountry.parts
// @ts-expect-error a part is of the dimensions that were asked for
part?.by.province
// @ts-expect-error a dimension that the metric has none of
shop.breakdown('shopping.sales', 'day', { by: 'city' })
// @ts-expect-error one of two dimensions that the metric has none of
shop.breakdown('shopping.sales', 'day', { by: ['country', 'city'] })
// @ts-expect-error the mean of means is none
shop.breakdown('shopping.sales', 'day', { by: 'country', aggregate: 'mean' })
// @ts-expect-error a place of a dimension that the metric has none of
shop.breakdown('shopping.sales', 'day', { by: 'country', where: { city: 'Utrecht' } })

const seriesBy = shop.seriesBy('shopping.sales', 'day', { by: 'country', limit: 5, fill: 0 })
same<typeof seriesBy, SeriesBy<'country', number>>()
same<(typeof seriesBy.parts)[number]['by'], { readonly country: string }>()
same<typeof seriesBy.other, Series<number> | null>()
const seriesByAll = exact.seriesBy('shopping.sales', 'day', { where: { country: 'NL' } })
same<typeof seriesByAll, SeriesBy<'country' | 'province', bigint>>()
const ofHandle = shop.metric('shopping.sales').seriesBy('day', { by: 'province', bucket: 'week' })
same<typeof ofHandle, SeriesBy<'province', number>>()
// @ts-expect-error a dimension that the metric has none of
shop.seriesBy('shopping.sales', 'day', { by: 'city' })
// @ts-expect-error a place of a dimension that the metric has none of
shop.metric('shopping.sales').seriesBy('day', { where: { city: 'Utrecht' } })
// @ts-expect-error parts are made when they are read, and share nothing
shop.seriesBy('shopping.sales', 'day', { reuse: true })
// @ts-expect-error a part is a series, and no one value
shop.seriesBy('shopping.sales', 'day', { aggregate: 'last' })

const statistics = shop.statistics({ metric: 'shopping.sales', period: ['day', 'week'] })
same<typeof statistics, Statistic<number>[]>()
const newest = exact.latestStatistic()
same<typeof newest, Statistic<number | bigint> | undefined>()

const end = shop.subscribe(
  { metric: 'shopping.sales', period: 'day', by: { country: 'NL' } },
  (changed) => same<typeof changed, Series<number>>(),
)
same<typeof end, () => void>()
const live = exact.live({ metric: 'shopping.order_count', period: 'day', fill: 0 })
const snapshot = live.getSnapshot()
same<typeof snapshot, Series<bigint>>()
const own = shop.live((store) => store.total('shopping.order_count', 'day').sum)
const sum = own.getSnapshot()
same<typeof sum, number>()
// @ts-expect-error a metric that there is none of
shop.live({ metric: 'shopping.orders', period: 'day' })
// @ts-expect-error a subscription needs a callback
shop.subscribe({ metric: 'shopping.sales', period: 'day' })
