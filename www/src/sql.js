// The box for SQL. Its module is fetched by the first statement.

import { byId, choice, element, write } from './element.js'
import { tableOf } from './rows.js'
import { announce } from './say.js'
import { examples } from './sql/examples.js'
import { placeOf } from './sql/place.js'
import { number } from './words.js'

/** How many rows are shown. */
const MOST = 200

/** What fetching the module costs, as the build measured it. */
function cost() {
  const bytes = Number(document.querySelector('meta[name=sql-bytes]')?.content)
  return bytes > 0 ? `${number(Math.round(bytes / 1000))} KB` : 'about 0.7 MB'
}

export class Statements {
  #store
  #text = element('textarea', {
    rows: 6,
    spellcheck: false,
    autocapitalize: 'off',
    autocomplete: 'off',
    id: 'statement',
    'aria-describedby': 'sql-cost sql-error',
  })
  #run = element(
    'button',
    { type: 'button', class: 'button main-act', onclick: () => this.#start() },
    'Run',
  )
  #cost = element('p', { class: 'note', id: 'sql-cost' })
  #error = element('div', { class: 'error', id: 'sql-error', role: 'alert' })
  #answer = element(
    'div',
    { class: 'answer' },
    element('p', { class: 'note' }, 'The answer comes here.'),
  )
  #isLoaded = false
  #isRunning = false

  constructor(store) {
    this.#store = store
    const options = examples.map(([title], at) => [String(at), title])
    const example = choice('Examples', options, (at) => {
      this.#text.value = examples[Number(at)][1]
      this.#text.focus()
    })
    this.#text.value = examples[0][1]
    this.#text.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#start()
    })
    write(
      this.#cost,
      `The first statement fetches the module for SQL, ${cost()}. Nothing leaves this browser.`,
    )
    byId('sql-body').append(
      example.holder,
      element('label', { class: 'choice' }, element('span', {}, 'Statement'), this.#text),
      element(
        'div',
        { class: 'acts-line' },
        this.#run,
        element('span', { class: 'note' }, 'or Ctrl and Enter'),
      ),
      this.#cost,
      element('div', { class: 'outcome' }, this.#error, this.#answer),
    )
  }

  async #start() {
    if (this.#isRunning) return
    const statement = this.#text.value
    this.#isRunning = true
    this.#run.setAttribute('aria-disabled', 'true')
    this.#error.replaceChildren()
    this.#text.removeAttribute('aria-invalid')
    write(this.#run, this.#isLoaded ? 'Running…' : 'Fetching…')
    const started = performance.now()
    try {
      const rows = await this.#store.sql(statement)
      this.#show(rows, performance.now() - started)
      this.#loaded()
    } catch (error) {
      // The module is there when it could say what is wrong.
      if (String(error.code).startsWith('sql_')) this.#loaded()
      this.#fail(error, statement)
    } finally {
      this.#isRunning = false
      this.#run.removeAttribute('aria-disabled')
      write(this.#run, 'Run')
    }
  }

  #loaded() {
    if (this.#isLoaded) return
    this.#isLoaded = true
    write(this.#cost, `The module for SQL is here: ${cost()} were fetched once, and are kept.`)
  }

  #show(rows, milliseconds) {
    const { columns } = rows
    const time = `${number(Math.max(1, Math.round(milliseconds)))} ms`
    const count = rows.length === 1 ? '1 row' : `${number(rows.length)} rows`
    const said =
      columns.length === 0
        ? `${number(rows.affected)} changed in ${time}`
        : `${count} in ${time}${rows.length > MOST ? `; the first ${MOST} are shown` : ''}`
    const cells = rows.slice(0, MOST).map((row) => columns.map((name) => row[name]))
    this.#answer.replaceChildren(element('p', { class: 'note' }, said))
    if (columns.length > 0) this.#answer.append(tableOf('Answer of the statement', columns, cells))
    announce(said)
  }

  #fail(error, statement) {
    this.#answer.replaceChildren()
    this.#text.setAttribute('aria-invalid', 'true')
    const code = error.code ?? error.name
    const place = placeOf(error.message, statement)
    const where = place ? `line ${place.line}, column ${place.column}: ` : ''
    this.#error.append(element('p', {}, element('strong', {}, code), ` ${where}${error.message}`))
    if (place) {
      const line = statement.split('\n')[place.line - 1] ?? ''
      const from = place.column - 1
      const to = Math.min(line.length, from + Math.max(1, place.to - place.from))
      this.#error.append(
        element(
          'pre',
          { class: 'place' },
          line.slice(0, from),
          element('mark', {}, line.slice(from, to) || '␣'),
          line.slice(to),
        ),
      )
      this.#text.focus()
      this.#text.setSelectionRange(place.from, place.to)
    }
    if (code === 'sql_failed') {
      this.#error.append(
        element('p', { class: 'note' }, 'The data is as it was: SQL runs beside it.'),
      )
    }
  }
}
