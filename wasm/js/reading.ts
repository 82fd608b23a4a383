// Reading from a store: what the store's class begins with.

import { TrackstatsError } from './error.js'
import { type Breakdown, type BreakdownOptions, breakdownOf } from './breakdown.js'
import { knownOf, optionsOf, strayCall, unwrapped } from './check.js'
import type { Context } from './context.js'
import { type DateInput, dayText } from './date.js'
import { type Comparison, type Latest, Metric, type Total, seriesOfAll } from './metric.js'
import { AT, RANGE_AT, SHAPE_AT, type Table } from './options.js'
import type { RangeOptions, ShapeOptions } from './query.js'
import type { Series } from './series.js'
import { type SeriesBy, type SeriesByOptions, seriesByOf } from './series-by.js'
import { type Filter, type Statistic, newestOf, statisticsOf } from './statistics.js'
import type {
  AnyValue,
  Declaration,
  MetricName,
  MetricOf,
  NameOf,
  Period,
  SomeOf,
  ValueOf,
} from './types.js'

/**
 * @internal
 * What the methods of a store share; it says so when one is called on anything else.
 */
export let contextOf: (store: unknown) => Context

/**
 * @internal
 * The store itself, behind whatever proxy it is called through.
 */
export let rawOf: (store: unknown) => object

const RAW: unique symbol = Symbol('trackstats.raw')

function isObject(given: unknown): given is object {
  return typeof given === 'object' && given !== null
}

/**
 * @internal
 * A metric where the options say.
 */
export function placeOf<D extends Declaration, B extends boolean, N extends MetricName<D>>(
  store: Reading<D, B>,
  name: N,
  options: { readonly by?: object | undefined } | undefined,
  keys: Table,
): Metric<MetricOf<D, N>, B> {
  const context = contextOf(store)
  return new Metric(context, context.metric(name), optionsOf(options, keys)?.by)
}

/**
 * @internal
 * Ends one of several stores over one context, which goes on.
 */
export let leave: (store: unknown) => void

/** What a closed store has in the place of its context: it is closed, and everything else throws. */
const LEFT = new Proxy(Object.create(null) as Context, {
  get(_, name): true {
    if (name === 'isClosed') return true
    throw new TrackstatsError('closed', 'the store is closed')
  },
})

/** The methods that read. */
export class Reading<D extends Declaration, B extends boolean> {
  #context: Context

