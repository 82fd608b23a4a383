// Medians of runs that take turns, so that other load on the machine falls on all of them.

import { cpuUsage } from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'

/** Of each contender; odd, so that one of them is the median. */
const RUNS = 7

/** Milliseconds in which other threads end what they were given: to sweep up garbage, and to compile. */
const REST = 40

/**
 * Runs all in turn, and answers the median milliseconds of each. A run is a function that answers the
 * milliseconds of the work alone, without what has to be there before.
 */
export async function inTurn(runs) {
  const taken = runs.map(() => [])
  // The first turns warm caches and compilers, and are not counted.
  for (let turn = -2; turn < RUNS; turn++) {
    for (const [at, run] of runs.entries()) {
      // What one contender leaves behind is no work of the next, neither to find it nor to sweep it up,
      // which other threads do afterwards.
      globalThis.gc?.()
      await rest()
      const milliseconds = await run()
      if (turn >= 0) taken[at].push(milliseconds)
    }
  }
  return taken.map(median)
}

/** Waits until other threads have ended what was left to them, which is no part of what is timed next. */
export function rest() {
  return pause(REST)
}

/** The middle one of an odd number of numbers. */
export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]
}

/**
 * The milliseconds that the threads of this process work. What other programs take of the processor
 * meanwhile is not in it: the clock on the wall would count it for long works and hardly for short
 * ones.
 */
export async function timed(work) {
  const before = cpuUsage()
  await work()
  const { user, system } = cpuUsage(before)
  return (user + system) / 1000
}
