// Asking whether the guess is right: how the file is read, which column is the time, which are the dimensions,
// what is counted.

import { choice, element } from '../element.js'
import { tableOf } from '../rows.js'
import { ENCODINGS } from './encoding.js'

const forms = [
  ['iso', '2026-11-25, with or without a time'],
  ['ymd', '2026/11/25'],
  ['dmy', '25/11/2026, day first'],
  ['mdy', '11/25/2026, month first'],
  ['packed', '20261125'],
  ['named', '25 Nov 2026 or Nov 25, 2026'],
  ['seconds', 'seconds since 1970'],
  ['milliseconds', 'milliseconds since 1970'],
]

const styles = [
  ['point', '1,234.5 (a point before the fraction)'],
  ['comma', '1.234,5 (a comma before the fraction)'],
]

const delimiters = [
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
]

const UNSAID = ['', 'Choose…']

/** A select whose first entry asks to choose, where the file does not say it. */
function asking(title, options, onchange) {
  const made = choice(title, [UNSAID, ...options], onchange)
  made.select.options[0].disabled = true
  return made
}

/**
 * The form.
 *
 * @param looked what was found out about the file
 * @param {(plan: object) => void} confirmed is called with what the person chose
 * @param {(given: object) => void} again is called with how the file is to be read instead
 */
export function confirming({ file, how, columns, plan, rows, notes }, confirmed, again, cancelled) {
  const names = columns.map(({ name }, at) => [String(at), name])
  const title = element('input', {
    type: 'text',
    value: file.name.replace(/\.\w{1,8}$/, '').slice(0, 60),
    maxLength: 60,
    required: true,
  })
  const time = choice('The time is in', names, () => fit())
  const form = asking('It is written as', forms, () => judge())
  const value = choice(
    'Count',
    [['', 'the rows'], ...names.map(([at, name]) => [at, `the sum of ${name}`])],
    () => fit(),
  )
  const style = asking('Numbers are written as', styles, () => judge())
  time.select.value = String(plan.time ?? 0)
  const boxes = columns.map(({ distinct }, at) => {
    const input = element('input', {
      type: 'checkbox',
      checked: plan.split.includes(at),
      onchange: () => judge(),
    })
    return {
      at,
      input,
      holder: element(
        'label',
        { class: 'check' },
        input,
        element('span', {}, `${columns[at].name} (${distinct >= 400 ? 'many' : distinct})`),
      ),
    }
  })
  const why = element('p', { class: 'note', role: 'status' })
  const start = element('button', { type: 'submit', class: 'button main-act' }, 'Take it in')
  const split = () =>
    boxes.filter(({ input }) => input.checked && !input.disabled).map(({ at }) => at)
  const timed = () => columns[Number(time.select.value)]
  const counted = () =>
    value.select.value === '' ? undefined : columns[Number(value.select.value)]
  /** Proposes what fits the columns that were chosen. */
  const fit = () => {
    form.select.value = timed().isFormInDoubt ? '' : (timed().form ?? 'iso')
    const column = counted()
    if (column === undefined) style.holder.remove()
    else value.holder.after(style.holder)
    style.select.value = column?.isStyleInDoubt ? '' : (column?.numbers ?? 'point')
    judge()
  }
  const judge = () => {
    for (const { at, input } of boxes)
      input.disabled = [time.select.value, value.select.value].includes(String(at))
    const reasons = []
    if (timed().form === undefined) reasons.push(`In ${timed().name} there seem to be no times.`)
    if (form.select.value === '') {
      const [example] = timed().examples
      reasons.push(`Does the day come first in ${example}, or the month? The file does not tell.`)
    }
    const column = counted()
    if (column && column.numbers === undefined)
      reasons.push(`In ${column.name} there seem to be no numbers.`)
    if (column && style.select.value === '') {
      const example = column.examples.find((text) => /[.,]/.test(text)) ?? column.examples[0]
      reasons.push(`Is ${example} more than a thousand or a fraction? The file does not tell.`)
    }
    if (split().length > 4) reasons.push('At most four columns can be split by.')
    const isAsking = form.select.value === '' || (column && style.select.value === '')
    start.disabled = split().length > 4 || Boolean(isAsking)
    why.textContent = reasons.join(' ')
  }
  const asked = element(
    'form',
    {
      class: 'confirm',
      onsubmit: (event) => {
        event.preventDefault()
        const at = value.select.value === '' ? undefined : Number(value.select.value)
        confirmed({
          title: title.value.trim() || 'Data',
          time: Number(time.select.value),
          form: form.select.value,
          value: at,
          valueTitle: at === undefined ? 'Rows' : columns[at].name,
          numbers: at === undefined ? undefined : style.select.value,
          split: split(),
          dimensions: new Map(split().map((at) => [at, columns[at].name])),
        })
      },
    },
    element('h3', { tabIndex: -1 }, 'Is this right?'),
    element('label', { class: 'choice' }, element('span', {}, 'Call it'), title),
    element('div', { class: 'acts-line' }, time.holder, form.holder, value.holder),
    element(
      'fieldset',
      { class: 'splits' },
      element('legend', {}, 'Split by'),
      ...boxes.map(({ holder }) => holder),
    ),
    why,
    ...notes.map((note) => element('p', { class: 'note' }, note)),
    tableOf(
      'The first rows',
      columns.map(({ name }) => name),
      rows.map((cells) => columns.map((_, at) => short(cells[at]))),
    ),
    element(
      'div',
      { class: 'acts-line' },
      start,
      element('button', { type: 'button', class: 'button', onclick: cancelled }, 'Cancel'),
    ),
  )
  fit()
  return element('div', { class: 'asking' }, asked, readAs(how, again))
}

/** How the file is read, which can be changed: then it is looked at again. */
function readAs({ kind, encoding, delimiter, isNamed }, again) {
  const given = () => ({
    encoding: letters.select.value,
    delimiter: parted?.select.value,
    isNamed: heading && heading.select.value === 'names',
  })
  const letters = choice('Its letters are', ENCODINGS, () => again(given()))
  letters.select.value = encoding
  let parted, heading
  if (kind === 'csv') {
    const known = delimiters.some(([sign]) => sign === delimiter)
    const all = known ? delimiters : [...delimiters, [delimiter, delimiter]]
    parted = choice('Cells are parted by', all, () => again(given()))
    parted.select.value = delimiter
    const firsts = [
      ['names', 'the names of the columns'],
      ['data', 'data already'],
    ]
    heading = choice('The first row has', firsts, () => again(given()))
    heading.select.value = isNamed ? 'names' : 'data'
  }
  return element(
    'div',
    { class: 'acts-line read-as' },
    ...[letters, parted, heading].filter(Boolean).map(({ holder }) => holder),
  )
}

function short(text = '') {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
