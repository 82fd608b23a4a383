// The rest of the core under the condition `workerd`.

export { default } from '#later.wasm'
