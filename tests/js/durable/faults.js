// Acts of the file system that fail.

import fs from 'node:fs'

/** What a store does to its file. */
const ACTS = [
  'open',
  'openSync',
  'write',
  'writeSync',
  'fdatasync',
  'fdatasyncSync',
  'fsync',
  'fsyncSync',
  'fstatSync',
  'fchmodSync',
  'renameSync',
]

const real = Object.fromEntries(ACTS.map((name) => [name, fs[name]]))

function failure(code, name) {
  return Object.assign(new Error(`${code}: planned, ${name}`), { code })
}

/**
 * Has the acts from the first of these on fail, so many of them, while `work` runs; resolves to how many
 * acts there were. A write that fails may have written a part: `partly` says so.
 */
export async function failing({ first, count, code, partly = false }, work) {
  let acts = 0
  const fails = () => {
    acts += 1
    return acts >= first && acts < first + count
  }
  for (const name of ACTS) {
    fs[name] = (...args) => {
      const callback = typeof args.at(-1) === 'function' ? args.at(-1) : undefined
      if (!fails()) return real[name](...args)
      if (partly && name.startsWith('write') && args[1].length > 1) {
        real.writeSync(args[0], args[1], args[2], args[3] >> 1, args[4])
      }
      const error = failure(code, name)
      if (callback === undefined) throw error
      setImmediate(() => callback(error))
    }
  }
  try {
    await work()
    return acts
  } finally {
    Object.assign(fs, real)
  }
}

/** Has every write write only a part, without an error, while `work` runs. */
export async function shortly(work) {
  fs.write = (file, bytes, from, length, at, done) =>
    real.write(file, bytes, from, Math.ceil(length / 3), at, done)
  fs.writeSync = (file, bytes, from, length, at) =>
    real.writeSync(file, bytes, from, Math.ceil(length / 3), at)
  try {
    return await work()
  } finally {
    Object.assign(fs, real)
  }
}
