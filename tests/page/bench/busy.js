// A busy shop for a minute: how long each frame takes while thousands of events a second are recorded.

const SECONDS = 60

/** Milliseconds of a frame: the middle one, and the longest of a hundred. */
const MIDDLE = 17
const LONG = 34

/** Events a second that the page has to record at least, as many as a frame for each can have. */
const FEWEST = 2000

export async function busy(browser, address, tell) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${address}?metric=shop.visits`)
  await page.waitForSelector('html.ready')
  await page.waitForTimeout(1000)
  await page.click('#busy')
  const frames = await page.evaluate(
    (milliseconds) =>
      new Promise((resolve) => {
        const frames = []
        const began = performance.now()
        let last = began
        const step = (now) => {
          frames.push(now - last)
          last = now
          if (now - began < milliseconds) requestAnimationFrame(step)
          else resolve(frames.slice(1))
        }
        requestAnimationFrame(step)
      }),
    SECONDS * 1000,
  )
  await page.click('#busy')
  const said = await page.textContent('#pace')
  const events = Number(/([\d,]+) events/.exec(said)[1].replaceAll(',', ''))
  frames.sort((a, b) => a - b)
  const at = (part) => Number(frames[Math.floor(frames.length * part)].toFixed(1))
  tell('busy-frames', frames.length)
  tell('busy-frame-middle-ms', at(0.5), MIDDLE)
  tell('busy-frame-99-in-100-ms', at(0.99), LONG)
  tell('busy-frame-longest-ms', at(1 - 1 / frames.length))
  tell('busy-events-a-second', Math.round(events / SECONDS))
  // A limit that is a floor: what is missing to it.
  tell('busy-events-missing', Math.max(0, FEWEST - Math.round(events / SECONDS)), 0)
  await context.close()
}
