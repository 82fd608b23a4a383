// Numbers as people write them: with a point before the fraction or with a comma.

/** What both styles have around their digits: a sign of a currency, a minus of a typesetter. */
const tidy = (text) =>
  text
    .replace(/^([-+−]?)\s*\p{Sc}\s*/u, '$1')
    .replace(/\s*\p{Sc}$/u, '')
    .replace('−', '-')

/** Between groups of three digits there may also be a space or an apostrophe. */
const POINT = /^[-+]?(\d{1,3}((,\d{3})+|([\s'’]\d{3})+)|\d+)?(\.\d*)?(e[-+]?\d+)?$/i
const COMMA = /^[-+]?(\d{1,3}((\.\d{3})+|([\s'’]\d{3})+)|\d+)?(,\d*)?(e[-+]?\d+)?$/i

/** In which style a text is a number; undefined if it is none. */
export function styleOf(text) {
  const plain = tidy(text)
  if (!/\d/.test(plain) || /^[-+]?e/i.test(plain)) return undefined
  const [isPoint, isComma] = [POINT.test(plain), COMMA.test(plain)]
  if (isPoint && isComma) {
    // Without a point or comma both are the same.
    return /[.,]/.test(plain) ? styleInDoubt(plain) : 'plain'
  }
  return isPoint ? 'point' : isComma ? 'comma' : undefined
}

/** `0,145` is no group of a thousand; `1,500` may be one. */
function styleInDoubt(plain) {
  const sign = plain.includes(',') ? ',' : '.'
  return /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(plain)
    ? `doubt${sign}`
    : sign === ','
      ? 'comma'
      : 'point'
}

/** The number of a text in a style; NaN if it is none in that style. */
export function numberOf(text, style) {
  let plain = tidy(text)
  if (!/\d/.test(plain) || /^[-+]?e/i.test(plain)) return NaN
  if (!(style === 'comma' ? COMMA : POINT).test(plain)) return NaN
  plain = plain.replace(/[\s'’]/g, '')
  return Number(
    style === 'comma' ? plain.replaceAll('.', '').replace(',', '.') : plain.replaceAll(',', ''),
  )
}

/** Counts in which styles numbers are written. */
export class Styles {
  #counts = new Map()
  #numbers = 0
  #texts = 0

  add(style, count = 1) {
    this.#texts += count
    if (style === undefined) return
    this.#numbers += count
    this.#counts.set(style, (this.#counts.get(style) ?? 0) + count)
  }

  of(style) {
    return this.#counts.get(style) ?? 0
  }

  get areNumbers() {
    return this.#numbers > 0 && this.#numbers >= this.#texts * 0.8
  }

  /** Adds what another column of the same file says. */
  join(other) {
    for (const style of ['point', 'comma']) this.add(style, other.of(style))
  }
}

/**
 * The style of a column, and whether it may as well be the other one.
 *
 * @param own of the column
 * @param all of all columns of the file
 * @param likely what a file of this kind has where nothing else says it
 */
export function decided(own, all, likely) {
  const [point, comma] = [own.of('point'), own.of('comma')]
  if (point !== comma) {
    return { style: point > comma ? 'point' : 'comma', isInDoubt: Math.min(point, comma) > 0 }
  }
  if (point === 0 && own.of('doubt,') + own.of('doubt.') === 0) {
    return { style: likely, isInDoubt: false }
  }
  // Of numbers that fit both, the rest of the file tells.
  const [points, commas] = [all.of('point'), all.of('comma')]
  if (points === commas) return { style: likely, isInDoubt: true }
  return { style: points > commas ? 'point' : 'comma', isInDoubt: Math.min(points, commas) > 0 }
}
