// Rows of texts as a table.

import { element } from './element.js'

/** A table with a name; what is null is said to be so. */
export function tableOf(caption, columns, rows) {
  const head = element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)))
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      ...cells.map((cell) =>
        cell === null || cell === undefined
          ? element('td', { class: 'null' }, 'null')
          : element('td', { class: typeof cell === 'number' ? 'number' : undefined }, String(cell)),
      ),
    ),
  )
  return element(
    'div',
    { class: 'rows', tabIndex: 0, role: 'region', 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', { class: 'unseen' }, caption),
      element('thead', {}, head),
      element('tbody', {}, ...body),
    ),
  )
}
