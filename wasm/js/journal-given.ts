// The glue of the module for the file of a store, whose bytes the caller gives.

export { glue } from '#generated/journal'
