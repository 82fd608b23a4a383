// Taking data out, opening a store file, and beginning anew.

import { open } from 'trackstats'

import { byId, element, write } from './element.js'
import { notice } from './say.js'
import { OWN } from './store.js'
import { view } from './view.js'
import { number } from './words.js'

/** Gives bytes to the person as a file. */
function give(name, bytes, type) {
  const address = URL.createObjectURL(new Blob([bytes], { type }))
  const link = element('a', { href: address, download: name })
  link.click()
  // Not at once: the browser may not have begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

async function exported(store, format) {
  if (format === 'store') {
    give('trackstats.snapshot', store.snapshot(), 'application/octet-stream')
    return
  }
  const type = { csv: 'text/csv', jsonl: 'application/jsonl' }[format]
  give(`trackstats.${format}`, await store.exportBytes({ format }), type)
}

/** Whether bytes begin as those of a snapshot, or of the file of a store. */
export function isStoreFile(bytes) {
  return /^(TKST|(.{512})?trckstat)/s.test(new TextDecoder('latin1').decode(bytes))
}

/** Opens a store file as a store of its own, beside the one that is there. */
export async function openFile(bytes, name) {
  // What is wrong with it shows before anything is written.
  const read = await open('memory:', { snapshot: bytes })
  const snapshot = read.snapshot()
  await read.close()
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const mark = [...hash.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const short = name
    .replace(/\.\w+$/, '')
    .replace(/[^\w-]+/g, '-')
    .slice(0, 30)
  const address = `opened-${short || 'store'}-${mark}`
  const kept = await open(`idb:${address}`, { snapshot }).catch((error) => {
    // The same file was opened before, and is there still.
    if (error.code !== 'invalid_value') throw error
    return open(`idb:${address}`)
  })
  await kept.close()
  location.assign(`?store=${address}`)
}

async function forget(store) {
  const { store: name } = view()
  // What cannot be written any more is deleted anyway.
  await store.close().catch(() => undefined)
  await new Promise((resolve, reject) => {
    const asked = indexedDB.deleteDatabase(`trackstats:${name}`)
    asked.onsuccess = resolve
    asked.onerror = () => reject(asked.error)
    // Another tab has it open, and lets go of it when it hears of this.
    asked.onblocked = () => notice('Close the other tabs of this page.')
  })
  location.assign('/')
}

/** A button that does nothing while what it began is not done. It stays where the keyboard is. */
function acting(title, act) {
  let isBusy = false
  const start = async () => {
    if (isBusy) return
    isBusy = true
    made.setAttribute('aria-disabled', 'true')
    try {
      await act()
    } catch (error) {
      notice(error.message)
    } finally {
      isBusy = false
      made.removeAttribute('aria-disabled')
    }
  }
  const made = element('button', { type: 'button', class: 'button', onclick: start }, title)
  return made
}

/** Deletes the store when it is asked twice. */
function beginning(store, title) {
  let isSure = false
  const made = acting(title, async () => {
    if (isSure) return forget(store)
    isSure = true
    write(made, `Delete all ${number(store.size)} statistics?`)
    setTimeout(() => {
      isSure = false
      write(made, title)
    }, 5000)
  })
  return made
}

export class Exporting {
  constructor(store) {
    const isOwn = view().store === OWN
    const about = isOwn
      ? 'All that is in the store. CSV and JSON Lines are written by a module of 120 KB that is fetched when it is first used. A store file is opened as your data below.'
      : 'This store came from a file, and is kept beside your own.'
    const acts = [
      acting('CSV', () => exported(store, 'csv')),
      acting('JSON Lines', () => exported(store, 'jsonl')),
      acting('Store file', () => exported(store, 'store')),
      beginning(store, isOwn ? 'Begin anew' : 'Forget this store'),
    ]
    const back = isOwn
      ? undefined
      : element('a', { href: '/', class: 'way' }, 'Back to your own store')
    byId('export-body').append(
      element('p', { class: 'note' }, about),
      element('div', { class: 'acts-line' }, ...acts),
      ...(back ? [element('p', {}, back)] : []),
    )
  }
}
