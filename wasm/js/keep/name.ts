// Names of files: what they lead to, and whether an open file still has its own.

import { type Node, type Stat, systemCode } from './node.js'

/** How many symbolic links lead to a file at most, as in Linux. */
const LINKS = 40

/** The path with symbolic links followed, also where the last of them leads to what is not there yet. */
export function resolved({ fs, path }: Node, name: string): string {
  let place = path.resolve(name)
  for (let links = 0; links < LINKS; links++) {
    const folder = fs.realpathSync(path.dirname(place))
    place = path.join(folder, path.basename(place))
    try {
      place = path.resolve(folder, fs.readlinkSync(place))
    } catch {
      // What is no link, and what is not there.
      return place
    }
  }
  throw new Error('too many symbolic links lead on from it')
}

/** Refuses what is no file, before it is opened: of a pipe, that would not end. */
export function checkFile({ fs }: Node, path: string): void {
  let stat: Stat
  try {
    stat = fs.statSync(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return
    throw error
  }
  if (stat.isDirectory()) throw new Error('it is a folder: name a file in it')
  if (!stat.isFile()) throw new Error('it is a device, a pipe or a socket, and no file')
}

/** Refuses a file whose lock would not lie beside it for all who have it. */
export function checkMount({ fs, process }: Node, path: string): void {
  if (process.platform !== 'linux') return
  let mounts = ''
  try {
    mounts = fs.readFileSync('/proc/self/mountinfo', 'utf8')
  } catch {
    // Nobody tells.
  }
  const unescaped = (text: string): string =>
    text.replace(/\\([0-7]{3})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 8)),
    )
  if (mounts.split('\n').some((line) => unescaped(line.split(' ')[4] ?? '') === path)) {
    throw new Error(
      'it is mounted by itself, so that its lock is not beside it for others, and it cannot be replaced: mount its folder',
    )
  }
}

/**
 * The name that an open file had, which Linux keeps up when it is renamed or removed. To ask for it touches no
 * attribute of the file: whoever is told the times of a file has its next change written with a time of its own,
 * for which Linux waits half as long again.
 */
export class Name {
  readonly #node: Node
  readonly #link: string
  readonly #path: string

  constructor(node: Node, link: string, path: string) {
    this.#node = node
    this.#link = link
    this.#path = path
  }

  /** Where the file is now. */
  get now(): string | undefined {
    try {
      return this.#node.fs.readlinkSync(this.#link)
    } catch {
      return undefined
    }
  }

  isKept(): boolean {
    return this.now === this.#path
  }
}

/** The name of an open file, if that is what the system says. */
export function nameOf(node: Node, file: number, path: string): Name | undefined {
  if (node.process.platform !== 'linux') return undefined
  const name = new Name(node, `/proc/self/fd/${file}`, path)
  return name.isKept() ? name : undefined
}

/** A process that has a file open to write it, beside this handle: another name may have led it there. */
export function writerOf(node: Node, file: number): number | undefined {
  const { fs, process } = node
  const own = fs.fstatSync(file)
  const within = (path: string): string[] => {
    try {
      return fs.readdirSync(path)
    } catch {
      return []
    }
  }
  for (const pid of within('/proc').map(Number)) {
    if (Number.isNaN(pid)) continue
    for (const handle of within(`/proc/${pid}/fd`)) {
      if (pid === process.pid && handle === String(file)) continue
      try {
        const { dev, ino } = fs.statSync(`/proc/${pid}/fd/${handle}`)
        if (dev !== own.dev || ino !== own.ino) continue
        const flags = fs.readFileSync(`/proc/${pid}/fdinfo/${handle}`, 'utf8')
        // In octal; the lowest two bits say whether it was opened to write.
        if (/^flags:\s*\d*[12356]$/m.test(flags)) return pid
      } catch {
        // It was closed meanwhile.
      }
    }
  }
  return undefined
}
