// Places without a page.

import { get } from 'node:http'
import { join } from 'node:path'

import { freePort, run, withServer } from './program.js'

const node = (name, file) => ({
  name: `Node, ${name}`,
  fast: true,
  answer: async ({ folders }) => run('node', [file], { cwd: await folders.lay('node') }),
})

/** A runtime whose program is inside a package of npm for this platform. */
const packaged = (name, folder, program, args) => ({
  name,
  answer: async ({ folders }) => {
    const cwd = await folders.lay(folder)
    return run(join(cwd, 'node_modules', program), args, { cwd })
  },
})

const workerd = {
  name: 'workerd, by wrangler',
  answer: async ({ folders }) => {
    const cwd = await folders.lay('workerd')
    const port = await freePort()
    const wrangler = ['node_modules/wrangler/bin/wrangler.js', 'dev', '--ip=127.0.0.1']
    // It asks the network for what it does not need.
    const env = { CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false' }
    return withServer(
      'node',
      [...wrangler, `--port=${port}`],
      { cwd, env },
      /Ready on (\S+)/,
      ([, at]) => textOf(at),
    )
  },
}

/** What a server answers: `fetch` would ask a proxy of the machine. */
function textOf(address) {
  return new Promise((resolve, reject) => {
    const request = get(address, async (response) => {
      let text = ''
      for await (const part of response.setEncoding('utf8')) text += part
      resolve(text)
    })
    request.on('error', reject)
  })
}

export const runtimes = [
  node('import', 'imported.js'),
  node('require', 'required.cjs'),
  node('worker', 'worker.js'),
  packaged('Bun', 'bun', '@oven/bun-linux-x64/bin/bun', ['main.js']),
  packaged('Deno', 'deno', '@deno/linux-x64-glibc/deno', ['run', 'main.js']),
  workerd,
]
