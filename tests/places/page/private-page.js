// Starts workers that have stores, asks them, and ends them.

const workers = []

/** Starts a worker, and answers its number. */
function start() {
  const worker = new Worker(new URL('private.js', import.meta.url), { type: 'module' })
  const waiting = new Map()
  const one = { worker, waiting, counted: 0 }
  workers.push(one)
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => {
      if (data.ready) resolve(workers.length - 1)
      else if (data.counted) {
        one.counted = data.counted
        globalThis.say?.(data.counted)
      } else waiting.get(data.id)(data.value)
    }
  })
}

function ask(number, ...question) {
  const { worker, waiting } = workers[number]
  const id = waiting.size
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    worker.postMessage([id, ...question])
  })
}

/** Has a worker count for some time, and ends it; answers what it acknowledged last. */
async function killed(number, milliseconds) {
  ask(number, 'count')
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  workers[number].worker.terminate()
  return workers[number].counted
}

Object.assign(globalThis, { workers: { start, ask, killed, counted: (at) => workers[at].counted } })
