import * as trackstats from 'trackstats'

import { show, showWorker } from '../show.js'

show(trackstats)
showWorker(new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }))
