// What the tests of stores in browsers check by.

/** Fails if two things are not the same, as texts. */
export function same(found, wanted, what) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)]
  if (one !== other) throw new Error(`${what}: ${one.slice(0, 200)} and not ${other.slice(0, 200)}`)
}
