// What takes long: trackers, SQL, files and recovery. A file of its own, which the first call of one of them
// fetches; `working.ts` gives it what it shares with the base.

export { exportBytes, exportText, importInto } from './interchange.js'
export { recoverInto } from './recovering.js'
export { Sql } from './replica.js'
export { trackColumns } from './track-columns.js'
export { neededSince, trackAllEvents, trackEvents } from './track.js'
