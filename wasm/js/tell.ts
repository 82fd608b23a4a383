// Telling of what fails where no caller waits for an answer.

import type { TrackstatsError } from './error.js'

/** Who is told. */
export type Tell = (error: TrackstatsError) => void

interface Host {
  emitWarning?: (text: string, options: { type: string; code: string }) => void
}

/** Tells the caller's function; without one, warns once. */
export function tellOf(onError: Tell | undefined): Tell {
  let isWarned = false
  return (error) => {
    if (onError !== undefined) return guarded(() => onError(error))
    if (isWarned) return
    isWarned = true
    const text = `trackstats: ${error.message} (${error.code}); open with 'onError' to hear of every failure`
    const { process } = globalThis as { process?: Host }
    const { code } = error
    if (process?.emitWarning === undefined) console.warn(text)
    else process.emitWarning(text, { type: 'TrackstatsWarning', code })
  }
}

/** Calls what a caller gave: what it throws is their mistake, which is reported as uncaught and stops nothing. */
export function guarded(call: () => void): void {
  try {
    call()
  } catch (thrown) {
    queueMicrotask(() => {
      throw thrown
    })
  }
}
