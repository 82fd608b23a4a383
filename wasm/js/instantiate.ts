// One instance of a wasm module, with glue of its own.

/** What the binder writes, but for the classes. */
export interface Glue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void
}

/** What every module exports. */
interface Exports {
  readonly memory: WebAssembly.Memory
  __wbindgen_start(): void
}

/**
 * Instantiates the module and ties the glue to it. The glue is used for one instance only.
 *
 * @param name the name that the binder gave, which the imports of the module are found under
 */
export function instantiate(
  module: WebAssembly.Module,
  name: string,
  glue: Glue,
): WebAssembly.Memory {
  const imports = { [`./${name}_bg.js`]: glue as unknown as WebAssembly.ModuleImports }
  const { exports } = new WebAssembly.Instance(module, imports)
  glue.__wbg_set_wasm(exports)
  const known = exports as unknown as Exports
  known.__wbindgen_start()
  return known.memory
}
