// The store: what `open` resolves to.

import { batchIn } from './batch.js'
import { type DomainInfo, type MetricInfo, type NewMetric, registerIn } from './catalog.js'
import { copyOf, functionOf, isAll, knownOf, optionsOf, said } from './check.js'
import type { Context } from './context.js'
import { dayText } from './date.js'
import type { TrackstatsError } from './error.js'
import type { ExportOptions, ImportOptions, ImportReport, ImportSource } from './interchange.js'
import { type Live, type LiveOptions, Lives, changesOf } from './live.js'
import { Metric } from './metric.js'
import { AT, INCREMENT, LIVE, QUERY } from './options.js'
import { periodNumber } from './period.js'
import { Reading, contextOf, leave, rawOf } from './reading.js'
import type { Series } from './series.js'
import { type SqlLimits, type SqlTag, tagFor } from './sql-tag.js'
import { type DeleteFilter, deleteIn, retainIn } from './statistics.js'
import type {
  AllOptions,
  AnyTracker,
  EventColumns,
  EventSource,
  Periods,
  ReportOf,
  RunOptions,
  Since,
  TrackOptions,
  TrackerOf,
} from './tracker.js'
import type {
  Amount,
  At,
  AtArguments,
  Declaration,
  IsSplit,
  MetricDeclaration,
  MetricName,
  MetricOf,
  NameOf,
  Period,
  Recorded,
  SeriesQuery,
  ValueOf,
} from './types.js'
import { kept, working } from './working.js'
import { add, put } from './write.js'

// What the methods share, given by the class below.
let livesOf: (store: unknown) => Lives

const NONE: { readonly by?: undefined; readonly date?: undefined; readonly period?: undefined } = {}

/**
 * Domains, metrics and their statistics, in one time zone. Made by `open`.
 * Recording and reading are synchronous; `sql`, `import`, `export` and `flush` are not.
 */
export class Store<D extends Declaration = Declaration, B extends boolean = false> extends Reading<
  D,
  B
