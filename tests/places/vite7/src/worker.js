import * as trackstats from 'trackstats/standalone'

import { run } from '../scenario.js'

run(trackstats).then(postMessage, (error) => postMessage(String(error)))
