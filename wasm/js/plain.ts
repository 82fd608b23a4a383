// Answers that are plain to look at.

/** JSON knows no bigint: one is written as a text of its digits. */
const toJSON: PropertyDescriptor = {
  value(this: object): object {
    const entries = Object.entries(this)
    return Object.fromEntries(
      entries.map(([name, one]) => [
        name,
        typeof one === 'bigint' ? String(one) : (one as unknown),
      ]),
    )
  },
}

/**
 * An object that `JSON.stringify` writes, also with bigints in it. It stays what it is otherwise: what is
 * added is seen by nothing that compares, copies or prints.
 */
export function plain<T extends object>(answer: T): T {
  for (const name in answer) {
    if (typeof answer[name] === 'bigint') return Object.defineProperty(answer, 'toJSON', toJSON)
  }
  return answer
}
