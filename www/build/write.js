// Writes the files of the site, beside each text its brotli form, and deletes what is not part of it.

import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)

/** What is served as it is. */
const compressed = ['.png']

/** A file that is there already is not compressed again. */
export async function write(site, files) {
  await mkdir(site, { recursive: true })
  const wanted = new Set(['data'])
  for (const [name, bytes] of files) {
    const path = join(site, name)
    wanted.add(name)
    const isPacked = !compressed.includes(extname(name))
    if (isPacked) wanted.add(`${name}.br`)
    const before = await readFile(path).catch(() => undefined)
    const packed = await readFile(`${path}.br`).catch(() => undefined)
    if (before?.equals(bytes) && (packed !== undefined || !isPacked)) continue
    if (isPacked) {
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      }
      await writeFile(`${path}.br`, await compress(bytes, { params }))
    }
    await writeFile(path, bytes)
  }
  for (const name of await readdir(site)) {
    if (!wanted.has(name)) await rm(join(site, name), { recursive: true })
  }
}
