// Compiling a wasm module, and saying why where that is not allowed.

import { TrackstatsError } from './error.js'

/** Where a wasm module may come from. */
export type ModuleSource = string | URL | Response | BufferSource | WebAssembly.Module

/** Compiles the module, unless it is compiled already. */
export async function compile(source: ModuleSource): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === 'undefined') {
    throw new TrackstatsError('io', 'there is no WebAssembly here')
  }
  try {
    if (isModule(source)) return source
    const given = source as string | URL | Response | BufferSource
    const bytes = typeof given === 'string' || given instanceof URL ? await fetch(given) : given
    return await WebAssembly.compile(isResponse(bytes) ? await read(bytes) : bytes)
  } catch (cause) {
    throw cause instanceof TrackstatsError ? cause : explain(cause)
  }
}

// By tag and method: a test runner may have classes of its own beside those of the engine. The type of
// a module has no members, so that it does not tell the others apart.
function isModule(source: ModuleSource): source is WebAssembly.Module {
  return Object.prototype.toString.call(source) === '[object WebAssembly.Module]'
}

function isResponse(source: Response | BufferSource): source is Response {
  return 'arrayBuffer' in source
}

async function read(response: Response): Promise<ArrayBuffer> {
  if (!response.ok) {
    throw new TrackstatsError('io', `${response.url} cannot be fetched: status ${response.status}`)
  }
  // Not `compileStreaming`: it refuses what is served without the media type of wasm.
  return response.arrayBuffer()
}

/** The engines say in words of their own that a policy forbids it; all of them name it. */
function explain(cause: unknown): TrackstatsError {
  const text = String(cause)
  const message = /content.security.policy|\bCSP\b|unsafe-eval/i.test(text)
    ? "the Content-Security-Policy of this page blocks WebAssembly: add 'wasm-unsafe-eval' to its script-src directive"
    : `the WebAssembly module cannot be loaded: ${text}`
  return new TrackstatsError('io', message, { cause })
}
