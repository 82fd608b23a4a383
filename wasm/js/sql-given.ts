// The glue of the module for SQL, whose bytes the caller gives.

export { glue } from '#generated/sql'
