// The glue of the module for files, whose bytes the caller gives.

export { glue } from '#generated/exchange'
