// The file beside that of a store, in which a new snapshot is written.

import { type Fault, codeOf, said } from './medium.js'
import { type Node, systemCode } from './node.js'

/** How a store begins. */
const MAGIC = 'trckstat'

export function besideOf(path: string): string {
  return `${path}.compacting`
}

/** Removes what an owner left unfinished: this is the only owner. What is no store is not ours. */
export function clearBeside(node: Node, path: string, fault: Fault): void {
  const { fs } = node
  const beside = besideOf(path)
  try {
    if (fs.lstatSync(beside).isFile() && isOurs(node, beside)) return fs.unlinkSync(beside)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return
    throw error
  }
  throw fault('io', `'${beside}' is in the way, which is no store: move it elsewhere`)
}

function isOurs({ fs }: Node, path: string): boolean {
  const file = fs.openSync(path, 'r')
  try {
    const bytes = new Uint8Array(1024)
    const head = bytes.subarray(0, fs.readSync(file, bytes, 0, bytes.length, 0))
    return (
      MAGIC.startsWith(String.fromCharCode(...head.subarray(0, MAGIC.length))) ||
      head.every((byte) => byte === 0)
    )
  } finally {
    fs.closeSync(file)
  }
}

/** A new one, with the owner and the mode of the first. Access lists cannot be read here. */
export function openBeside(
  node: Node,
  path: string,
  first: number | undefined,
  fault: Fault,
): number {
  const { fs } = node
  clearBeside(node, path, fault)
  // Until it has the mode of the first, nobody else reads it.
  const file = fs.openSync(besideOf(path), 'wx+', first === undefined ? 0o666 : 0o600)
  if (first === undefined) return file
  try {
    const [old, own] = [fs.fstatSync(first), fs.fstatSync(file)]
    if (old.uid !== own.uid || old.gid !== own.gid) give(node, file, old, fault)
    fs.fchmodSync(file, old.mode)
    return file
  } catch (thrown) {
    fs.closeSync(file)
    fs.unlinkSync(besideOf(path))
    throw thrown
  }
}

function give(
  { fs }: Node,
  file: number,
  { uid, gid }: { readonly uid: number; readonly gid: number },
  fault: Fault,
): void {
  try {
    fs.fchownSync(file, uid, gid)
  } catch (cause) {
    throw fault(
      codeOf(cause),
      `the new file cannot be given to the owner of the old one (user ${uid}, group ${gid}), who has to do this: ${said(cause)}`,
      cause,
    )
  }
}
