// The conformance vectors, through the package.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import { root } from './place.js'
import { run } from './vectors/run.js'

const folder = process.env.TRACKSTATS_VECTORS ?? join(root, 'tests/conformance')

test('every vector holds', async () => {
  const { passed, failed } = await run(folder)
  assert.deepEqual(failed, [])
  assert.ok(passed > readdirSync(join(folder, 'tracker')).length)
})

test('a vector that does not hold is named with the reason', async () => {
  const own = mkdtempSync(join(tmpdir(), 'trackstats-'))
  try {
    mkdirSync(join(own, 'tracker'))
    const write = (name, json) => writeFileSync(join(own, name), JSON.stringify(json))
    const step = { op: 'record', store: 'by_date', metric: 'a.b', period: 'DAY', value: 1 }
    write('tracker/wrong.json', { settings: { time_zone: 'UTC' }, steps: [step], final: {} })
    write('calendar_buckets.json', {
      cases: [
        {
          tz: 'UTC',
          unit: 'day',
          events: [{ at: '2026-11-23T10:00:00Z', amount: 1 }],
          buckets: [],
        },
      ],
    })
    const { passed, failed } = await run(own)
    assert.equal(passed, 0)
    assert.deepEqual(
      failed.map(({ name }) => name),
      ['wrong', 'calendar_buckets[0] UTC day'],
    )
    assert.match(failed[0].reason, /step 0, record: .*'a\.b'/)
    assert.match(failed[1].reason, /not expected .*2026-11-23/)
  } finally {
    rmSync(own, { recursive: true })
  }
})
