// Where the tests find what is not installed beside them.

import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const root =
  process.env.TRACKSTATS_ROOT ?? dirname(dirname(dirname(fileURLToPath(import.meta.url))))
