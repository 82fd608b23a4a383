// What a journal plans, read from its bytes.

/** One thing that is done to the file of a store; see `core/src/journal/file/plan.rs`. */
export type Act =
  | { readonly what: 'write'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly what: 'writeBeside'; readonly bytes: Uint8Array }
  | { readonly what: 'setLength'; readonly length: number }
  | { readonly what: 'copyAside'; readonly version: number }
  | { readonly what: 'sync' | 'syncBeside' | 'rename' | 'syncFolder' }

/** In the order of their numbers. */
const WHAT = [
  'write',
  'sync',
  'writeBeside',
  'syncBeside',
  'rename',
  'syncFolder',
  'copyAside',
  'setLength',
] as const

/** The bytes before what is written: the number, the place and the length. */
const HEAD = 17

/** The acts of a plan. */
export function actsIn(bytes: Uint8Array): Act[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const acts: Act[] = []
  for (let from = 0; from < bytes.length;) {
    const what = WHAT[bytes[from]!]!
    const at = view.getFloat64(from + 1, true)
    const end = from + HEAD + view.getFloat64(from + 9, true)
    const written = bytes.subarray(from + HEAD, end)
    if (what === 'write') acts.push({ what, at, bytes: written })
    else if (what === 'writeBeside') acts.push({ what, bytes: written })
    else if (what === 'copyAside') acts.push({ what, version: at })
    else if (what === 'setLength') acts.push({ what, length: at })
    else acts.push({ what })
    from = end
  }
  return acts
}
