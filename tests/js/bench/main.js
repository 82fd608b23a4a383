// Measures the package against SQLite and against what an expert writes by hand, on the same data in
// the same run.
//
// The answers of all are compared before anything is timed. A line tells how many times as long a peer
// takes; the program fails if one is short of its target.

import { race as raceFresh } from './fresh.js'
import { weigh } from './memory.js'
import { heading, wasShort } from './table.js'
import { SCALE, compare, race, taskOf } from './works.js'

const task = taskOf(SCALE)
await compare(task)
heading()
await race(task)
raceFresh()
weigh()
if (wasShort()) process.exitCode = 1
