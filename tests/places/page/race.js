// SQLite in the private file system, by its pool of synchronous access handles: of what its makers offer in
// browsers, the fastest that keeps.

import init from './node_modules/sqlite-wasm/dist/index.mjs'
import { RECORD, TABLE } from './schema.js'

const sqlite = await init()
const pool = await sqlite.installOpfsSAHPoolVfs({ initialCapacity: 40 })

function run({ name, products, days, values }) {
  const database = new pool.OpfsSAHPoolDb(`/${name}`)
  database.exec(`PRAGMA synchronous = FULL; ${TABLE}`)
  const started = performance.now()
  database.exec('BEGIN')
  const insert = database.prepare(RECORD)
  for (let product = 0; product < products; product++) {
    for (let day = 0; day < days; day++) {
      insert.bind([1, 1, product, day, values[product * days + day]]).stepReset()
    }
  }
  insert.finalize()
  database.exec('COMMIT')
  const taken = performance.now() - started
  database.close()
  const again = new pool.OpfsSAHPoolDb(`/${name}`)
  const sum = again.selectValue('SELECT sum(value) FROM statistic')
  again.close()
  return { taken, sum }
}

onmessage = ({ data }) => postMessage(run(data))
postMessage('ready')
