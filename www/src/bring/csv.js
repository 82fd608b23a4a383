// Taking a text apart into rows of cells, in pieces, and finding out what stands between the cells.

/** What may stand between cells. */
export const DELIMITERS = [',', ';', '\t', '|']

/** A record that is longer is no record: a quotation mark was not closed. */
const LONGEST = 16 << 20

export class Unclosed extends Error {}

/** Reads rows from pieces of a text. A row is `{ number, cells }`, the number being that of its first line. */
export class Rows {
  #delimiter
  #rest = ''
  #line = 1

  constructor(delimiter) {
    this.#delimiter = delimiter
  }

  /** The rows that end in what has come so far; at the end also the last one, which needs no end. */
  push(piece, isLast) {
    const text = this.#rest + piece
    const rows = []
    let at = 0
    for (;;) {
      const row = this.#row(text, at, isLast)
      if (row === undefined) break
      // What is blank is no row.
      if (row.cells.length > 1 || row.cells[0].trim() !== '') {
        rows.push({ number: this.#line, cells: row.cells })
      }
      this.#line += row.lines
      at = row.end
    }
    this.#rest = text.slice(at)
    if (this.#rest.length > LONGEST) {
      throw new Unclosed(`row ${this.#line} does not end: a quotation mark is not closed`)
    }
    return rows
  }

  /** Whether the text ended inside quotation marks. */
  isOpen = false

  /** One row from a place on; undefined if its end has not come yet. */
  #row(text, from, isLast) {
    if (from >= text.length) return undefined
    const cells = []
    let [at, lines] = [from, 0]
    for (;;) {
      let cell
      if (text[at] === '"') {
        const quoted = this.#quoted(text, at, isLast)
        if (quoted === undefined) return undefined
        cell = quoted.cell
        lines += quoted.lines
        at = quoted.end
      } else {
        cell = ''
      }
      // Also what stands behind a quotation mark, though nothing should.
      const end = this.#endOfCell(text, at)
      cell += text.slice(at, end)
      cells.push(cell)
      const sign = text[end]
      if (sign === this.#delimiter) {
        at = end + 1
        continue
      }
      if (sign === undefined) return isLast ? { cells, lines, end } : undefined
      if (sign === '\r') {
        // Whether a line feed follows shows with the next piece.
        if (end + 1 === text.length && !isLast) return undefined
        return { cells, lines: lines + 1, end: end + (text[end + 1] === '\n' ? 2 : 1) }
      }
      return { cells, lines: lines + 1, end: end + 1 }
    }
  }

  #endOfCell(text, from) {
    for (let at = from; at < text.length; at += 1) {
      const sign = text[at]
      if (sign === this.#delimiter || sign === '\n' || sign === '\r') return at
    }
    return text.length
  }

  #quoted(text, from, isLast) {
    let [cell, start] = ['', from + 1]
    for (;;) {
      const mark = text.indexOf('"', start)
      // A mark at the end of a piece may be the first of two.
      if (!isLast && (mark < 0 || mark + 1 === text.length)) return undefined
      if (mark < 0) {
        this.isOpen = true
        cell += text.slice(start)
        return { cell, lines: linesIn(cell), end: text.length }
      }
      cell += text.slice(start, mark)
      if (text[mark + 1] !== '"') return { cell, lines: linesIn(cell), end: mark + 1 }
      cell += '"'
      start = mark + 2
    }
  }
}

function linesIn(text) {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0
}

/** What stands between the cells of a text, by its first lines, and how many lines say so themselves. */
export function delimiterOf(text, isData) {
  const said = /^"?sep=(.)"?\r?(\n|$)/i.exec(text)
  if (said) return { delimiter: said[1], skip: said[0].length }
  let best = { delimiter: ',', score: -1 }
  for (const delimiter of DELIMITERS) {
    const rows = new Rows(delimiter).push(text, true).slice(0, 50)
    const score = scoreOf(rows.length > 1 ? rows.slice(0, -1) : rows, isData)
    if (score > best.score) best = { delimiter, score }
  }
  return { delimiter: best.delimiter, skip: 0 }
}

/** How well rows fit a delimiter: most have as many cells, and these are dates and numbers. */
function scoreOf(rows, isData) {
  const counts = new Map()
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  const [width, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
  if (width < 2) return 0
  const cells = rows.flatMap(({ cells }) => cells.map((cell) => cell.trim())).filter(Boolean)
  const known = cells.filter(isData).length
  return (count / rows.length) * 2 + known / Math.max(1, cells.length)
}
