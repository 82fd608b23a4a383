// The first call of what takes long waits until its code was fetched: meanwhile a caller may go on with what it gave.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What a program in a process of its own printed. */
async function printed(work) {
  const program = `
    import { open } from 'trackstats'
    const store = await open('memory:', { timeZone: 'UTC', now: () => new Date('2026-11-23T12:00Z') })
    store.register({ shop: { metrics: { orders: {}, sales: { by: ['country'] } } } })
    store.record('shop.orders', 'day', 7, { date: '2026-11-22' })
    const work = ${work}
    console.log(JSON.stringify(await work(store)))
  `
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
  })
  return JSON.parse(stdout)
}

const CALLS = {
  'columns, dimensions and options': [
    async (store) => {
      const at = Int32Array.of(20780, 20780)
      const country = ['NL', 'NL']
      const columns = { time: at, by: { country } }
      const periods = ['day']
      const options = { recompute: true }
      const done = store.trackColumns('shop.sales', periods, columns, options)
      at.fill(1)
      country.fill('BE')
      columns.by = { country: ['FR', 'FR'] }
      periods[0] = 'week'
      options.recompute = 'no'
      await done
      return store.statistics({ metric: 'shop.sales' })
    },
    [
      {
        metric: 'shop.sales',
        period: 'day',
        date: '2026-11-23',
        by: { country: 'NL' },
        value: 2,
      },
    ],
  ],
  events: [
    async (store) => {
      const events = [{ at: '2026-11-23' }]
      const options = { time: 'at' }
      const done = store.track('shop.orders', 'day', events, options)
      events.push({ at: '2026-11-23' })
      options.time = 'nothing'
      await done
      return store.value('shop.orders', 'day', { date: '2026-11-23' })
    },
    1,
  ],
  'several trackers': [
    async (store) => {
      const tracker = { metric: 'shop.orders', periods: 'day', time: 'at' }
      const trackers = [tracker]
      const done = store.trackAll(trackers, [{ at: '2026-11-23' }])
      tracker.periods = 'week'
      trackers.length = 0
      await done
      return store.value('shop.orders', 'day', { date: '2026-11-23' })
    },
    1,
  ],
  'parameters of SQL': [
    async (store) => {
      const parameters = [7]
      const done = store.sql('SELECT value FROM statistic_by_date WHERE value = $1', parameters)
      parameters[0] = 8
      return (await done).length
    },
    1,
  ],
  'a filter': [
    async (store) => {
      const filter = { format: 'jsonl', metric: 'shop.orders', period: 'day' }
      const done = store.export(filter)
      filter.period = 'week'
      return (await done).includes('"value":7')
    },
    true,
  ],
}

for (const [what, [work, answer]] of Object.entries(CALLS)) {
  test(`${what} may be changed as soon as the promise is there`, async () => {
    assert.deepEqual(await printed(work), answer)
  })
}
