// Places that are pages as they are written, without a bundler.

import { serving } from './serve.js'

const policy = (sources) => ({
  'content-security-policy': `default-src 'self'; script-src ${sources}`,
})
const strict = policy("'self' 'wasm-unsafe-eval'")

const page = (name, { file = '', ids, headers = strict, ...more }) => ({
  name,
  answer: async ({ folders, browser }) =>
    serving(await folders.lay('page'), headers, (address) => browser.read(address + file, ids)),
  ...more,
})

const worker = { file: 'worker.html', ids: ['worker'] }
const chromium = { browser: 'chromium', fast: true }
const firefox = { browser: 'firefox' }

export const pages = [
  page('static page with a strict policy, Chromium', chromium),
  page('static page whose policy forbids wasm, Chromium', {
    ...chromium,
    headers: policy("'self'"),
    expected:
      'TrackstatsError io: the Content-Security-Policy of this page blocks WebAssembly: ' +
      "add 'wasm-unsafe-eval' to its script-src directive",
  }),
  page('web worker, Chromium', { ...worker, ...chromium }),
  page('static page with a strict policy, Firefox', firefox),
  page('web worker, Firefox', { ...worker, ...firefox }),
]
