// One instance of a wasm module.

/** What the binder writes for a module that takes and gives more than numbers, but for the classes. */
export interface Glue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void
}

/**
 * Instantiates the module, and gives what it exports.
 *
 * @param name the name that the binder gave, which the imports of the module are found under
 */
export function instantiate<Exports>(
  module: WebAssembly.Module,
  name: string,
  imports: object,
): Exports {
  const own = imports as WebAssembly.ModuleImports
  return new WebAssembly.Instance(module, { [`./${name}_bg.js`]: own }).exports as Exports
}

/** Instantiates the module and ties the glue to it, which is used for this instance only; gives its memory. */
export function tie(module: WebAssembly.Module, name: string, glue: Glue): WebAssembly.Memory {
  const exports = instantiate<WebAssembly.Exports>(module, name, glue)
  glue.__wbg_set_wasm(exports)
  ;(exports as unknown as { __wbindgen_start(): void }).__wbindgen_start()
  return exports['memory'] as WebAssembly.Memory
}
