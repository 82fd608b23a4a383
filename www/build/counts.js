// Counting by date and name, of which only the most frequent are told apart.

export class Counts {
  #most
  #byName = new Map()

  /** @param {number} most how many names are kept; the others become 'others' */
  constructor(most) {
    this.#most = most
  }

  add(date, name) {
    const dates = this.#byName.get(name) ?? new Map()
    dates.set(date, (dates.get(date) ?? 0) + 1)
    this.#byName.set(name, dates)
  }

  /** All dates, in order. */
  dates() {
    return [...new Set([...this.#byName.values()].flatMap((dates) => [...dates.keys()]))].sort()
  }

  /** Names, and for each its dates and counts from a date on. */
  columns(from) {
    const sum = (dates) => [...dates.values()].reduce((sum, count) => sum + count, 0)
    const ranked = [...this.#byName].sort(
      ([name, dates], [other, others]) => sum(others) - sum(dates) || (name < other ? -1 : 1),
    )
    const kept = new Map(ranked.slice(0, this.#most))
    for (const [, dates] of ranked.slice(this.#most)) {
      const others = kept.get('others') ?? new Map()
      for (const [date, count] of dates) others.set(date, (others.get(date) ?? 0) + count)
      kept.set('others', others)
    }
    return [...kept].map(([name, counts]) => {
      const points = [...counts].filter(([date]) => date >= from).sort()
      return {
        name,
        dates: points.map(([date]) => date),
        counts: points.map(([, count]) => count),
      }
    })
  }
}
