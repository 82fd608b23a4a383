const trackstats = require('trackstats')

import('./scenario.js').then(async ({ run }) => console.log(await run(trackstats)))
