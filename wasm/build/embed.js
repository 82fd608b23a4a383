// Turns what the binder wrote into the two inputs of the package: `<name>.js`, the glue, and
// `<name>-bytes.js`, the module as text. Called as `embed.js <bound> <generated> <name>`.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { encode } from './encode.js'
import { split } from './streams.js'
import { tool } from './tool.js'

const [bound, generated, name] = process.argv.slice(2)
const write = (file, text) => writeFileSync(join(generated, file), text)

const { streams, ...woven } = split(readFileSync(join(bound, `${name}.wasm`)))
const lengths = streams.map((stream) => stream.length)
// What is not code, opcodes and all else use bytes so differently that each has an alphabet of its own.
const [rest, ops, ...others] = streams
const texts = [rest, ops, others.flat()].map(encode)
const constants = Object.entries({ texts, lengths, ...woven })
write(
  `${name}-bytes.js`,
  constants.map(([key, value]) => `export const ${key} = ${JSON.stringify(value)}\n`).join(''),
)
write(
  `${name}-bytes.d.ts`,
  "import type { Encoded } from '../../../wasm/js/decode.js'\n" +
    constants.map(([key]) => `export declare const ${key}: Encoded['${key}']\n`).join(''),
)

// What takes and gives numbers only has no glue.
if (existsSync(join(bound, `${name}_bg.js`))) {
  // The binder writes a module, which exists once. Each call of the function is one more of it.
  const { outputFiles } = await tool('esbuild').build({
    entryPoints: [join(bound, `${name}_bg.js`)],
    bundle: true,
    write: false,
    format: 'cjs',
    target: 'es2022',
  })
  write(
    `${name}.js`,
    `export function glue() {\nconst module = { exports: {} }\n${outputFiles[0].text}\nreturn module.exports\n}\n`,
  )
  write(
    `${name}.d.ts`,
    `import type * as bound from '#bound/${name}'
import type { Glue } from '../../../wasm/js/instantiate.js'
export declare function glue(): Glue & typeof bound
`,
  )
}
