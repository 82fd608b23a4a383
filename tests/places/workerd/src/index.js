import * as trackstats from 'trackstats'

import { run } from '../scenario.js'

export default {
  async fetch() {
    return new Response(await run(trackstats))
  },
}
