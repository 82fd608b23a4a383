/** What the binder writes for a module that takes and gives more than numbers, but for the classes. */
export interface Glue {
    __wbg_set_wasm(exports: WebAssembly.Exports): void;
}
/**
 * Instantiates the module, and gives what it exports.
 *
 * @param name the name that the binder gave, which the imports of the module are found under
 */
export declare function instantiate<Exports>(module: WebAssembly.Module, name: string, imports: object): Exports;
/** Instantiates the module and ties the glue to it, which is used for this instance only; gives its memory. */
export declare function tie(module: WebAssembly.Module, name: string, glue: Glue): WebAssembly.Memory;
