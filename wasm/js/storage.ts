// What the first store that is kept elsewhere than in memory imports.

export { find } from './keep/find.js'
