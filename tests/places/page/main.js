import * as trackstats from './node_modules/trackstats/index.js'
import { show } from './show.js'

show(trackstats)
