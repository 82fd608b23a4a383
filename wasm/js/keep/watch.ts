// Seeing that something changes, and refusing that it does, without any work for stores in memory.

import type { Context } from '../context.js'
import type { Engine } from '../engine.js'
import type { Pending } from '../pending.js'

/** What changes a store. */
const WRITES: ReadonlySet<string | symbol> = new Set<keyof Engine>([
  'record',
  'recordBigint',
  'recordAll',
  'recordAllBigints',
  'recordEach',
  'add',
  'addBigint',
  'register',
  'delete',
  'retainDays',
  'track',
  'applyChanges',
  'batch',
])

/** Calls back at every change of a store. */
export function watch(context: Context, changed: () => void): void {
  const { engine, pending } = context
  engine.onWrite = changed
  const put = pending.put.bind(pending)
  pending.put = (handle, period, isFloat, day, value) => {
    put(handle, period, isFloat, day, value)
    changed()
  }
}

/** Has everything that would change a store throw; reading goes on. */
export function shield(context: Context, error: Error): void {
  // What was recorded before goes in.
  const { engine, pending } = context
  const refuse = (): never => {
    throw error
  }
  const shielded = new Proxy(engine, {
    get(target, name) {
      if (WRITES.has(name)) return refuse
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const refusing = new Proxy(pending, {
    get: (target, name) => (name === 'put' ? refuse : Reflect.get(target, name, target)),
  })
  context.shield(shielded as Engine, refusing as Pending)
}
