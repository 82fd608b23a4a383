// Serves the page on this machine. Called as `serve.js <site> [port]`; without a port it takes its own
// one, or a free one where that is taken. What a browser remembers belongs to a port.

import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** The port that is tried first, so that the page remembers from one start to the next. */
const PORT = 7827

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
}

/** What goes with every answer. */
export const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** The names that the page is asked for by; others are those of a page elsewhere that points here. */
const hosts = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/** All files of a folder by the path they are asked for; nothing else is ever read. */
async function listed(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = new Map()
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.br')) continue
    const file = join(entry.parentPath ?? entry.path, entry.name)
    files.set(`/${relative(folder, file).split(sep).join('/')}`, file)
  }
  files.set('/', join(folder, 'index.html'))
  return files
}

/** One file, as it is and compressed, read when it is first asked for. */
class Served {
  #file
  #forms = new Map()
  #mark

  constructor(file) {
    this.#file = file
  }

  get type() {
    return types[extname(this.#file)] ?? 'application/octet-stream'
  }

  /** Whether the name changes with the content. */
  get isNamedByContent() {
    return /-[A-Z0-9]{8}\.(js|css)$/.test(this.#file)
  }

  form(encoding) {
    if (!this.#forms.has(encoding)) this.#forms.set(encoding, this.#form(encoding))
    return this.#forms.get(encoding)
  }

  async #form(encoding) {
    if (encoding === 'br') {
      const packed = await readFile(`${this.#file}.br`).catch(() => undefined)
      if (packed !== undefined) return packed
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
      return promisify(brotliCompress)(await this.form('identity'), { params })
    }
    if (encoding === 'gzip') return promisify(gzip)(await this.form('identity'))
    return readFile(this.#file)
  }

  async mark() {
    return (this.#mark ??= `"${createHash('sha256')
      .update(await this.form('identity'))
      .digest('base64url')
      .slice(0, 16)}"`)
  }
}

/** The encoding to answer in, by what the request accepts. */
function encodingFor(accepted = '') {
  const names = accepted
    .split(',')
    .filter((one) => !/;\s*q=0(\.0*)?\s*$/.test(one))
    .map((one) => one.split(';')[0].trim())
  return ['br', 'gzip'].find((name) => names.includes(name)) ?? 'identity'
}

async function answer(files, request, response) {
  const refuse = (status, text) => {
    response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' })
    response.end(request.method === 'HEAD' ? undefined : `${text}\n`)
  }
  if (!hosts.test(request.headers.host ?? '')) return refuse(421, 'this machine only')
  if (!['GET', 'HEAD'].includes(request.method)) return refuse(405, 'only GET and HEAD')
  const served = files.get(request.url.split('?')[0])
  if (served === undefined) return refuse(404, 'there is no such file')
  const mark = await served.mark()
  const encoding = encodingFor(request.headers['accept-encoding'])
  const described = {
    ...headers,
    'content-type': served.type,
    'cache-control': served.isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    etag: mark,
  }
  if (request.headers['if-none-match'] === mark) {
    response.writeHead(304, described)
    return response.end()
  }
  const body = await served.form(encoding)
  if (encoding !== 'identity') described['content-encoding'] = encoding
  response.writeHead(200, { ...described, 'content-length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Serves a folder; resolves to its address and to what ends it. */
export async function serve(site, port = PORT) {
  const files = new Map()
  for (const [path, file] of await listed(site)) files.set(path, new Served(file))
  const server = createServer((request, response) => {
    answer(files, request, response).catch((error) => {
      console.error(`${request.url}: ${error.message}`)
      if (!response.headersSent) response.writeHead(500, headers)
      response.end()
    })
  })
  const listen = (port) =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  await listen(port).catch((error) => {
    if (error.code !== 'EADDRINUSE' || port === 0) throw error
    return listen(0)
  })
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [site, port] = process.argv.slice(2)
  // Whoever started it may be ended in a way that it does not hear of.
  const { ppid } = process
  setInterval(() => ppid !== process.ppid && process.exit(), 1000).unref()
  const { address } = await serve(site, port === undefined ? undefined : Number(port))
  console.log(`trackstats: ${address} (Ctrl-C ends it)`)
}
