// A person's own data: where it is dropped, chosen or pasted. What becomes of it is fetched when the first file
// comes.

import { byId, element } from '../element.js'

export class Bring {
  #store
  #stage = element('div', { class: 'stage' })
  #begin
  #bringing

  constructor(store) {
    this.#store = store
    const chosen = element('input', {
      type: 'file',
      id: 'file',
      accept: '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.snapshot,.stats',
      onchange: () => this.#files(chosen.files),
    })
    const text = element('textarea', { rows: 3, id: 'pasted', placeholder: 'date,country,amount' })
    const paste = () => {
      if (text.value.trim() !== '') this.#files([new File([text.value], 'pasted.csv')])
    }
    this.#begin = element(
      'div',
      { class: 'drop', id: 'drop' },
      element(
        'p',
        {},
        'Drop a CSV, JSON or JSON Lines file anywhere on this page. It stays in this browser.',
      ),
      element('label', { class: 'choice' }, element('span', {}, 'Or choose a file'), chosen),
      element('label', { class: 'choice' }, element('span', {}, 'Or paste rows'), text),
      element('button', { type: 'button', class: 'button', onclick: paste }, 'Use these rows'),
    )
    byId('bring-body').append(this.#begin, this.#stage)
    document.addEventListener('dragover', (event) => {
      if (![...event.dataTransfer.types].includes('Files')) return
      event.preventDefault()
      document.body.classList.add('dropping')
    })
    document.addEventListener('dragleave', ({ relatedTarget }) => {
      if (relatedTarget === null) document.body.classList.remove('dropping')
    })
    document.addEventListener('drop', (event) => {
      if (event.dataTransfer.files.length === 0) return
      event.preventDefault()
      document.body.classList.remove('dropping')
      this.#files(event.dataTransfer.files)
    })
  }

  /** What was chosen or dropped; the list of an input changes, so that it is copied at once. */
  async #files(given) {
    const files = [...given]
    if (files.length === 0) return
    try {
      const { Bringing } = await import('./bringing.js')
      this.#bringing ??= new Bringing(this.#store, this.#stage, this.#begin)
    } catch (error) {
      const text = `What reads files cannot be fetched: ${error.message}`
      this.#stage.replaceChildren(element('p', { class: 'report error', role: 'alert' }, text))
      return
    }
    await this.#bringing.bring(files)
  }
}
