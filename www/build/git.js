// Asking git, whatever its answers are.

import { spawn } from 'node:child_process'

/** The longest line that is read whole; what is longer is cut. */
const LONGEST = 4096

/** What git prints, which has to be little. */
export async function git(folder, args) {
  const said = []
  for await (const line of lines(folder, args)) said.push(line)
  return said.join('\n')
}

/** The lines that git prints, as they come; bytes that are no UTF-8 become a sign that says so. */
export async function* lines(folder, args, limit) {
  const settings = ['-c', 'log.showSignature=false', '-c', 'core.quotePath=false']
  const child = spawn('git', ['-C', folder, ...settings, ...args], {
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limit,
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    if (complaint.length < LONGEST) complaint += text
  })
  const ended = new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(error.code === 'ENOENT' ? new Error('git is not installed') : error),
    )
    child.on('close', resolve)
  })
  // Awaited below; until then a failure is not one that nobody hears of.
  ended.catch(() => undefined)
  try {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const bytes of child.stdout) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = parts.pop().slice(0, LONGEST)
      yield* parts
    }
    if (rest !== '') yield rest
    const code = await ended
    if (code === null) throw new Error(`git was stopped after ${limit / 1000} seconds`)
    if (code !== 0) {
      const [reason] = complaint
        .replace(/^fatal: /, '')
        .trim()
        .split('\n')
      throw new Error(reason || `git ended with ${code}`)
    }
  } finally {
    child.kill()
  }
}
