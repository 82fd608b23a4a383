// How a page tells the driver: in an element `<output>` with this id.

import { run } from './scenario.js'

/** Writes what came of the scenario, or why it failed. */
export async function show(trackstats, id = 'page') {
  write(id, await run(trackstats).catch((error) => `${error.name} ${error.code}: ${error.message}`))
}

/** Writes what a worker posts. */
export function showWorker(worker, id = 'worker') {
  worker.addEventListener('message', ({ data }) => write(id, data))
  worker.addEventListener('error', (event) => write(id, `the worker failed: ${event.message}`))
}

function write(id, text) {
  document.getElementById(id).textContent = text
}
