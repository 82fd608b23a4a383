// The parts of Node that a store in a file needs, which Bun and Deno have too.

import type { Fault } from './medium.js'

type Done<T> = (error: Error | null, answer: T) => void

export interface Stat {
  readonly nlink: number
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly dev: number
  readonly ino: number
  readonly mtimeMs: number
  isFile(): boolean
  isDirectory(): boolean
}

/** Reads or writes at a place of a file, and calls back with how many bytes that were. */
type Transfer = (
  file: number,
  bytes: Uint8Array,
  from: number,
  length: number,
  at: number,
  done: Done<number>,
) => void

/** The part of `node:fs` that is used. */
export interface Fs {
  open(path: string, flags: string, done: Done<number>): void
  openSync(path: string, flags: string, mode?: number): number
  close(file: number, done: Done<void>): void
  closeSync(file: number): void
  readonly read: Transfer
  readSync(file: number, bytes: Uint8Array, from: number, length: number, at: number): number
  readdirSync(path: string): string[]
  readlinkSync(path: string): string
  readFileSync(path: string, encoding: 'utf8'): string
  readonly write: Transfer
  writeSync(file: number, bytes: Uint8Array, from: number, length: number, at: number): number
  fdatasync(file: number, done: Done<void>): void
  fdatasyncSync(file: number): void
  fsync(file: number, done: Done<void>): void
  fsyncSync(file: number): void
  fstatSync(file: number): Stat
  statSync(path: string): Stat
  lstatSync(path: string): Stat
  fchownSync(file: number, user: number, group: number): void
  fchmodSync(file: number, mode: number): void
  ftruncateSync(file: number, length: number): void
  copyFileSync(from: string, to: string): void
  renameSync(from: string, to: string): void
  linkSync(from: string, to: string): void
  unlinkSync(path: string): void
  realpathSync(path: string): string
}

interface Path {
  dirname(path: string): string
  basename(path: string): string
  join(...parts: string[]): string
  resolve(...parts: string[]): string
}

interface Process {
  readonly pid: number
  readonly platform: string
  kill(pid: number, signal: 0): boolean
  getBuiltinModule?(name: string): unknown
}

/** Their timers can be told not to keep a program from ending, everywhere. */
interface Timers {
  setInterval(call: () => void, milliseconds: number): { unref(): void }
  clearInterval(timer: object): void
}

export interface Node {
  readonly fs: Fs
  readonly timers: Timers
  readonly path: Path
  readonly process: Process
  /** Whether this is a thread that can be ended before the process. */
  readonly isThread: boolean
  fileURLToPath(url: string): string
}

/** Node, if this is Node or a host like it. Nothing is imported, so that no bundler looks for it. */
export function nodeOf(fault: Fault): Node {
  const { process } = globalThis as { process?: Process }
  const builtin = (name: string): unknown => process?.getBuiltinModule?.(name)
  const fs = builtin('node:fs')
  if (process === undefined || fs === undefined) {
    throw fault('io', 'there are no files here: this needs Node 20.16 or later, Bun or Deno')
  }
  const { fileURLToPath } = builtin('node:url') as Pick<Node, 'fileURLToPath'>
  const [path, timers] = [builtin('node:path') as Path, builtin('node:timers') as Timers]
  const threads = builtin('node:worker_threads') as { isMainThread?: boolean } | undefined
  const isThread = threads?.isMainThread === false
  return { fs: fs as Fs, path, timers, process, isThread, fileURLToPath }
}

/** Calls what calls back, and resolves to its answer. */
export function answered<T>(begin: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    begin((error, answer) => (error === null ? resolve(answer) : reject(error)))
  })
}

/** The code of an error of the system, such as 'ENOENT'. */
export function systemCode(error: unknown): unknown {
  return (error as { readonly code?: unknown } | null)?.code
}
