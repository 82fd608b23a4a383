// Domains and metrics: what a declaration lists, what a store knows, and registering at run time.

import type { Context } from './context.js'
import { knownOf, recordOf, textOf } from './check.js'
import type { EngineCatalog } from './engine-types.js'
import { TrackstatsError, shown } from './error.js'
import { KINDS, among } from './names.js'
import { DOMAIN, METRIC, NEW_METRIC } from './options.js'
import type { MetricState } from './state.js'
import type { Declaration, Kind, MetricDeclaration } from './types.js'

/** A metric that is known only when the program runs. */
export interface NewMetric extends MetricDeclaration {
  /** The references of domain and metric with a dot between them. */
  readonly name: string
}

/** A domain as the store knows it. */
export interface DomainInfo {
  readonly reference: string
  readonly title: string
  readonly description: string
}

/** A metric as the store knows it. */
export interface MetricInfo {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly kind: Kind
  /** The dimensions it may be split by; if empty, it may be split by any. */
  readonly by: readonly string[]
}

/** @internal Lists what a declaration declares. */
export function catalogOf(declaration: Declaration): EngineCatalog {
  const domains: EngineCatalog['domains'][number][] = []
  const metrics: EngineCatalog['metrics'][number][] = []
  for (const [reference, given] of Object.entries(recordOf(declaration, 'domains'))) {
    const {
      title,
      description,
      metrics: declared,
    } = knownOf(given, DOMAIN, `the domain '${reference}'`)
    domains.push({ reference, ...textsOf(reference, title, description) })
    for (const [name, one] of Object.entries(recordOf(declared, `metrics of '${reference}'`))) {
      const metric = typeof one === 'string' ? { title: one } : one
      metrics.push(metricOf(`${reference}.${name}`, metric, true))
    }
  }
  return { domains, metrics }
}

/** A metric as the engine registers it. What is declared wholly has the default for what is left out. */
function metricOf(
  name: string,
  given: MetricDeclaration,
  isWhole: boolean,
): EngineCatalog['metrics'][number] {
  const { title, description, kind, by } = knownOf(
    given,
    isWhole ? METRIC : NEW_METRIC,
    `the metric '${name}'`,
  )
  return {
    name,
    ...textsOf(name, title, description),
    kind: kind === undefined ? (isWhole ? 'integer' : kind) : among(KINDS, kind, 'kind'),
    by: by === undefined && !isWhole ? by : namesOf(by),
  }
}

function textsOf(
  name: string,
  title: unknown,
  description: unknown,
): { title?: string; description?: string } {
  return {
    ...(title !== undefined && { title: textOf(title, `the title of '${name}'`) }),
    ...(description !== undefined && {
      description: textOf(description, `the description of '${name}'`),
    }),
  }
}

/** Names of dimensions, given one by one or as a list. */
export function namesOf(by: string | readonly string[] | undefined): readonly string[] {
  if (by === undefined) return []
  const names: unknown = typeof by === 'string' ? [by] : by
  if (Array.isArray(names)) {
    // Unlike `map`, this does not pass over what a sparse array leaves out.
    return Array.from(names, (name) => textOf(name, 'the name of a dimension'))
  }
  throw new TrackstatsError('invalid_value', `${shown(names)} is no list of dimensions`)
}

/**
 * @internal
 * Registers a metric, which it returns, or all that a declaration declares.
 */
export function registerIn(
  context: Context,
  given: NewMetric | Declaration,
): MetricState | undefined {
  if (typeof given !== 'object' || given === null) {
    throw new TrackstatsError('invalid_value', `${shown(given)} is no metric and no declaration`)
  }
  const { name } = given
  if (typeof name !== 'string') {
    context.register(catalogOf(given as Declaration))
    context.onChange(undefined)
    return undefined
  }
  context.register({ domains: [], metrics: [metricOf(name, given as NewMetric, false)] })
  context.onChange(undefined)
  return context.metric(name)
}
