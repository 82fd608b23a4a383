// The series of the largest parts of a metric, and one of all others.

import { type BreakdownOptions, askedOf, valuesOf } from './breakdown.js'
import { optionsOf } from './check.js'
import type { Context } from './context.js'
import { FIRST_DAY, dayText } from './date.js'
import { Metric, seriesOfAll } from './metric.js'
import { SERIES_BY } from './options.js'
import { type ShapeOptions, shapeOf } from './query.js'
import type { Series } from './series.js'
import { eachSeries } from './statistics.js'
import type { Period } from './types.js'

/** Which parts are asked for, and in which shape. */
export interface SeriesByOptions<Name extends string = string, Where = object>
  extends
    Omit<ShapeOptions, 'reuse'>,
    Pick<BreakdownOptions<Name, Where>, 'by' | 'where' | 'limit'> {}

/** The series of one part. */
export interface SeriesPart<Name extends string, V extends number | bigint> {
  /** The values of the dimensions. */
  readonly by: { readonly [N in Name]: string }
  readonly series: Series<V>
}

/** The series of the parts of a metric, that with the largest sum first; of equal ones the first by text. */
export interface SeriesBy<Name extends string, V extends number | bigint> {
  readonly parts: readonly SeriesPart<Name, V>[]
  /** The parts that were cut off by the limit, added up; null if there were none. */
  readonly other: Series<V> | null
  /** The number of parts that were cut off. */
  readonly otherCount: number
  /** The dimensions of what was read: those that were asked for, or more, whose values were added up. */
  readonly splitBy: readonly string[]
}

/** @internal Reads the parts: what is stored of them is added up in a store beside, which gives it its shape. */
export function seriesByOf<Name extends string, V extends number | bigint>(
  context: Context,
  name: string,
  period: Period,
  options: SeriesByOptions<Name> | undefined,
): SeriesBy<Name, V> {
  const { fill, rolling, limit = Infinity } = optionsOf(options, SERIES_BY) ?? {}
  shapeOf(options)
  const asked = askedOf(context, name, period, options)
  const { engine, answer } = context
  const { parts, splitBy } = engine.breakdown<V>({ ...asked, limit: undefined })
  const numbers = new Map(parts.map(({ at }, number) => [JSON.stringify(at), number]))
  // What lies before the range counts where a point is made of earlier ones.
  const first = rolling === undefined && fill !== 'previous' ? asked.first : FIRST_DAY
  const beside = context.beside(name)
  try {
    const state = beside.metric(name)
    const metrics = parts
      .slice(0, limit + 1)
      .map((_, part) => new Metric<object, boolean>(beside, state, { part }))
    const filter = { metrics: [name], periods: [period], at: asked.where, splitBy }
    eachSeries(engine, filter, ({ by, handle }) => {
      const at = new Map(by)
      const number = numbers.get(JSON.stringify(asked.by.map((one) => at.get(one))))
      // One without a value in the range is no part.
      if (number === undefined) return
      engine.read(handle, asked.period, first, asked.last)
      const { days, values, nulls } = answer.series<V>()
      const missing = new Set(nulls)
      const to = metrics[Math.min(number, limit)]!
      days.forEach((day, place) => {
        const date = dayText(day)
        if (!missing.has(day)) to.increment(values[place]!, date, period)
        else if (to.value(period, date) === undefined) to.record(period, null, date)
      })
    })
    const series = seriesOfAll(metrics, beside, period, options) as Series<V>[]
    return {
      parts: series
        .slice(0, limit)
        .map((series, part) => ({ by: valuesOf(asked.by, parts[part]!.at), series })),
      other: series[limit] ?? null,
      otherCount: Math.max(parts.length - limit, 0),
      splitBy,
    }
  } finally {
    beside.close()
  }
}
