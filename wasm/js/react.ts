// What `trackstats/react` exports.

export { TrackstatsError } from './index.js'
