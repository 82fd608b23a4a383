// What the base of the package gives to `work.ts`: whatever has to be there once only, and what both need. A name
// that is missing here fails the build of the package.

import { batchIn } from './batch.js'
import {
  attached,
  bytesIn,
  columnOf,
  copyOf,
  functionOf,
  knownOf,
  optionsOf,
  recordOf,
  timeOf,
} from './check.js'
import { dayText, plainDay, tagOf } from './date.js'
import { Engine } from './engine.js'
import { TrackstatsError, guarded, ours, shown } from './error.js'
import { startOfDay } from './instant.js'
import { loadCore, loadExchange, loadFiles, loadJournal, loadSql } from './module.js'
import { dayOfDate, dayOfEvent } from './moment.js'
import { among } from './names.js'
import { periodNumber } from './period.js'
import { plain } from './plain.js'
import { pairsOf } from './state.js'
import { filterOf } from './statistics.js'
import { noInteger } from './write.js'
import { zoneOf } from './zone.js'

export const base: { readonly [name: string]: unknown } = {
  Engine,
  TrackstatsError,
  among,
  attached,
  batchIn,
  bytesIn,
  columnOf,
  copyOf,
  dayOfDate,
  dayOfEvent,
  dayText,
  filterOf,
  startOfDay,
  functionOf,
  guarded,
  knownOf,
  loadCore,
  loadExchange,
  loadFiles,
  loadJournal,
  loadSql,
  noInteger,
  optionsOf,
  ours,
  pairsOf,
  periodNumber,
  plain,
  plainDay,
  recordOf,
  shown,
  tagOf,
  timeOf,
  zoneOf,
}
