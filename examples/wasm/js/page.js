// In a page: `wasm-pack build --target web --out-dir js/web` writes what this imports.

import init, { Shop } from './web/shop.js'
import { orders } from './orders.mjs'

await init()
document.getElementById('page').textContent = orders(Shop)
