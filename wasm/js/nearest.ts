// The name that was probably meant.

/** Names are looked at up to this number, and up to this length: it is only a hint. */
const MOST = 10_000
const LONGEST = 100

/** Of some names, the one that differs from what was given in the fewest letters, if those are few. */
export function nearest(given: unknown, names: Iterable<string>): string | undefined {
  if (typeof given !== 'string' || given.length > LONGEST) return undefined
  const folded = given.toLowerCase()
  let best: string | undefined
  let least = 2 + given.length / 4
  let left = MOST
  for (const name of names) {
    if (left-- === 0) break
    // A metric without its domain is far from the whole.
    if (name.toLowerCase().endsWith(`.${folded}`)) return name
    if (Math.abs(name.length - given.length) >= least) continue
    const differing = distance(folded, name.toLowerCase())
    if (differing < least) {
      best = name
      least = differing
    }
  }
  return best
}

/** The nearest of some names as the question that a message asks before it says more; nothing without one. */
export function meant(given: unknown, names: Iterable<string>): string {
  const name = nearest(given, names)
  return name === undefined ? '' : `did you mean '${name}'? `
}

/** How many letters have to be put in, taken out or replaced. */
function distance(left: string, right: string): number {
  const row = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let at = 0; at < left.length; at++) {
    let before = at
    row[0] = at + 1
    for (let other = 0; other < right.length; other++) {
      const above = row[other + 1]!
      const replaced = before + (left[at] === right[other] ? 0 : 1)
      row[other + 1] = Math.min(above + 1, row[other]! + 1, replaced)
      before = above
    }
  }
  return row[right.length]!
}
