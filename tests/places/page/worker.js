import * as trackstats from './node_modules/trackstats/index.js'
import { run } from './scenario.js'

run(trackstats).then(postMessage, (error) => postMessage(String(error)))
