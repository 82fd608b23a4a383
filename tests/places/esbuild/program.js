import * as trackstats from 'trackstats'

import { run } from './scenario.js'

run(trackstats).then(console.log)
