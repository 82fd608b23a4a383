// Random calls, reopenings and crashes: what was acknowledged is there, and Rust writes the same bytes.

import { dirname } from 'node:path'
import { test } from 'node:test'

import { alike } from './durable/model.js'
import { placeFor } from './durable/place.js'

test('the same calls leave the same file in Node and in Rust', async (context) => {
  await alike(dirname(placeFor(context)), 5, 200)
})
