// Prints one line `raw gzip brotli` for the files given, taken together as what one visit fetches.

import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const sum = { raw: 0, gzip: 0, brotli: 0 }
for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file)
  sum.raw += bytes.length
  sum.gzip += gzipSync(bytes, { level: 9 }).length
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  sum.brotli += brotliCompressSync(bytes, { params }).length
}
console.log(sum.raw, sum.gzip, sum.brotli)
