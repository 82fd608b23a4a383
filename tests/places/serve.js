// A server of files, with the headers that a place wants.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
}

/** Serves a folder on a free port of this machine while `use` runs with its address. */
export async function serving(folder, headers, use) {
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1')
    const path = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname)
    const body = await readFile(path).catch(() => undefined)
    const type = types[extname(path)] ?? 'application/octet-stream'
    response.writeHead(body === undefined ? 404 : 200, { ...headers, 'content-type': type })
    response.end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
