// Texts as literals, whatever is in them.

/** A text as a literal of both languages. */
export const quoted = (text, quote) =>
  quote +
  [...text]
    .map((sign) => {
      if (sign === quote || sign === '\\') return `\\${sign}`
      if (sign === '\n') return '\\n'
      const code = sign.codePointAt(0)
      if (code >= 32 && !(code >= 127 && code < 160) && !/[\u2028\u2029\p{Cf}]/u.test(sign))
        return sign
      return `\\u{${code.toString(16)}}`
    })
    .join('') +
  quote
