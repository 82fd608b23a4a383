// Which process has a lock, and whether it lives; `core/src/journal/medium/process.rs` says why so.

import { type Node, systemCode } from './node.js'

/** What a lock says of its owner. */
export interface Owner {
  readonly language: string
  readonly pid: number
  readonly start: string
  readonly boot: string
  readonly space: string
  readonly clock: string
  readonly host: string
}

/** Whether it lives, as far as this process can tell. */
export type Liveness = 'alive' | 'dead' | 'unsure'

/** Hundredths of a second for which the beat of an owner may stop. */
export const PATIENCE = 800

/** What stands for what a system does not tell. */
const UNKNOWN = '-'

/** This process, as the line of a lock names it. */
export function self(node: Node): string {
  const { pid } = node.process
  const start = statusOf(node, pid)?.[1] ?? UNKNOWN
  return `node ${pid} ${start} ${bootOf(node)} ${spaceOf(node, 'pid')} ${spaceOf(node, 'time')} ${hostOf(node)}`
}

/** The owner that a line names; nothing for what was not put there whole. */
export function ownerIn(line: string): Owner | undefined {
  const [language = '', pid, start = '', boot = '', space = '', clock = '', host, number] =
    line.split(/\s/)
  const isOwner = /^(node|rust)$/.test(language) && /^\d+$/.test(pid!) && number !== undefined
  if (!isOwner || number === '' || !line.endsWith('\n')) return undefined
  return { language, pid: Number(pid), start, boot, space, clock, host: host! }
}

/**
 * Whether an owner lives, whose lock has that beat and was written so many milliseconds after 1970, and is open in
 * this process or not.
 */
export function livenessOf(
  node: Node,
  owner: Owner,
  beat: number,
  written: number,
  isOpenHere: () => boolean,
): Liveness {
  const { pid, start, boot, space, clock, host } = owner
  if (node.process.platform !== 'linux') {
    return host !== hostOf(node) ? 'unsure' : isListed(node, pid) ? 'alive' : 'dead'
  }
  const own = bootOf(node)
  if (boot !== own || own === UNKNOWN) {
    // It is of another host; or of this one before that was started anew, and silent since.
    const isKnown = boot !== UNKNOWN && own !== UNKNOWN && host === hostOf(node)
    return isKnown && written < bootedAt(node) ? 'dead' : 'unsure'
  }
  if (space !== UNKNOWN && space === spaceOf(node, 'pid')) {
    const status = statusOf(node, pid)
    if (status !== undefined) {
      // A thread of this process may have been ended; the files that it had open were closed with it.
      const isThere = status[1] === start && (pid !== node.process.pid || isOpenHere())
      return isThere ? 'alive' : 'dead'
    }
    // Who does not see the first process of all may not see others either.
    if (isZombie(node, pid) || statusOf(node, 1) !== undefined) return 'dead'
  }
  // Since the boot, the same time has passed in all containers of a machine.
  const isComparable = clock !== UNKNOWN && clock === spaceOf(node, 'time')
  return isComparable && uptime(node) - beat >= PATIENCE ? 'dead' : 'unsure'
}

function isListed(node: Node, pid: number): boolean {
  try {
    return node.process.kill(pid, 0)
  } catch (error) {
    return systemCode(error) !== 'ESRCH'
  }
}

/** Hundredths of a second since the boot; NaN on a system that does not tell. */
export function uptime(node: Node): number {
  return Math.round(100 * Number.parseFloat(told(node, '/proc/uptime')))
}

/** When the machine was started, in milliseconds since 1970; NaN if nobody tells. */
function bootedAt(node: Node): number {
  return 1000 * Number(/^btime (\d+)$/m.exec(told(node, '/proc/stat'))?.[1])
}

function told({ fs }: Node, path: string): string {
  try {
    return fs.readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** As one word. */
function word(text: string): string {
  return text.trim().replace(/\s+/g, '_') || UNKNOWN
}

function bootOf(node: Node): string {
  return word(told(node, '/proc/sys/kernel/random/boot_id'))
}

function hostOf(node: Node): string {
  return word(told(node, '/proc/sys/kernel/hostname'))
}

/** The number of a namespace. */
function spaceOf({ fs }: Node, kind: string): string {
  try {
    return word(fs.readlinkSync(`/proc/self/ns/${kind}`).replace(/\D/g, ''))
  } catch {
    return UNKNOWN
  }
}

/** The state and the start of a process, in ticks since the boot. */
function stateOf(node: Node, pid: number): [state: string, start: string] | undefined {
  const stat = told(node, `/proc/${pid}/stat`)
  // The name of the program comes second, in brackets, and may have spaces and brackets in it.
  const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return stat === '' ? undefined : [words[0]!, words[19]!]
}

/** The same; nothing if the process is over, or not to be seen. */
function statusOf(node: Node, pid: number): [state: string, start: string] | undefined {
  return isZombie(node, pid) ? undefined : stateOf(node, pid)
}

/** A process that nobody has waited for is over all the same. */
function isZombie(node: Node, pid: number): boolean {
  return /[ZX]/.test(stateOf(node, pid)?.[0] ?? '')
}
