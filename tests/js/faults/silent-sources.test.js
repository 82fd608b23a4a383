// Sources of events that never answer.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { NOW, opened } from '../shop.js'

test('a source of events that does not answer is stopped by the signal, and told', async () => {
  for (const how of ['track', 'trackAll', 'asked']) {
    const store = await opened({ now: () => NOW })
    const stopping = new AbortController()
    let isTold = false
    const never = () => new Promise(() => undefined)
    const events = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          setImmediate(() => stopping.abort('enough'))
          return never()
        },
        return: async () => {
          isTold = true
          return { done: true, value: undefined }
        },
      }),
    }
    const { signal } = stopping
    const asked = () => {
      setImmediate(() => stopping.abort('enough'))
      return never()
    }
    const work = {
      track: () => store.track('shop.orders', 'day', events, { time: 'at', signal }),
      trackAll: () =>
        store.trackAll([{ metric: 'shop.orders', periods: 'day', time: 'at' }], events, { signal }),
      asked: () => store.track('shop.orders', 'day', asked, { time: 'at', signal }),
    }
    await assert.rejects(work[how](), { code: 'aborted', cause: 'enough' })
    assert.equal(isTold, how !== 'asked')
    assert.equal(store.size, 0)
    await store.close()
  }
})
