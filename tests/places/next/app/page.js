import * as trackstats from 'trackstats'

import { run } from '../scenario.js'

// At each request, not while building.
export const dynamic = 'force-dynamic'

export default async function Page() {
  return <output id="page">{await run(trackstats)}</output>
}
