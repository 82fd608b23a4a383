// A wasm module that a user wrote in Rust: `examples/wasm`, bound for Node and for a page.

import { run } from './program.js'
import { serving } from './serve.js'

const expected = `\
2026-11-21 1
2026-11-22 0
2026-11-23 2
items to NL on 2026-11-23: 1`

const example = '../../examples/wasm/js'

export const modules = [
  {
    name: 'own wasm module, Node',
    expected,
    answer: async ({ folders, module }) => {
      const cwd = await folders.copy('module', example, module)
      return run('node', ['node.mjs'], { cwd })
    },
  },
  {
    name: 'own wasm module, Chromium',
    browser: 'chromium',
    expected,
    answer: async ({ folders, browser, module }) =>
      serving(await folders.copy('module', example, module), {}, (address) =>
        browser.read(address),
      ),
  },
]
