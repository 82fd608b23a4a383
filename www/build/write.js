// Writes the files of the site, beside each text its brotli form, and deletes what is not part of it.

import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)

/**
 * Writes the files, of which those that are there already are not compressed again; files that come later are
 * left alone. Resolves to the compressed sizes.
 */
export async function write(site, files, later = []) {
  await mkdir(site, { recursive: true })
  const wanted = new Set(['data', ...later.flatMap((name) => [name, `${name}.br`])])
  const sizes = new Map()
  for (const [name, bytes] of files) {
    const path = join(site, name)
    wanted.add(name).add(`${name}.br`)
    const before = await readFile(path).catch(() => undefined)
    let packed = await readFile(`${path}.br`).catch(() => undefined)
    if (packed === undefined || !before?.equals(bytes)) {
      packed = await packedOf(bytes)
      await writeFile(`${path}.br`, packed)
      await writeFile(path, bytes)
    }
    sizes.set(name, packed.length)
  }
  for (const name of await readdir(site)) {
    if (!wanted.has(name)) await rm(join(site, name), { recursive: true })
  }
  return sizes
}

function packedOf(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  return compress(bytes, { params })
}
