import * as trackstats from 'trackstats'

import { run } from './scenario.js'

console.log(await run(trackstats))
