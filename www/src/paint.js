// When things are drawn: as often as is needed, and not more often.

/**
 * Returns what asks for a drawing. It happens in the next frame, or so many milliseconds after the one
 * before; asking again meanwhile changes nothing. Pages that nobody sees draw nothing.
 */
export function painter(spacing, draw) {
  let [isAsked, last] = [false, -Infinity]
  const wait = (now) => {
    if (now - last < spacing) return requestAnimationFrame(wait)
    isAsked = false
    last = now
    draw()
  }
  return () => {
    if (isAsked) return
    isAsked = true
    const left = spacing - (performance.now() - last)
    if (left < 30) requestAnimationFrame(wait)
    else setTimeout(() => requestAnimationFrame(wait), left - 16)
  }
}
