// The first visit, over a network as slow as a phone's: 1.6 Mbit/s down, 0.75 up, 150 ms there and back.

const network = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6e6 / 8) | 0,
  uploadThroughput: (0.75e6 / 8) | 0,
}

/** All that may be fetched before the box for SQL is used, compressed, with headers. */
const BYTES = 150_000

/** Milliseconds from the address to the first chart. */
const CHART = 4000

const middle = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1]

export async function load(browser, address, tell) {
  const visits = []
  for (let at = 0; at < 3; at += 1) visits.push(await visit(browser, address))
  tell('first-visit-bytes', Math.max(...visits.map(({ bytes }) => bytes)), BYTES)
  tell('first-visit-requests', Math.max(...visits.map(({ requests }) => requests)))
  tell('first-chart-ms', Math.round(middle(visits.map(({ chart }) => chart))), CHART)
  tell('first-visit-shift', Math.max(...visits.map(({ shift }) => shift)), 0)
  tell('second-visit-bytes', Math.max(...visits.map(({ again }) => again)))
}

async function visit(browser, address) {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } })
  // When a canvas has been drawn on by the chart, told by the page's own clock.
  await context.addInitScript(() => {
    const watch = () => {
      const isReady = document.documentElement?.classList.contains('ready')
      if (isReady && document.querySelector('#chart canvas')) globalThis.drawn = performance.now()
      else requestAnimationFrame(watch)
    }
    requestAnimationFrame(watch)
    globalThis.shift = 0
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) globalThis.shift += value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  let [bytes, requests] = [0, 0]
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
    requests += 1
  })
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', network)
  await page.goto(address)
  await page.waitForFunction(() => globalThis.drawn !== undefined)
  const { chart, shift } = await page.evaluate(() => ({
    chart: globalThis.drawn,
    shift: globalThis.shift,
  }))
  await page.evaluate(() => navigator.serviceWorker.ready)
  // The worker for offline use fetches what is left by itself: it is a visitor of its own to the tools.
  const taken = await page.evaluate(async () => {
    const names = await caches.keys()
    const kept = await (await caches.open(names[0])).keys()
    return kept.map(({ url }) => url)
  })
  const seen = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  )
  for (const url of taken.filter((url) => url !== address && !seen.includes(url))) {
    const answer = await fetch(url, { headers: { 'accept-encoding': 'br' } })
    bytes += Number(answer.headers.get('content-length'))
    requests += 1
    await answer.arrayBuffer()
  }
  const before = bytes
  await page.reload()
  await page.waitForFunction(() => globalThis.drawn !== undefined)
  await page.waitForTimeout(300)
  await context.close()
  return { bytes: before, requests, chart, shift, again: bytes - before }
}
