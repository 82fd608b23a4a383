// What of a declaration is new to a store, so that opening it again commits nothing.

import type { EngineCatalog, KnownCatalog } from '../engine-types.js'

/** What would change a catalogue that is registered. */
export function unknownOf(given: EngineCatalog, known: KnownCatalog): EngineCatalog {
  const domains = new Map(known.domains.map((domain) => [domain.reference, domain]))
  const metrics = new Map(known.metrics.map((metric) => [metric.name, metric]))
  return {
    domains: given.domains.filter(({ reference, title, description }) => {
      const own = domains.get(reference)
      return own === undefined || !holds(own, { title, description })
    }),
    metrics: given.metrics.filter(({ name, title, description, kind, by }) => {
      const own = metrics.get(name)
      return own === undefined || !holds(own, { title, description, kind, by })
    }),
  }
}

/** Whether all that is given is so already. */
function holds(own: object, given: object): boolean {
  return Object.entries(given).every(
    ([name, value]) =>
      value === undefined ||
      value === null ||
      JSON.stringify(value) === JSON.stringify((own as Record<string, unknown>)[name]),
  )
}