  static {
    leave = (store) => {
      ;(rawOf(store) as Reading<Declaration, boolean>).#context = LEFT
    }
    unwrapped(this)
    rawOf = (store) => {
      if (isObject(store)) {
        if (#context in store) return store
        // A proxy passes on what is no private field.
        const raw = (store as { [RAW]?: unknown })[RAW]
        if (isObject(raw) && #context in raw) return raw
      }
      throw strayCall('store')
    }
    contextOf = (store) =>
      isObject(store) && #context in store
        ? store.#context
        : (rawOf(store) as Reading<Declaration, boolean>).#context
  }

  /** @internal */
  constructor(context: Context) {
    this.#context = context
    Object.defineProperty(this, RAW, { value: this })
  }

  /** The value of a date, today unless it is given: null if missing, undefined if never recorded. */
  value<N extends MetricName<D>>(
    name: N,
    period: Period,
    options?: { readonly by?: SomeOf<MetricOf<D, N>>; readonly date?: DateInput },
  ): ValueOf<MetricOf<D, N>, B> | null | undefined {
    const metric = placeOf(this, name, options, AT)
    return metric.value(
      period,
      options?.date === undefined ? dayText(contextOf(this).today()) : options.date,
    )
  }

  /** A series, in the shape that is asked for. */
  series<N extends MetricName<D>>(
    name: N,
    period: Period,
    options?: ShapeOptions & { readonly by?: SomeOf<MetricOf<D, N>> | undefined },
  ): Series<ValueOf<MetricOf<D, N>, B>>
  /** Several series in the order of their names; what fills their gaps reaches over all of them. */
  series<N extends MetricName<D>>(
    names: readonly N[],
    period: Period,
    options?: ShapeOptions & { readonly by?: SomeOf<MetricOf<D, N>> | undefined },
  ): Series<ValueOf<MetricOf<D, N>, B>>[]
  series<N extends MetricName<D>>(
    names: N | readonly N[],
    period: Period,
    options?: ShapeOptions & { readonly by?: SomeOf<MetricOf<D, N>> | undefined },
  ): Series<ValueOf<MetricOf<D, N>, B>> | Series<ValueOf<MetricOf<D, N>, B>>[] {
    const metricOf = (name: N) => placeOf(this, name, options, SHAPE_AT)
    if (Array.isArray(names)) {
      const metrics = Array.from(names as readonly N[], metricOf)
      return seriesOfAll(metrics, contextOf(this), period, options)
    }
    return metricOf(names as N).readShape(period, options)
  }

  /** The newest value of a metric; undefined if there is none. */
  latest<N extends MetricName<D>>(
    name: N,
    period: Period,
    options?: RangeOptions & { readonly by?: SomeOf<MetricOf<D, N>> | undefined },
  ): Latest<ValueOf<MetricOf<D, N>, B>> | undefined {
    return placeOf(this, name, options, RANGE_AT).readLatest(period, options)
  }

  /** The sum and the number of the values of a range, or of all. */
  total<N extends MetricName<D>>(
    name: N,
    period: Period,
    options?: RangeOptions & { readonly by?: SomeOf<MetricOf<D, N>> | undefined },
  ): Total<ValueOf<MetricOf<D, N>, B>> {
    return placeOf(this, name, options, RANGE_AT).readTotal(period, options)
  }

  /** A range beside the one of the same length that ends the day before it. */
  compare<N extends MetricName<D>>(
    name: N,
    period: Period,
    range: {
      readonly from: DateInput
      readonly to: DateInput
      readonly by?: SomeOf<MetricOf<D, N>> | undefined
    },
  ): Comparison<ValueOf<MetricOf<D, N>, B>> {
    return placeOf(this, name, range, RANGE_AT).readComparison(
      period,
      knownOf(range, RANGE_AT, 'a range with from and to'),
    )
  }

  /**
   * How a metric is made up of its parts, largest first.
   *
   * ```ts
   * store.breakdown('shopping.sales', 'day', { by: 'country', on: '2026-11-23', limit: 5 })
   * ```
   */
  breakdown<
    N extends MetricName<D>,
    const K extends NameOf<MetricOf<D, N>> = NameOf<MetricOf<D, N>>,
  >(
    name: N,
    period: Period,
    options?: BreakdownOptions<K, SomeOf<MetricOf<D, N>>>,
  ): Breakdown<K, ValueOf<MetricOf<D, N>, B>> {
    return breakdownOf(contextOf(this), name, period, options)
  }

  /**
   * The series of the largest parts of a metric, and one of all others added up.
   *
   * ```ts
   * store.seriesBy('shopping.sales', 'day', { by: 'country', limit: 5, from: '2026-11-01', fill: 0 })
   * ```
   */
  seriesBy<
    N extends MetricName<D>,
    const K extends NameOf<MetricOf<D, N>> = NameOf<MetricOf<D, N>>,
  >(
    name: N,
    period: Period,
    options?: SeriesByOptions<K, SomeOf<MetricOf<D, N>>>,
  ): SeriesBy<K, ValueOf<MetricOf<D, N>, B>> {
    return seriesByOf(contextOf(this), name, period, options)
  }

  /** The statistics that a filter chooses, sorted by metric, period, dimensions and date. */
  statistics(filter?: Filter<MetricName<D>>): Statistic<AnyValue<B>>[] {
    return statisticsOf(contextOf(this), filter) as Statistic<AnyValue<B>>[]
  }

  /** The statistic with the newest date among those that a filter chooses. */
  latestStatistic(filter?: Filter<MetricName<D>>): Statistic<AnyValue<B>> | undefined {
    return newestOf(contextOf(this), filter) as Statistic<AnyValue<B>> | undefined
  }
}
