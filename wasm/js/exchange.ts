// What the first import or export imports: the module for files as text, and its glue.

export * as bytes from '#generated/exchange-bytes'
export { glue } from '#generated/exchange'
