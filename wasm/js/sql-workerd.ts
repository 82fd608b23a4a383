// The module for SQL under the condition `workerd`, and its glue.

export { default as module } from '#sql.wasm'
export { glue } from '#generated/sql'
