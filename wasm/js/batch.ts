// Several changes that are all made or none.

import { functionOf } from './check.js'
import type { Context } from './context.js'
import { TrackstatsError } from './error.js'

/**
 * @internal
 * Calls a function whose changes are kept together; if it throws, the store is as it was before.
 */
export function batchIn<T>(context: Context, work: () => T): T {
  functionOf(work, 'of a batch')
  context.engine.batch(0)
  context.depth++
  let result: T
  try {
    result = work()
    if (typeof (result as { then?: unknown } | null | undefined)?.then === 'function') {
      // It goes on, outside of the batch; what it fails with is told by this error already.
      Promise.resolve(result).catch(() => undefined)
      throw new TrackstatsError(
        'invalid_value',
        'the function of a batch gave a promise: it has to be done when it returns, so await what it needs before',
      )
    }
  } catch (thrown) {
    if (!context.isClosed) context.rollBack()
    throw thrown
  } finally {
    context.depth--
  }
  context.engine.batch(1)
  return result
}
