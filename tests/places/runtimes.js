// Places without a page.

import { readFile } from 'node:fs/promises'
import { get } from 'node:http'
import { join } from 'node:path'

import { freePort, run, withServer } from './program.js'

const node = (name, file) => ({
  name: `Node, ${name}`,
  fast: true,
  answer: async ({ folders }) => run('node', [file], { cwd: await folders.lay('node') }),
})

/** A runtime whose program is inside a package of npm. */
const packaged = (name, folder, program, ...args) => ({
  name,
  answer: async ({ folders }) => run(program, args, { cwd: await folders.lay(folder) }),
})

/** What a test prints under Jest, which requires the package in a realm of its own. */
const jest = (environment) => ({
  name: `Jest, ${environment}`,
  answer: async ({ folders }) => {
    const cwd = await folders.lay('jest')
    const program = 'node_modules/jest/bin/jest.js'
    await run('node', [program, '--ci', `--env=${environment}`], { cwd })
    return readFile(join(cwd, 'answer.txt'), 'utf8')
  },
})

// As its package names the machines.
const machine = `${process.platform}-${process.arch === 'arm64' ? 'aarch64' : process.arch}`

const workerd = {
  name: 'workerd, by wrangler',
  answer: async ({ folders }) => {
    const cwd = await folders.lay('workerd')
    const port = await freePort()
    const wrangler = ['node_modules/wrangler/bin/wrangler.js', 'dev', '--ip=127.0.0.1']
    // It asks the network for what it does not need.
    const env = { CLOUDFLARE_CF_FETCH_ENABLED: 'false' }
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
  jest('node'),
  jest('jsdom'),
  packaged('Bun', 'bun', `node_modules/@oven/bun-${machine}/bin/bun`, 'main.js'),
  packaged('Deno', 'deno', 'node', 'node_modules/deno/bin.cjs', 'run', 'main.js'),
  workerd,
]
