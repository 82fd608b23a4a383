// The module for files under the condition `workerd`, and its glue.

export { default as module } from '#exchange.wasm'
export { glue } from '#generated/exchange'
