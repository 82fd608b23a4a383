// What became of a file: how much was taken, and what was skipped and why.

import { element } from '../element.js'
import { number } from '../words.js'

const counted = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`

/** The report on a file of a person's own. */
export function report(name, { taken, others, skipped, renamed }, seconds) {
  const left = skipped.reduce((sum, { count }) => sum + count, 0)
  const text = `${counted(taken, 'row', 'rows')} of ${name} taken in ${seconds.toFixed(1)} s, ${number(left)} skipped.`
  const reasons = skipped.map(({ why, count, examples }) =>
    element(
      'li',
      {},
      `${counted(count, 'row', 'rows')}: ${why}`,
      element(
        'ul',
        {},
        ...examples.map(({ number: row, text }) => element('li', {}, said(row, text))),
      ),
    ),
  )
  if (others > 0)
    reasons.push(
      element(
        'li',
        {},
        `${counted(others, 'row', 'rows')} with rare values are counted as “others”`,
      ),
    )
  for (const [title, called] of renamed)
    reasons.push(element('li', {}, `${title} is called ${called} here: its own name is reserved`))
  return made(text, reasons)
}

/** The report on a file that trackstats wrote. */
export function importReport(name, { created, changed, unchanged, ignored, skipped, badLines }) {
  const text = `${name}: ${number(created)} statistics are new, ${number(changed)} changed, ${number(unchanged)} were there, ${counted(skipped, 'line', 'lines')} skipped.`
  const others =
    ignored > 0
      ? [element('li', {}, `${counted(ignored, 'object is', 'objects are')} of other models`)]
      : []
  const lines = badLines.map(({ line, message }) => element('li', {}, said(line, message, 'line')))
  return made(text, [...others, ...lines])
}

function said(row, text, what = 'row') {
  return text ? `${what} ${number(row)}: ${text}` : `${what} ${number(row)}`
}

function made(text, lines) {
  return element(
    'div',
    { class: 'report' },
    element('p', { tabIndex: -1, class: 'report-said' }, text),
    element('ul', {}, ...lines),
    element('a', { href: '#figure', class: 'way' }, 'See the chart'),
  )
}
