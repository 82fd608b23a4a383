// The modules as files, which `build/bundle.js` leaves as imports of the files of the package.

declare module '#core.wasm' {
  const module: WebAssembly.Module
  export default module
}

declare module '#later.wasm' {
  const module: WebAssembly.Module
  export default module
}

declare module '#sql.wasm' {
  const module: WebAssembly.Module
  export default module
}

declare module '#exchange.wasm' {
  const module: WebAssembly.Module
  export default module
}

declare module '#journal.wasm' {
  const module: WebAssembly.Module
  export default module
}
