// What the first call of `sql` imports: the module for SQL as text, and its glue.

export * as bytes from '#generated/sql-bytes'
export { glue } from '#generated/sql'
