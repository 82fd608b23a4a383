// What the first store in a file imports, wherever the file is.

export { diskAt, pathOf } from './keep/disk.js'
export { Filed } from './keep/filed.js'
export { privateAt } from './keep/private.js'
export { enter, isOpen } from './keep/shared.js'
export { recover } from './keep/recover.js'
export { unfolded } from './keep/unfold.js'
