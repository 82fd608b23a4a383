// Keeps the page, so that it opens without a network.
//
// What a first visit needs is kept at once, the rest when it is first used. The page itself is asked of
// the network first, so that a new release is seen at once; what has its content in its name is not
// asked for again.

/* global KEPT, VERSION */

const NAME = `page-${VERSION}`

addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(NAME)
      .then((cache) => cache.addAll(KEPT))
      .then(() => skipWaiting()),
  )
})

addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))),
      )
      .then(() => clients.claim()),
  )
})

addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  const isNamedByContent = /-[A-Z0-9]{8}\.(js|css)$/.test(pathname)
  event.respondWith(isNamedByContent ? fromCache(request) : fromNetwork(request, pathname))
})

async function fromCache(request) {
  return (await caches.match(request)) ?? taken(request, request)
}

async function fromNetwork(request, pathname) {
  // A view is in what follows the question mark; the page is the same.
  const key = request.mode === 'navigate' ? '/' : pathname
  try {
    return await taken(request, key)
  } catch (error) {
    const kept = await caches.match(key)
    if (kept === undefined) throw error
    return kept
  }
}

async function taken(request, key) {
  const answer = await fetch(request)
  // Without room for it the page is not kept, and still shown.
  if (answer.ok) await keep(key, answer.clone()).catch(() => undefined)
  return answer
}

async function keep(key, answer) {
  await (await caches.open(NAME)).put(key, answer)
}
