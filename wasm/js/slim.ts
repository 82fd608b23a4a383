// What `trackstats/slim` exports: the same, without the bytes of the core.

export * from './index.js'
export type { ModuleSource } from './compile.js'
export { type Given, type Modules, configure } from './given.js'
