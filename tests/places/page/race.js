// SQLite in the private file system, by its pool of synchronous access handles: of what its makers offer in
// browsers, the fastest that keeps.

import init from './node_modules/sqlite-wasm/dist/index.mjs'

const sqlite = await init()
const pool = await sqlite.installOpfsSAHPoolVfs({ initialCapacity: 40 })

const TABLE = `
  PRAGMA synchronous = FULL;
  CREATE TABLE statistic (
    metric INTEGER NOT NULL,
    period INTEGER NOT NULL,
    object INTEGER NOT NULL,
    date INTEGER NOT NULL,
    value INTEGER,
    PRIMARY KEY (metric, period, object, date)
  ) WITHOUT ROWID;`

const RECORD = `
  INSERT INTO statistic (metric, period, object, date, value) VALUES (1, 1, ?, ?, ?)
  ON CONFLICT DO UPDATE SET value = excluded.value`

function run({ name, products, days }) {
  const database = new pool.OpfsSAHPoolDb(`/${name}`)
  database.exec(TABLE)
  const started = performance.now()
  database.exec('BEGIN')
  const insert = database.prepare(RECORD)
  for (let product = 0; product < products; product++) {
    for (let day = 0; day < days; day++) {
      insert.bind([product, day, (day * 7919 + product * 104_729) % (10 + product)]).stepReset()
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
