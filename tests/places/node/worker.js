import { Worker, isMainThread, parentPort } from 'node:worker_threads'

import * as trackstats from 'trackstats'

import { run } from './scenario.js'

if (isMainThread) {
  new Worker(new URL(import.meta.url)).on('message', console.log)
} else {
  parentPort.postMessage(await run(trackstats))
}
