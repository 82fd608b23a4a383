// In Node: `wasm-pack build --target nodejs --out-dir js/node` writes what this imports.

import { Shop } from './node/shop.js'
import { orders } from './orders.mjs'

console.log(orders(Shop))
