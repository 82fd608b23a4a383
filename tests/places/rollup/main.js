import * as trackstats from 'trackstats'

import { show } from './show.js'

show(trackstats)
