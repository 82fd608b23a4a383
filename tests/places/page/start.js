import { showWorker } from './show.js'

showWorker(new Worker(new URL('worker.js', import.meta.url), { type: 'module' }))
