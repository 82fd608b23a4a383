// The code that produces what is on screen, in JavaScript and in Rust, ready to be copied.

import { inJavaScript } from './code/javascript.js'
import { inRust } from './code/rust.js'
import { subject } from './code/subject.js'
import { byId, element, write } from './element.js'
import { notice } from './say.js'
import { follow, view } from './view.js'

export class Code {
  #store
  #code = element('code')
  #languages = new Map()

  constructor(store) {
    this.#store = store
    const choices = element(
      'fieldset',
      { class: 'periods' },
      element('legend', { class: 'unseen' }, 'Language'),
    )
    for (const [language, title, made] of [
      ['js', 'JavaScript', inJavaScript],
      ['rust', 'Rust', inRust],
    ]) {
      const input = element('input', {
        type: 'radio',
        name: 'language',
        value: language,
        checked: language === 'js',
        onchange: () => this.show(),
      })
      this.#languages.set(input, made)
      choices.append(element('label', {}, input, element('span', {}, title)))
    }
    const copy = element(
      'button',
      { type: 'button', class: 'quiet', onclick: () => this.#copy() },
      'Copy',
    )
    byId('code-body').append(
      element('div', { class: 'code-acts' }, choices, copy),
      element(
        'pre',
        { tabIndex: 0, role: 'region', 'aria-label': 'Code for this view' },
        this.#code,
      ),
    )
    follow(() => this.show())
  }

  show() {
    const isKnown = this.#store.metrics.some(({ name }) => name === view().metric)
    const [, made] = [...this.#languages].find(([input]) => input.checked)
    write(this.#code, isKnown ? made(subject(this.#store, view())) : '')
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#code.textContent)
      notice('Copied')
    } catch {
      getSelection().selectAllChildren(this.#code)
      notice('Selected: copy it with the keyboard')
    }
  }
}
