// Sources that may never answer.

import { stopped } from './pace.js'

/** What a source gives, until the signal stops the work, which does not wait for a source that does not answer. */
export async function* watched(
  given: AsyncIterable<unknown> | Iterable<unknown>,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown> {
  if (signal === undefined) return yield* given as AsyncIterable<unknown>
  const iterator =
    Symbol.asyncIterator in given ? given[Symbol.asyncIterator]() : given[Symbol.iterator]()
  let fail: (reason: unknown) => void = () => undefined
  const stop = (): void => fail(stopped(signal))
  signal.addEventListener('abort', stop)
  // A promise for each piece: one for all of them would remember each.
  const next = (): Promise<IteratorResult<unknown>> =>
    new Promise((resolve, reject) => {
      fail = reject
      Promise.resolve(iterator.next()).then(resolve, reject)
    })
  let isAtEnd = false
  try {
    for (;;) {
      const { done, value } = await next()
      isAtEnd = done === true
      if (isAtEnd) return
      yield value
    }
  } catch (thrown) {
    // A source that threw has ended; one that has not answered is told, and not waited for.
    isAtEnd = !signal.aborted
    throw thrown
  } finally {
    signal.removeEventListener('abort', stop)
    if (!isAtEnd) void Promise.resolve(iterator.return?.()).catch(() => undefined)
  }
}

/** What a promise gives, unless the signal stops the work before. */
export function awaited<T>(given: PromiseLike<T>, signal: AbortSignal | undefined): PromiseLike<T> {
  if (signal === undefined) return given
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(stopped(signal))
    const done = (): void => signal.removeEventListener('abort', stop)
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    given.then(resolve, reject).then(done, done)
  })
}
