// Where an error is in a statement.

/** Where an error is in a statement: the place it tells, or that of the word it names. */
export function placeOf(message, statement) {
  const told = /Line: (\d+), Column: (\d+)/.exec(message)
  if (told) {
    const lines = statement.split('\n')
    const line = Math.min(Number(told[1]), lines.length)
    const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0)
    const from = Math.min(before + Number(told[2]) - 1, statement.length)
    const word = /^(\w+|\S)/.exec(statement.slice(from))?.[0] ?? ''
    return { from, to: from + word.length, line, column: Number(told[2]) }
  }
  const named = /'([^']+)'/.exec(message)?.[1]
  const isEnd = /found: EOF/.test(message)
  const from = isEnd ? statement.length : named === undefined ? -1 : statement.indexOf(named)
  if (from < 0) return undefined
  const before = statement.slice(0, from).split('\n')
  const to = isEnd ? from : from + named.length
  return { from, to, line: before.length, column: before.at(-1).length + 1 }
}
