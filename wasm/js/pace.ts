// Long work: how far it has come, and whether it should go on.

import { functionOf } from './check.js'
import { TrackstatsError, shown } from './error.js'

/** How far work has come. The total is null where it is not known before the end. */
export interface Progress {
  readonly done: number
  readonly total: number | null
}

/** Options of long work. */
export interface Work {
  /** Stops the work; it rejects with `aborted`, and nothing is written. */
  readonly signal?: AbortSignal | undefined
  /** Is told from time to time how far the work has come. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** The options that are checked, and read once. */
export function workOf({ signal, onProgress }: Work): Work {
  if (onProgress !== undefined) functionOf(onProgress, 'to tell of progress')
  // Also one of another realm, or of a library.
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw new TrackstatsError('invalid_value', `${shown(signal)} is no signal to stop the work`)
  }
  return { signal, onProgress }
}

/** Milliseconds of work after which the host gets a turn. */
const TURN = 12

/** Milliseconds that a step takes at most and at least, or it gets shorter or longer. */
const [LONG, SHORT] = [6, 2]

/** How many events or bytes a step has at most. */
const MOST = 8192

/** Watches over one piece of work. */
export class Pace {
  readonly #work: Work
  readonly #total: number | null
  readonly #most: number
  #turn: number = now()
  #last: number = this.#turn
  /** After how many events or bytes to ask: so many as take a few milliseconds, however slow they come. */
  step: number

  constructor(work: Work, total: number | null, step: number = MOST) {
    this.#work = work
    this.#total = total
    this.#most = step
    this.step = Math.min(step, 32)
    this.check()
  }

  /** Whether anybody wants to be told or to stop the work. */
  get isWatched(): boolean {
    return this.#work.signal !== undefined || this.#work.onProgress !== undefined
  }

  /** After a step: whether the host has waited long, or somebody wants to be told or to stop the work. */
  isDue(): boolean {
    const time = now()
    const took = time - this.#last
    this.#last = time
    if (took > LONG) this.step = Math.max(1, this.step >> 1)
    else if (took < SHORT) this.step = Math.min(this.#most, this.step * 2)
    return this.isWatched || time - this.#turn > TURN
  }

  /** Tells how far the work has come, and gives the host a turn if it has waited long. */
  async pass(done: number): Promise<void> {
    this.check()
    this.#work.onProgress?.({ done, total: this.#total })
    if (now() - this.#turn > TURN) {
      await turn()
      this.#turn = this.#last = now()
    }
    this.check()
  }

  /** Throws if the work was stopped. */
  check(): void {
    const { signal } = this.#work
    if (signal?.aborted === true) throw stopped(signal)
  }
}

/** The error of work that was stopped, with the reason of the signal as its cause. */
export function stopped(signal: AbortSignal): TrackstatsError {
  return new TrackstatsError('aborted', 'the caller stopped the work', { cause: signal.reason })
}

function now(): number {
  return performance.now()
}

/** Lets the host do what waits: a timer, because promises alone would not let it paint. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
