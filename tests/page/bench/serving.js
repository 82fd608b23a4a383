// The page as `cargo xtask start` serves it, with its own history.

import { pathToFileURL } from 'node:url'

const { TRACKSTATS_ROOT: root, TRACKSTATS_SITE: site } = process.env

/** Serves the page while `use` runs with its address. */
export async function serving(use) {
  const { serve } = await import(pathToFileURL(`${root}/www/build/serve.js`))
  const { address, close } = await serve(site, 0)
  try {
    return await use(address)
  } finally {
    close()
  }
}
