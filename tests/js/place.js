// Where the tests find what is not installed beside them.

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const root =
  process.env.TRACKSTATS_ROOT ?? dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** A file of a package that the tests use and the package does not. */
export function tool(path) {
  return join(process.env.TRACKSTATS_TOOLS ?? join(root, 'target/node'), 'node_modules', path)
}

/** The program in Rust that has a file; see `tests/src/bin/store_owner.rs`. */
export const owner = process.env.TRACKSTATS_OWNER ?? join(root, 'target/debug/store_owner')
