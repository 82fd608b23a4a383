// Whether two answers say the same.

import { Series, isSame } from './series.js'

/**
 * Series by their points, typed arrays, plain objects and arrays by their parts. Anything else, such as a `Map`, a
 * `Date` or an object of a class, may say another thing though it looks the same: it is different unless it is
 * the same object. If `isStill`, nothing changed between the two, and such are taken to say the same.
 */
export function isEqual(
  left: unknown,
  right: unknown,
  isStill: boolean,
  seen: Map<object, object> = new Map(),
): boolean {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return false
  }
  if (left instanceof Series || right instanceof Series) {
    return left instanceof Series && right instanceof Series && isSame(left, right)
  }
  const kind: unknown = Object.getPrototypeOf(left)
  if (kind !== Object.getPrototypeOf(right)) return false
  const isData =
    Array.isArray(left) ||
    (ArrayBuffer.isView(left) && !(left instanceof DataView)) ||
    kind === null ||
    kind === Object.prototype
  if (!isData) return isStill
  // What contains itself was begun to be compared.
  if (seen.get(left) === right) return true
  seen.set(left, right)
  const [names, others] = [Reflect.ownKeys(left), Reflect.ownKeys(right)]
  return (
    names.length === others.length &&
    names.every((name) => isEqual((left as Parts)[name], (right as Parts)[name], isStill, seen))
  )
}

type Parts = { readonly [name: string | symbol]: unknown }
