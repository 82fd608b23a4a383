// SQL: a tag or a function, whose rows may be given a type.

import type { SqlRow, SqlRows } from 'trackstats'

import { same } from './same.js'
import { shop } from './shop.js'

export async function sql(): Promise<void> {
  const rows = await shop.sql`SELECT date, value FROM statistic_by_date WHERE metric = ${'sales'}`
  same<typeof rows, SqlRows<SqlRow>>()
  same<typeof rows.columns, readonly string[]>()
  same<typeof rows.affected, number>()
  const value = rows[0]?.['value']
  same<typeof value, string | number | bigint | boolean | null | undefined>()
  const typed = await shop.sql<{
    date: string
    value: number
  }>`SELECT date, value FROM statistic_by_date`
  same<(typeof typed)[number], { date: string; value: number }>()
  await shop.sql('SELECT * FROM metric WHERE ref = $1 AND $2', ['sales', true])
  await shop.sql`SELECT ${1} + ${2n} + ${null} + ${new Date()}`
  const stopped = await shop.sql('SELECT 1', [], { signal: AbortSignal.abort() })
  same<typeof stopped, SqlRows<SqlRow>>()
  // @ts-expect-error a call of SQL tells of no progress
  await shop.sql('SELECT 1', [], { onProgress: () => undefined })
  // @ts-expect-error an object is no parameter
  await shop.sql`SELECT ${{}}`
  // @ts-expect-error undefined is no parameter
  await shop.sql('SELECT $1', [undefined])
  // @ts-expect-error a number is no statement
  await shop.sql(5)
  // @ts-expect-error rows are not changed
  rows.push({})
}
