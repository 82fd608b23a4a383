// Counts of events by hand, in one pass: by day, of a week, of all, and by day of each object, of
// whose numbers nothing is known.

const DAY = 86_400_000

export function tallyColumns(at, users) {
  let [earliest, latest] = [at[0], at[0]]
  for (let place = 1; place < at.length; place++) {
    if (at[place] < earliest) earliest = at[place]
    if (at[place] > latest) latest = at[place]
  }
  const first = Math.floor(earliest / DAY)
  const length = Math.floor(latest / DAY) - first + 1
  const whole = new Int32Array(length)
  const objects = new Map()
  for (let place = 0; place < at.length; place++) {
    const day = Math.floor(at[place] / DAY) - first
    const user = users[place]
    let counts = objects.get(user)
    if (counts === undefined) objects.set(user, (counts = new Int32Array(length)))
    counts[day]++
    whole[day]++
  }
  return { first, whole, ...windows(whole), objects }
}

export function tallyObjects(events) {
  let [earliest, latest] = [events[0].at, events[0].at]
  for (const { at } of events) {
    if (at < earliest) earliest = at
    if (at > latest) latest = at
  }
  const first = Math.floor(earliest / DAY)
  const length = Math.floor(latest / DAY) - first + 1
  const whole = new Int32Array(length)
  const objects = new Map()
  for (const { at, user } of events) {
    const day = Math.floor(at / DAY) - first
    let counts = objects.get(user)
    if (counts === undefined) objects.set(user, (counts = new Int32Array(length)))
    counts[day]++
    whole[day]++
  }
  return { first, whole, ...windows(whole), objects }
}

function windows(whole) {
  const weeks = new Int32Array(whole.length)
  const lifetimes = new Int32Array(whole.length)
  let week = 0
  let lifetime = 0
  for (let at = 0; at < whole.length; at++) {
    week += whole[at] - (at >= 7 ? whole[at - 7] : 0)
    lifetime += whole[at]
    weeks[at] = week
    lifetimes[at] = lifetime
  }
  return { weeks, lifetimes }
}
