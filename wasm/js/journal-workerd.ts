// The module for the file of a store under the condition `workerd`, and its glue.

export { default as module } from '#journal.wasm'
export { glue } from '#generated/journal'
