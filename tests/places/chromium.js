// How tests start Chromium.

/**
 * A container has no sandbox, no graphics, and often little shared memory; the rest keeps the browser from
 * asking for anything.
 */
export const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
