// Telling what happened: to those who listen, and to all.

import { byId, write } from './element.js'

let ending

/** For screen readers only: what the keyboard led to. */
export function announce(text) {
  write(byId('said'), text)
}

/** A short notice at the edge of the page, which is read out too. */
export function notice(text) {
  const toast = byId('toast')
  write(toast, text)
  toast.classList.add('shown')
  clearTimeout(ending)
  ending = setTimeout(() => toast.classList.remove('shown'), 4000)
}
