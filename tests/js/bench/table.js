// The lines that are printed.

const WIDTHS = [70, 10, 10, 8, 8]

let isShort = false

/** Whether a line was short of its target. */
export const wasShort = () => isShort

export function heading() {
  print(['name', 'ours', 'peer', 'ratio', 'target'], 'met')
}

/** Our milliseconds beside a peer's. The peer has to take `target` times as long, or longer. */
export function faster(name, ours, peer, target) {
  const ratio = peer / ours
  print([name, time(ours), time(peer), ratio.toFixed(2), `${target}`], verdict(ratio >= target))
}

/** As `faster`, for a peer that no target is set for. */
export function beside(name, ours, peer) {
  print([name, time(ours), time(peer), (peer / ours).toFixed(2), '-'], '-')
}

/** So much of a unit beside a peer, which has to take `target` times as much, or more. */
export function times(name, ours, peer, target, unit) {
  const shown = (much) => `${much.toFixed(1)} ${unit}`
  const ratio = peer / ours
  print([name, shown(ours), shown(peer), ratio.toFixed(2), `${target}`], verdict(ratio >= target))
}

/** Megabytes, of which there may be `target`. */
export function smaller(name, ours, target) {
  const limit = `<= ${target} MB`
  print([name, `${ours.toFixed(1)} MB`, '-', '-', limit], verdict(ours <= target))
}

function verdict(isMet) {
  if (!isMet) isShort = true
  return isMet ? 'met' : 'short'
}

function print(cells, last) {
  const padded = cells.map((cell, at) =>
    at === 0 ? cell.padEnd(WIDTHS[at]) : cell.padStart(WIDTHS[at]),
  )
  console.log([...padded, last].join('  '))
}

function time(milliseconds) {
  return milliseconds < 1
    ? `${(milliseconds * 1000).toFixed(1)} us`
    : `${milliseconds.toFixed(2)} ms`
}
