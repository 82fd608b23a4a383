// What the first store in a file imports: the module for the file as text, and its glue.

export * as bytes from '#generated/journal-bytes'
export { glue } from '#generated/journal'
