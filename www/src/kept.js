// Whether what was recorded is kept.

import { byId, write } from './element.js'
import { painter } from './paint.js'
import { notice } from './say.js'
import { number } from './words.js'

/** Shows how much there is, and says so when it cannot be kept. */
export function kept(store, why) {
  if (why !== undefined) {
    notice(`Nothing is kept when this page is closed: ${why}`)
    write(byId('kept'), `Not kept: ${why}`)
    return
  }
  let isFailing = false
  const draw = () => {
    const text = `${number(store.size)} statistics in this browser`
    write(byId('kept'), isFailing ? `Not saved: ${isFailing}` : text)
  }
  const paint = painter(1000, async () => {
    draw()
    const before = isFailing
    isFailing = await store.flush().then(
      () => false,
      (error) => error.message,
    )
    if (isFailing && !before) notice(`Not saved: ${isFailing}`)
    draw()
  })
  store.live((store) => [store.size, store.metrics.length, performance.now()]).subscribe(paint)
}
