// A person's own data: dropped, chosen or pasted; looked at, confirmed, read, and reported on.

/* global READER */

import { byId, element, write } from '../element.js'
import { isStoreFile, openFile } from '../export.js'
import { announce } from '../say.js'
import { go } from '../view.js'
import { confirming } from './confirm.js'
import { importReport, report } from './report.js'
import { take } from './take.js'

export class Bring {
  #store
  #stage = element('div', { class: 'stage' })
  #begin
  #worker
  #isStopped = false

  constructor(store) {
    this.#store = store
    const chosen = element('input', {
      type: 'file',
      id: 'file',
      accept: '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.snapshot',
      onchange: () => this.#files(chosen.files),
    })
    const text = element('textarea', { rows: 3, id: 'pasted', placeholder: 'date,country,amount' })
    const paste = () => {
      if (text.value.trim() !== '') this.bring(new File([text.value], 'pasted.csv'))
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

  #files(files) {
    if (files.length > 1) return this.#show(this.#refusal('One file at a time, please.'))
    if (files.length === 1) this.bring(files[0])
  }

  /** Shows the stage that the work has come to, and leads there who uses the keyboard. */
  #show(stage) {
    this.#begin.hidden = stage !== undefined
    if (stage?.classList.contains('report')) {
      const again = () => this.#again()
      stage.append(
        element('button', { type: 'button', class: 'button', onclick: again }, 'Another file'),
      )
    }
    this.#stage.replaceChildren(...(stage ? [stage] : []))
    stage?.querySelector('[tabindex="-1"]')?.focus({ preventScroll: true })
    if (stage) byId('bring').scrollIntoView({ block: 'start' })
  }

  #again() {
    this.#show(undefined)
    byId('file').value = ''
    byId('file').focus({ preventScroll: true })
  }

  #refusal(text) {
    return element(
      'div',
      { class: 'report error' },
      element('p', { tabIndex: -1, role: 'alert' }, text),
    )
  }

  #cancel() {
    this.#isStopped = true
    this.#worker?.terminate()
    this.#worker = undefined
    this.#again()
    announce('Cancelled: nothing was taken')
  }

  /** Asks the worker; resolves to its answer, and to undefined if it was ended. */
  #ask(message, onProgress) {
    this.#worker ??= new Worker(READER, { type: 'module', name: 'reader' })
    const worker = this.#worker
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        if (data.progress !== undefined) onProgress(data.progress)
        else if (data.refused !== undefined) reject(new Error(data.refused))
        else resolve(data.answer)
      }
      worker.onerror = (event) => reject(new Error(event.message || 'the reader did not start'))
      worker.postMessage(message)
    })
  }

  /** Brings a file in, from looking at it to the report. */
  async bring(file) {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#isStopped = false
    try {
      const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
      if (isStoreFile(head))
        return await openFile(new Uint8Array(await file.arrayBuffer()), file.name)
      this.#show(this.#progress(`Looking at ${file.name}…`).stage)
      const looked = await this.#ask({ ask: 'look', file })
      if (looked.how.kind === 'own') return await this.#import(file, looked.how.format)
      const confirm = (plan) => this.#read(file, looked.how, plan)
      this.#show(confirming({ file, ...looked }, confirm, () => this.#cancel()))
    } catch (error) {
      this.#fail(file, error)
    }
  }

  #fail(file, error) {
    if (this.#isStopped) return
    this.#worker?.terminate()
    this.#worker = undefined
    this.#show(this.#refusal(`${file.name} was not taken: ${error.message}`))
  }

  #progress(title) {
    const bar = element('progress', { max: 1, value: 0, 'aria-label': title })
    const said = element('span', { class: 'note' })
    const stage = element(
      'div',
      { class: 'working' },
      element('p', { tabIndex: -1 }, title),
      element('div', { class: 'acts-line' }, bar, said),
      element(
        'button',
        { type: 'button', class: 'button', onclick: () => this.#cancel() },
        'Cancel',
      ),
    )
    const tell = (part) => {
      bar.value = part
      write(said, `${Math.round(part * 100)} %`)
    }
    return { stage, tell }
  }

  async #read(file, how, plan) {
    const began = performance.now()
    const { stage, tell } = this.#progress(`Reading ${file.name}…`)
    this.#show(stage)
    const { timeZone: zone } = this.#store
    try {
      const answer = await this.#ask(
        { ask: 'read', file, how, plan: { ...plan, dimensions: undefined }, zone },
        tell,
      )
      if (answer.report.taken > 0) {
        const given = { title: plan.title, value: plan.valueTitle, dimensions: plan.dimensions }
        const metric = await take(this.#store, { ...given, ...answer }, () => this.#isStopped)
        if (metric === undefined) return
        go({ metric, period: 'day', range: 'all', window: '', bucket: '', fill: '' })
      }
      this.#done(report(file.name, answer.report, (performance.now() - began) / 1000))
    } catch (error) {
      this.#fail(file, error)
    }
  }

  /** Reads what trackstats itself wrote. */
  async #import(file, format) {
    const { stage, tell } = this.#progress(`Reading ${file.name}…`)
    this.#show(stage)
    const stopping = new AbortController()
    stage.querySelector('button').addEventListener('click', () => stopping.abort())
    const read = await this.#store.import(file, {
      format,
      skipBadLines: true,
      anyTimeZone: true,
      signal: stopping.signal,
      onProgress: ({ done, total }) => tell(total ? done / total : 0),
    })
    this.#done(importReport(file.name, read))
    go({}, { replace: true })
  }

  #done(stage) {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#show(stage)
  }
}
