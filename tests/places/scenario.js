// What every place does with the package, and what has to come out of it.

export const expected = `\
record 1204
series 2026-11-21 3, 2026-11-22 0, 2026-11-23 1
track 3 events, Utrecht 2
sql 2026-11-21 3, 2026-11-23 1`

/** Records, reads a series, tracks events and asks SQL; tells in a text what came of it. */
export async function run({ defineStats, open }) {
  const stats = defineStats({
    shopping: {
      title: 'Shopping',
      metrics: {
        order_count: 'Number of orders sold',
        sales: { title: 'Items sold', by: ['country', 'province'] },
      },
    },
  })
  const now = () => Date.UTC(2026, 10, 23, 12)
  const store = await open('memory:', { stats, timeZone: 'Europe/Amsterdam', now })
  try {
    store.record('shopping.order_count', 'lifetime', 1204)
    const recorded = store.value('shopping.order_count', 'lifetime')

    store.record('shopping.order_count', 'day', 3, { date: '2026-11-21' })
    store.increment('shopping.order_count')
    const series = store.series('shopping.order_count', 'day', { fill: 0 })
    const points = Array.from(series, ({ date, value }) => `${date} ${value}`)

    const orders = ['Utrecht', 'Utrecht', 'Drenthe'].map((province) => ({
      paidAt: '2026-11-23T10:00:00Z',
      province,
    }))
    const report = await store.track('shopping.sales', 'week', orders, {
      time: 'paidAt',
      by: { country: () => 'NL', province: 'province' },
    })
    const utrecht = store.value('shopping.sales', 'week', {
      by: { country: 'NL', province: 'Utrecht' },
    })

    const rows = await store.sql`
      SELECT date, value FROM statistic_by_date
      WHERE metric = ${'order_count'} AND period = 'day' ORDER BY date`
    return [
      `record ${recorded}`,
      `series ${points.join(', ')}`,
      `track ${report.events} events, Utrecht ${utrecht}`,
      `sql ${rows.map(({ date, value }) => `${date} ${value}`).join(', ')}`,
    ].join('\n')
  } finally {
    await store.close()
  }
}