> {
  readonly #lives: Lives

  /**
   * Runs SQL. As a tag, what stands in the template is bound; as a function, parameters stand in the
   * text as `$1`, `$2`. The first call fetches the module for SQL.
   *
   * ```ts
   * const rows = await store.sql`SELECT date, value FROM statistic_by_date WHERE metric = ${'order_count'}`
   * ```
   */
  readonly sql: SqlTag

  static {
    livesOf = (store) => (rawOf(store) as Store).#lives
  }

  /** @internal */
  constructor(context: Context, limits: SqlLimits | undefined) {
    super(context)
    this.#lives = (context.lives ??= new Lives(context)) as Lives
    this.sql = tagFor(context, limits)
  }

  /** The name of the time zone that dates are of. */
  get timeZone(): string {
    return contextOf(this).zone.name
  }

  /** The present date in the zone of the store. */
  get today(): string {
    return dayText(contextOf(this).today())
  }

  /** The number of statistics in the store. */
  get size(): number {
    return contextOf(this).engine.len()
  }

  /** The same store, for metrics whose names are known only when the program runs. */
  get dynamic(): Store<Declaration, B> {
    return this as unknown as Store<Declaration, B>
  }

  /** The domains in the order of their registration. */
  get domains(): readonly DomainInfo[] {
    return contextOf(this).catalog().domains
  }

  /** The metrics in the order of their registration. */
  get metrics(): readonly MetricInfo[] {
    return contextOf(this).catalog().metrics
  }

  /**
   * Registers domains and metrics that are known only now, by a declaration; or one metric, which it
   * returns. What is not given keeps what is stored.
   */
  register(metric: NewMetric): Metric<MetricDeclaration, B>
  register(declaration: Declaration): void
  register(given: NewMetric | Declaration): Metric<MetricDeclaration, B> | undefined {
    const state = registerIn(contextOf(this), given)
    return state === undefined ? undefined : new Metric(contextOf(this), state, undefined)
  }

  /** A metric: a handle with the methods of the store, for loops. */
  metric<N extends MetricName<D>>(name: N): Metric<MetricOf<D, N>, B> {
    return new Metric(contextOf(this), contextOf(this).metric(name), undefined)
  }

  /**
   * Records a value, or null for "known to be missing"; what was there before is replaced. Today,
   * unless `date` says another day.
   *
   * ```ts
   * store.record('shopping.sales', 'day', 3, { by: { country: 'NL', province: 'Utrecht' } })
   * ```
   */
  record<N extends MetricName<D>>(
    name: N,
    period: Period,
    value: Recorded<MetricOf<D, N>, B>,
    ...[options]: AtArguments<MetricOf<D, N>>
  ): void {
    const context = contextOf(this)
    const metric = context.metric(name)
    const { resolver } = context
    const number = periodNumber(period)
    if (options === undefined) {
      put(context, metric, metric.total(resolver), number, context.today(), value)
    } else {
      const { by, date } = options ?? knownOf(options, AT, 'options')
      if (!isAll(options, said(by) + said(date))) optionsOf(options, AT)
      put(context, metric, metric.handle(resolver, by), number, context.day(date), value)
    }
    if (metric.watched) context.onChange(metric)
  }

  /** Adds to a value: 1 to that of today in the period 'day', unless it is said otherwise. */
  increment<N extends MetricName<D>>(
    name: N,
    ...rest: IsSplit<MetricOf<D, N>> extends true
      ? [amount: Amount<MetricOf<D, N>, B>, options: At<MetricOf<D, N>> & { period?: Period }]
      : [amount?: Amount<MetricOf<D, N>, B>, options?: At<MetricOf<D, N>> & { period?: Period }]
  ): void {
    const amount = rest[0]
    const options = rest[1]
    const { by, date, period } =
      options === undefined ? NONE : (options ?? knownOf(options, INCREMENT, 'options'))
    if (options !== undefined && !isAll(options, said(by) + said(date) + said(period))) {
      optionsOf(options, INCREMENT)
    }
    const context = contextOf(this)
    const metric = context.metric(name)
    const { engine } = context
    const handle = metric.handle(engine, by)
    const number = periodNumber(period ?? 'day')
    const day = context.day(date)
    add(engine, metric, handle, number, day, amount === undefined ? 1 : amount)
    if (metric.watched) context.onChange(metric)
  }

  /** Deletes the statistics that a filter chooses, and returns how many there were. */
  delete(filter: DeleteFilter<MetricName<D>>): number {
    return deleteIn(contextOf(this), filter)
  }

  /** Deletes the statistics that a filter chooses and that are older than so many days; `{}` chooses all. */
  retainDays(filter: DeleteFilter<MetricName<D>>, days: number): number {
    return retainIn(contextOf(this), filter, days)
  }

  /**
   * Computes statistics from events: any iterable of your own objects, also an asynchronous one, or a
   * function that is asked for those that are needed. It counts them, or takes one of `sum`, `mean`,
   * `minimum`, `maximum`, `distinct`. Several periods read the events once, and each returns a report.
   *
   * ```ts
   * const source = ({ since }) => sql`SELECT * FROM orders WHERE paid_at >= ${since}`
   * await store.track('shopping.sales', 'week', source, {
   *   time: 'paidAt',
   *   by: { country: 'country', province: (order) => order.address.province },
   * })
   * ```
   *
   * Rejects, and changes nothing, where the first event comes after what rows that it would write again
   * were made of. The host gets turns meanwhile: an array must not be changed until it is done.
   */
  async track<N extends MetricName<D>, E, P extends Periods>(
    name: N,
    periods: P,
    source: EventSource<E>,
    options: TrackOptions<E, NameOf<MetricOf<D, N>>>,
  ): Promise<ReportOf<P>> {
    const context = contextOf(this)
    const metric = context.metric(name)
    const [own, events, given] = [kept(periods), kept(source), kept(options as TrackOptions<never>)]
    return working((work) => work.trackEvents(context, metric, own, events, given))
  }

  /**
   * Runs several trackers over one reading of the events: all rows are written or none, and there is a
   * report for each. One is the options of `track` with its metric and periods:
   * `{ metric: 'shopping.revenue', periods: 'day', time: 'paidAt', sum: 'total' }`.
   */
  async trackAll<E, const T extends readonly TrackerOf<D, E>[]>(
    trackers: T,
    source: EventSource<E>,
    options: AllOptions = {},
  ): Promise<{ [K in keyof T]: ReportOf<T[K]['periods']> }> {
    const context = contextOf(this)
    const all: unknown = Array.isArray(trackers) ? trackers.map(kept) : trackers
    const [events, given] = [kept(source), kept(options)]
    const reports: unknown = await working((work) =>
      work.trackAllEvents(context, all as readonly AnyTracker<never>[], events, given),
    )
    return reports as { [K in keyof T]: ReportOf<T[K]['periods']> }
  }

  /**
   * From when on a run with these options now needs events: a `Date` that has the date beside it, the
   * earliest of all (`0001-01-01`) where all are needed. It changes with what is stored.
   */
  async neededSince<N extends MetricName<D>, E = Record<string, unknown>>(
    name: N,
    periods: Periods,
    options?: Partial<TrackOptions<E, NameOf<MetricOf<D, N>>>>,
  ): Promise<Since> {
    const context = contextOf(this)
    const metric = context.metric(name)
    const [own, given] = [kept(periods), kept(options as TrackOptions<never> | undefined)]
    return working((work) => work.neededSince(context, metric, own, given))
  }

  /** As `track`, over events given as columns, which may be changed once the promise is returned. */
  async trackColumns<N extends MetricName<D>, P extends Periods>(
    name: N,
    periods: P,
    columns: EventColumns<NameOf<MetricOf<D, N>>>,
    options: RunOptions = {},
  ): Promise<ReportOf<P>> {
    const context = contextOf(this)
    const metric = context.metric(name)
    const [own, events, given] = [kept(periods), kept(columns), kept(options)]
    return working((work) => work.trackColumns(context, metric, own, events, given))
  }

  /**
   * Calls back with the fresh series after each change to it, once a microtask. Returns what ends the
   * subscription. A series that cannot be read, as when a sum is no safe integer, is told to `onError`, without
   * it to that of the store.
   */
  subscribe<N extends MetricName<D>>(
    query: SeriesQuery<D, N>,
    callback: (series: Series<ValueOf<MetricOf<D, N>, B>>) => void,
    options?: LiveOptions,
  ): () => void {
    contextOf(this)
    functionOf(callback, 'to call back')
    optionsOf(options, LIVE)
    return changesOf(this.live(query), callback, options)
  }

  /**
   * A series that follows the store, or whatever a function reads from it: for React's
   * `useSyncExternalStore` and as a store of Svelte.
   */
  live<N extends MetricName<D>>(query: SeriesQuery<D, N>): Live<Series<ValueOf<MetricOf<D, N>, B>>>
  live<T>(read: (store: this) => T): Live<T>
  live(query: ((store: this) => unknown) | SeriesQuery<D, MetricName<D>>): Live<unknown> {
    contextOf(this)
    if (typeof query === 'function') return livesOf(this).of(() => query(this), undefined, this)
    const { metric, period, ...shape } = copyOf(query, QUERY, 'a query of a series')
    const state = contextOf(this).metric(metric)
    const read = (): unknown => this.series(metric, period, shape)
    // A mistake in the query shows here, and not in a callback.
    read()
    return livesOf(this).of(read, state, this)
  }

  /** Reads a file into the store: all of it, or nothing if it rejects. */
  async import(source: ImportSource, options: ImportOptions): Promise<ImportReport> {
    const context = contextOf(this)
    const given = kept(options)
    return working((work) => work.importInto(context, source, given))
  }

  /** The statistics that a filter chooses, as the text of a file. */
  async export(options: ExportOptions<MetricName<D>>): Promise<string> {
    const context = contextOf(this)
    const given = kept(options)
    return working((work) => work.exportText(context, given))
  }

  /** As `export`, as bytes: for a file or a `Blob`. */
  async exportBytes(options: ExportOptions<MetricName<D>>): Promise<Uint8Array> {
    const context = contextOf(this)
    const given = kept(options)
    return working((work) => work.exportBytes(context, given))
  }

  /** All that the store holds, as the bytes that `open` takes as `snapshot`. */
  snapshot(): Uint8Array {
    return contextOf(this).engine.snapshot()
  }

  /**
   * The bytes of changes that are not durable yet, for whoever watches over a program: 0 after `flush`, and for a
   * store in memory. What a batch does counts once it has ended.
   */
  get unsaved(): number {
    const context = contextOf(this)
    context.engine.len()
    return context.keeper?.unsaved ?? 0
  }

  /** What is wrong with what is stored, for a store opened with `readDamaged` that is there only up to that. */
  get damage(): TrackstatsError | undefined {
    return contextOf(this).damage
  }

  /**
   * Resolves when what others committed until now can be read here. Without it that is so after about 100 ms for a
   * store opened with `readOnly`, and as soon as a tab tells for one in IndexedDB.
   */
  async refresh(): Promise<void> {
    const context = contextOf(this)
    context.engine.len()
    await context.keeper?.refresh()
  }

  /**
   * Resolves when everything recorded so far is durable; at once for a store in memory. Without it that
   * is so after at most 100 ms. If it rejects, with `storage_full` or `io`, everything is kept and tried again,
   * by itself and by the next call. What fails without a `flush` is told to `onError` of `open`.
   */
  async flush(): Promise<void> {
    const context = contextOf(this)
    context.engine.len()
    const flight = context.keeper?.flush()
    if (flight !== undefined) await flight
  }

  /**
   * Calls a function whose changes are kept together, in one commit: if it throws, the store is as it
   * was before, and the error is thrown on. The function cannot be an asynchronous one.
   *
   * ```ts
   * store.batch(() => {
   *   store.increment('shopping.order_count')
   *   store.increment('shopping.sales', 3, { by: { country: 'NL', province: 'Utrecht' } })
   * })
   * ```
   */
  batch<T>(work: () => T): T {
    return batchIn(contextOf(this), work)
  }

  /**
   * Makes everything durable and ends the store, once all that opened it in this process have closed it, also if it rejects as
   * `flush` does. What is called on it afterwards throws `closed`; closing again does nothing; kept, it stays open in a batch.
   */
  async close(): Promise<void> {
    const context = contextOf(this)
    if (context.isClosed) return
    if (context.users > 1) {
      // Others in this process have it open.
      context.users--
      livesOf(this).leave(this)
      leave(this)
      await context.keeper?.flush()
      return
    }
    await context.end()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    contextOf(this)
    await this.close()
  }
}
