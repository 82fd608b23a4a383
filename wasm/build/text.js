// What reads and writes UTF-8, for the files that are required: jsdom, in which Jest runs tests, has no such
// classes of its own, and Node has them.

const { process } = globalThis
const { TextEncoder, TextDecoder } =
  globalThis.TextEncoder === undefined ? process.getBuiltinModule('node:util') : globalThis

export { TextDecoder, TextEncoder }
