// Reads files, away from the page. It is asked `look`, for a plan, and `read`, with the plan that was
// confirmed; who does not want to wait ends it.

import { look, read } from './look.js'
import { Refused } from './records.js'

let told = 0

function tell(progress) {
  if (performance.now() - told < 50) return
  told = performance.now()
  postMessage({ progress })
}

addEventListener('message', async ({ data }) => {
  const { ask, file, given, how, plan, zone } = data
  try {
    const answer = await (ask === 'look'
      ? look(file, given, tell)
      : read(file, how, plan, zone, tell))
    const moved = (answer.series ?? []).flatMap(({ days, values }) => [days.buffer, values.buffer])
    postMessage({ answer }, moved)
  } catch (error) {
    postMessage({
      refused: error instanceof Refused ? error.message : `${error.name}: ${error.message}`,
    })
  }
})
