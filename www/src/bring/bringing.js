// What becomes of a file: looked at, confirmed, read, and reported on.

/* global READER */

import { byId, element, write } from '../element.js'
import { isStoreFile, openFile } from '../export.js'
import { announce } from '../say.js'
import { go } from '../view.js'
import { confirming } from './confirm.js'
import { textOf } from './encoding.js'
import { importReport, report } from './report.js'
import { take } from './take.js'

export class Bringing {
  #store
  #stage
  #begin
  #worker
  #isStopped = false

  /** @param stage where it is shown, in the place of `begin` */
  constructor(store, stage, begin) {
    this.#store = store
    this.#stage = stage
    this.#begin = begin
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

  #end() {
    this.#worker?.terminate()
    this.#worker = undefined
  }

  #cancel() {
    this.#isStopped = true
    this.#end()
    this.#again()
    announce('Cancelled: nothing was taken')
  }

  /** Asks the worker; resolves to its answer. */
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
  async bring(files) {
    this.#end()
    this.#isStopped = false
    if (files.length > 1) return this.#show(this.#refusal('One file at a time, please.'))
    const [file] = files
    try {
      const head = new Uint8Array(await file.slice(0, 520).arrayBuffer())
      if (isStoreFile(head))
        return await openFile(new Uint8Array(await file.arrayBuffer()), file.name)
      await this.#look(file, {})
    } catch (error) {
      this.#fail(file, error)
    }
  }

  async #look(file, given) {
    const { stage, tell } = this.#progress(`Looking at ${file.name}…`)
    this.#show(stage)
    const looked = await this.#ask({ ask: 'look', file, given }, tell)
    if (looked.how.kind === 'own') return this.#import(file, looked.how)
    const confirm = (plan) => this.#read(file, looked.how, plan)
    const again = (given) => this.#look(file, given).catch((error) => this.#fail(file, error))
    this.#show(confirming({ file, ...looked }, confirm, again, () => this.#cancel()))
  }

  #fail(file, error) {
    if (this.#isStopped) return
    this.#end()
    this.#show(this.#refusal(`${file.name} was not taken: ${error.message}`))
  }

  #progress(title) {
    const bar = element('progress', { max: 1, value: 0, 'aria-label': title })
    // Written from the start: a line that gets its text later becomes higher by a hair.
    const said = element('span', { class: 'note' }, '0 %')
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
      const asked = { ask: 'read', file, how, plan: { ...plan, dimensions: undefined }, zone }
      const answer = await this.#ask(asked, tell)
      if (this.#isStopped) return
      let taken = { renamed: [] }
      if (answer.report.taken > 0) {
        const given = { title: plan.title, value: plan.valueTitle, dimensions: plan.dimensions }
        taken = take(this.#store, { ...given, ...answer })
        const { metric } = taken
        go({ metric, period: 'day', range: 'all', window: '', bucket: '', fill: '' })
      }
      const seconds = (performance.now() - began) / 1000
      this.#done(report(file.name, { ...answer.report, renamed: taken.renamed }, seconds))
    } catch (error) {
      this.#fail(file, error)
    }
  }

  /** Reads what trackstats itself wrote, or django-trackstats. */
  async #import(file, how) {
    const { stage, tell } = this.#progress(`Reading ${file.name}…`)
    this.#show(stage)
    const stopping = new AbortController()
    stage.querySelector('button').addEventListener('click', () => stopping.abort())
    const isUtf8 = how.encoding === 'utf-8'
    const read = await this.#store.import(isUtf8 ? file : textsOf(file, how.encoding), {
      format: how.format,
      skipBadLines: true,
      anyTimeZone: true,
      signal: stopping.signal,
      onProgress: ({ done, total }) => tell(total ? done / total : 0),
    })
    this.#done(importReport(file.name, read))
    go({}, { replace: true })
  }

  #done(stage) {
    this.#end()
    this.#show(stage)
  }
}

/** The pieces of a file in another encoding, as texts. */
async function* textsOf(file, encoding) {
  for await (const { text } of textOf(file, encoding)) yield text
}
