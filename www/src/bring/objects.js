// Objects of JSON as rows: all of their keys are columns, in the order in which they were met.

/** How deep what is inside an object becomes columns of its own; what is deeper stays a text of JSON. */
const DEEP = 3

/** A value of JSON as the text of a cell. */
function cellOf(value) {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export class Objects {
  /** The columns by the path that leads to them. */
  #places = new Map()
  #names
  #most
  /** The columns in which a text was met: what looks like a number there was written by somebody. */
  texts = new Set()
  /** How many columns there were beyond the most. */
  beyond = new Set()

  constructor(most, paths = []) {
    this.#most = most
    for (const path of paths) this.#places.set(path, this.#places.size)
  }

  /** The paths to the columns, with which the same file is read again. */
  get paths() {
    return [...this.#places.keys()]
  }

  get names() {
    return this.#names ?? this.paths
  }

  /** Names the columns of rows that are lists. */
  nameRows(names) {
    this.#names = names
  }

  /** The cells of an object or of a list; undefined if it is neither. */
  cells(value) {
    if (typeof value !== 'object' || value === null) return undefined
    const cells = []
    const isList = Array.isArray(value)
    for (const [key, inside] of Object.entries(value)) {
      if (isList) this.#put(cells, this.#place(`Column ${Number(key) + 1}`), inside)
      else this.#walk(cells, key, inside, 1)
    }
    for (let at = 0; at < cells.length; at += 1) cells[at] ??= ''
    return cells
  }

  #walk(cells, path, value, depth) {
    if (typeof value !== 'object' || value === null || depth >= DEEP) {
      return this.#put(cells, this.#place(path), value)
    }
    const inside = Object.entries(value)
    // Of a list of texts each would be a column, and it would be another in each row.
    if (Array.isArray(value) && value.some((one) => typeof one !== 'object' || one === null)) {
      return this.#put(cells, this.#place(path), value)
    }
    for (const [key, one] of inside) this.#walk(cells, `${path}.${key}`, one, depth + 1)
  }

  #place(path) {
    const known = this.#places.get(path)
    if (known !== undefined) return known
    if (this.#places.size >= this.#most) {
      if (this.beyond.size < 100_000) this.beyond.add(path)
      return undefined
    }
    this.#places.set(path, this.#places.size)
    return this.#places.size - 1
  }

  #put(cells, place, value) {
    if (place === undefined) return
    if (typeof value === 'string') this.texts.add(place)
    cells[place] = cellOf(value)
  }
}

/** Names of lists that are rows, where more than one may be. */
const ROWS = /^(rows|data|items|records|results|values|events|entries)$/i

/**
 * The list that has rows: of all lists of objects or lists the one with the most, or one that is called so; the
 * object itself where there is none.
 */
export function rowsOf(value) {
  if (Array.isArray(value)) return { rows: value }
  const found = []
  const look = (object, depth) => {
    for (const [key, inside] of Object.entries(object)) {
      if (Array.isArray(inside)) {
        const isRows = inside.some((one) => typeof one === 'object' && one)
        if (isRows) found.push({ rows: inside, isNamed: ROWS.test(key), beside: object })
      } else if (typeof inside === 'object' && inside !== null && depth < DEEP) {
        look(inside, depth + 1)
      }
    }
  }
  look(value, 1)
  const [best] = found.sort(
    (a, b) => Number(b.isNamed) - Number(a.isNamed) || b.rows.length - a.rows.length,
  )
  if (best === undefined) return { rows: [value] }
  return { rows: best.rows, names: namesBeside(best) }
}

/** Names that stand beside rows that are lists. */
function namesBeside({ rows, beside }) {
  if (!Array.isArray(rows[0])) return undefined
  return Object.values(beside).find(
    (list) =>
      Array.isArray(list) &&
      list.length === rows[0].length &&
      list.every((name) => typeof name === 'string'),
  )
}
