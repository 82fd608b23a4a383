// Starting the programs of a place, and ending them by their id.

import { spawn } from 'node:child_process'
import { createServer } from 'node:net'

/** The longest that one step of a place may take, in milliseconds: a busy machine builds slowly. */
export const LIMIT = 300_000

const running = new Set()

// A place that is interrupted leaves no server behind.
process.on('exit', () => running.forEach(end))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))

/** Runs a program to its end, and resolves to what it printed. */
export function run(program, args, options) {
  const child = start(program, args, options)
  const clock = setTimeout(() => end(child), LIMIT)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(clock)
      if (code === 0) resolve(child.printed.out.trim())
      else reject(new Error(`${[program, ...args].join(' ')} ended with ${code}\n${tail(child)}`))
    })
  })
}

/** Starts a server, waits until it prints what the pattern matches, and calls back with the match. */
export async function withServer(program, args, options, pattern, use) {
  const child = start(program, args, options)
  try {
    const match = await new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`${program} ${why}\n${tail(child)}`))
      setTimeout(() => fail('did not say where it listens'), LIMIT).unref()
      child.on('error', reject)
      child.on('close', (code) => fail(`ended with ${code}`))
      child.stdout.on('data', () => {
        const match = pattern.exec(plain(child.printed.out))
        if (match) resolve(match)
      })
    })
    return await use(match)
  } catch (error) {
    error.message += `\n${tail(child)}`
    throw error
  } finally {
    end(child)
  }
}

// In a group of its own, so that what it starts ends with it.
function start(program, args, { env, ...options }) {
  const child = spawn(program, args, {
    ...options,
    env: { ...process.env, NO_COLOR: '1', CI: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  child.printed = { out: '', all: '' }
  child.stdout.on('data', (data) => {
    child.printed.out += data
    child.printed.all += data
  })
  child.stderr.on('data', (data) => (child.printed.all += data))
  running.add(child)
  child.on('close', () => running.delete(child))
  return child
}

function end(child) {
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

function plain(text) {
  return text.replace(/\u001b\[[0-9;]*m/g, '')
}

/** The last lines it printed. */
function tail(child) {
  return plain(child.printed.all).trim().split('\n').slice(-15).join('\n')
}

/** A port of this machine that is free at the moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
