// What a journal plans, read from its bytes.

/** One thing that is done to the file of a store; see `core/src/journal/file/plan.rs`. */
export type Act =
  | { readonly what: 'write' | 'writeBeside'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly what: 'setLength'; readonly length: number }
  | { readonly what: 'copyAside'; readonly version: number }
  | Fence
  | { readonly what: 'sync' | 'syncBeside' | 'rename' | 'syncFolder' }

/** What the owner has left in the file: a number of eight bytes at a place, and zeros from the end on. */
export interface Fence {
  readonly what: 'fence'
  readonly at: number
  /** The four bytes of the number that come first, and the others. */
  readonly low: number
  readonly high: number
  /** NaN if something was left there. */
  readonly end: number
}

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
  'fence',
] as const

/** Those that are nothing but their name. */
const OTHERS = {
  sync: { what: 'sync' },
  syncBeside: { what: 'syncBeside' },
  rename: { what: 'rename' },
  syncFolder: { what: 'syncFolder' },
} as const

/** The bytes before what is written: the number, the place and the length. */
const HEAD = 17

/** Reads acts where the module wrote them down. */
export class Acts {
  readonly #memory: WebAssembly.Memory
  #bytes: Uint8Array = new Uint8Array(0)
  #view: DataView = new DataView(this.#bytes.buffer)

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory
  }

  /** Those from a place on. What they write is copied, unless it is used before the next plan. */
  read(begin: number, length: number, isCopied: boolean): Act[] {
    // The memory may have grown.
    if (this.#bytes.length === 0) {
      this.#bytes = new Uint8Array(this.#memory.buffer)
      this.#view = new DataView(this.#memory.buffer)
    }
    const [bytes, view] = [this.#bytes, this.#view]
    const acts: Act[] = []
    for (let from = begin; from < begin + length;) {
      const what = WHAT[bytes[from]!]!
      const at = view.getFloat64(from + 1, true)
      const start = from + HEAD
      from = start + view.getFloat64(from + 9, true)
      if (what === 'write' || what === 'writeBeside') {
        const written = isCopied ? bytes.slice(start, from) : bytes.subarray(start, from)
        acts.push({ what, at, bytes: written })
      } else if (what === 'fence') {
        const [low, high] = [view.getUint32(start, true), view.getUint32(start + 4, true)]
        acts.push({ what, at, low, high, end: view.getFloat64(start + 8, true) })
      } else if (what === 'copyAside') acts.push({ what, version: at })
      else if (what === 'setLength') acts.push({ what, length: at })
      else acts.push(OTHERS[what])
    }
    return acts
  }
}
