// Stores in the private file system, in workers.

import { same } from './same.js'
import { serving } from './serve.js'

/** Opens the page, and calls with what starts and asks its workers. */
export async function withWorkers(context, address, use) {
  const page = await context.newPage()
  await page.goto(`${address}private.html`)
  await page.waitForFunction(() => globalThis.workers !== undefined)
  const start = async () => {
    const number = await page.evaluate(() => globalThis.workers.start())
    const ask = (...question) =>
      page.evaluate(
        ([number, question]) => globalThis.workers.ask(number, ...question),
        [number, question],
      )
    const killed = (milliseconds) =>
      page.evaluate(
        ([number, milliseconds]) => globalThis.workers.killed(number, milliseconds),
        [number, milliseconds],
      )
    return { ask, killed }
  }
  try {
    return await use(start, page)
  } finally {
    await page.close()
  }
}

/**
 * Opens a store that somebody may still be letting go: a browser gives a worker that is ended while it works
 * two seconds, in which its handles stay open.
 */
export async function reopened(start, name) {
  const { ask, ...more } = await start()
  for (let tries = 0; ; tries++) {
    const said = await ask('open', name)
    if (said === undefined) return { ask, ...more }
    if (!/in_use/.test(said) || tries > 500) throw new Error(said)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function owners(start) {
  const one = await reopened(start, 'owned')
  await one.ask('increment', 3)
  same(await one.ask('flush'), undefined, 'a flush')
  const two = await start()
  same((await two.ask('open', 'owned')).split(':')[0], 'in_use', 'a second owner')
  same(await two.ask('read', 'owned'), 3, 'a reader beside the owner')
  same((await two.ask('read', 'nothing')).split(':')[0], 'io', 'a reader of nothing')
  for (let round = 1; round <= 6; round++) {
    await one.ask('fill', round)
    await one.ask('increment', 1)
    same(await one.ask('flush'), undefined, 'a flush')
    same(await two.ask('read', 'owned'), 3 + round, 'a reader')
  }
  const sizes = await two.ask('files', 'owned')
  same(sizes.filter((size) => size > 0).length, 1, `one of the files is empty: ${sizes}`)
  if (!(Math.max(...sizes) < 3_000_000)) throw new Error(`the file was not written anew: ${sizes}`)
  await one.ask('close')
  same(await two.ask('open', 'owned'), undefined, 'the next owner')
  same(await two.ask('orders'), 9, 'the next owner')
}

async function faults(start) {
  const one = await reopened(start, 'failing')
  await one.ask('increment', 1)
  await one.ask('flush')
  await one.ask('break', 'write', 1)
  await one.ask('increment', 1)
  same((await one.ask('flush')).split(':')[0], 'io', 'a write that fails')
  same(await one.ask('orders'), 2, 'memory')
  same(await one.ask('flush'), undefined, 'the next try')
  // The wait for a new file fails: the first one goes on.
  await one.ask('fill', 1)
  await one.ask('flush')
  await one.ask('fill', 2)
  await one.ask('increment', 1)
  same(await one.ask('flush'), undefined, 'a flush')
  await one.ask('break', 'flush', 1)
  await one.ask('increment', 1)
  same((await one.ask('flush')).split(':')[0], 'io', 'a wait that fails')
  same((await one.ask('increment', 1)).split(':')[0], 'io', 'a change after that')
  same(await one.ask('orders'), 4, 'memory')
  await one.ask('close')
  const two = await reopened(start, 'failing')
  const orders = await two.ask('orders')
  if (orders !== 3 && orders !== 4) throw new Error(`${orders} of 4, of which 3 were acknowledged`)
}

/** Ends a worker at random times, so often. */
async function ended(start, times) {
  let total = 0
  for (let time = 0; time < times; time++) {
    const one = await reopened(start, 'ended')
    const acknowledged = await one.killed(Math.random() * 300)
    const two = await reopened(start, 'ended')
    const [day = 0, lifetime = 0] = await two.ask('counts')
    same(day, lifetime, 'a batch is there as a whole')
    if (day < acknowledged)
      throw new Error(`${acknowledged} were acknowledged and ${day} are there`)
    total = day
    await two.ask('close')
  }
  return total
}

export const inWorkers = {
  answer: async ({ folders, browser }) =>
    serving(await folders.lay('page'), {}, (address) =>
      browser.inContext((context) =>
        withWorkers(context, address, async (start) => {
          await owners(start)
          await faults(start)
          if ((await ended(start, 3)) === 0) throw new Error('nothing was counted')
          return 'kept'
        }),
      ),
    ),
  expected: 'kept',
}
