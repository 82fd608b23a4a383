// The memories of all modules that are instantiated from now on: to be imported before the package.

const { Instance } = WebAssembly

/** Those that were made, as references that keep none of them. */
export const memories = []

WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports)
    const { memory } = this.exports
    if (memory instanceof WebAssembly.Memory) memories.push(new WeakRef(memory))
  }
}

/** The bytes of those that are not collected. */
export function bytesOfMemories() {
  return memories.reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0)
}
