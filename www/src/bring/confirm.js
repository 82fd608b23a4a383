// Asking whether the guess is right: which column is the time, which are the dimensions, what is counted.

import { choice, element } from '../element.js'
import { tableOf } from '../rows.js'

const forms = [
  ['iso', '2026-11-25, with or without a time'],
  ['ymd', '2026/11/25'],
  ['dmy', '25/11/2026, day first'],
  ['mdy', '11/25/2026, month first'],
  ['packed', '20261125'],
  ['seconds', 'seconds since 1970'],
  ['milliseconds', 'milliseconds since 1970'],
]

/**
 * The form.
 *
 * @param {(plan: object) => void} confirmed is called with what the person chose
 */
export function confirming({ file, columns, plan, rows }, confirmed, cancelled) {
  const names = columns.map(({ name }, at) => [String(at), name])
  const title = element('input', {
    type: 'text',
    value: file.name.replace(/\.\w{1,8}$/, '').slice(0, 60),
    maxLength: 60,
    required: true,
  })
  const time = choice('The time is in', names, (at) => {
    form.select.value = columns[Number(at)].form ?? 'iso'
    judge()
  })
  const form = choice('It is written as', forms, () => undefined)
  const value = choice(
    'Count',
    [['', 'the rows'], ...names.map(([at, name]) => [at, `the sum of ${name}`])],
    () => judge(),
  )
  time.select.value = String(plan.time ?? 0)
  form.select.value = plan.form ?? 'iso'
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
  const judge = () => {
    for (const { at, input } of boxes)
      input.disabled = [time.select.value, value.select.value].includes(String(at))
    const chosen = value.select.value === '' ? undefined : columns[Number(value.select.value)]
    const reasons = []
    if (columns[Number(time.select.value)].form === undefined) {
      reasons.push(`In ${columns[Number(time.select.value)].name} there seem to be no times.`)
    }
    if (chosen && chosen.numbers === undefined)
      reasons.push(`In ${chosen.name} there seem to be no numbers.`)
    if (split().length > 4) reasons.push('At most four columns can be split by.')
    start.disabled = split().length > 4
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
          numbers: at === undefined ? undefined : (columns[at].numbers ?? 'point'),
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
  judge()
  return asked
}

function short(text = '') {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
