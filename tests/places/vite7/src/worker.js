import * as trackstats from 'trackstats/whole'

import { run } from '../scenario.js'

run(trackstats).then(postMessage, (error) => postMessage(String(error)))
