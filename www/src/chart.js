// The chart: lines over days, in which a gap is a gap.

import uPlot from 'uplot'

import { marks, names } from './axis.js'
import { byId, element } from './element.js'
import { shortNumber } from './words.js'

/** The most days of a gap that the pointer is told one by one. */
const LONG = 400

const DAYS = { week: 7, month: 31, quarter: 92, year: 366 }

/** The columns of a plot: days, and for each line its values, null where there is a gap. */
export function columns(lines, span) {
  const most = DAYS[span] ?? 1
  const days = new Set()
  for (const { days: own } of lines) {
    own.forEach((day, at) => {
      days.add(day)
      if (at === 0 || day - own[at - 1] <= most) return
      // Places for the gap to be at: each day of it, for the pointer, unless it is very long.
      const last = span || day - own[at - 1] > LONG ? own[at - 1] + 1 : day - 1
      for (let gone = own[at - 1] + 1; gone <= last; gone += 1) days.add(gone)
    })
  }
  const xs = [...days].sort((a, b) => a - b)
  return [xs, ...lines.map((line) => column(xs, line, most))]
}

/** Between two points of a line without a gap, days of other lines are undefined, which draws through. */
function column(xs, { days, values }, most) {
  let next = 0
  return xs.map((x) => {
    while (next < days.length && days[next] < x) next += 1
    if (next < days.length && days[next] === x) {
      return Number.isNaN(values[next]) ? null : values[next]
    }
    const isInside = next > 0 && next < days.length
    return isInside && days[next] - days[next - 1] <= most ? undefined : null
  })
}

/** The places of points that no line leads to, and of the last one. */
function lonely(plot, series) {
  const ys = plot.data[series]
  const found = []
  let last = -1
  const isValue = (at) => ys[at] !== null && ys[at] !== undefined
  const near = (at, step) => {
    let to = at + step
    while (to >= 0 && to < ys.length && ys[to] === undefined) to += step
    return isValue(to)
  }
  for (let at = 0; at < ys.length; at += 1) {
    if (!isValue(at)) continue
    last = at
    if (!near(at, -1) && !near(at, 1)) found.push(at)
  }
  if (series === 1 && last >= 0 && found.at(-1) !== last) found.push(last)
  return found
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}

/** The lowest and highest value of the axis: zero is on it, and there is room above. */
function heights(_, low, high) {
  if (low === null || high === null) return [0, 1]
  const room = (Math.max(high, 0) - Math.min(low, 0)) * 0.06 || 1
  return [low < 0 ? low - room : 0, high > 0 ? high + room : 0]
}

export class Chart {
  #holder = byId('chart')
  #plot
  #range = [0, 1]
  #onPoint

  /** @param {(at: number | undefined) => void} onPoint is told which point the pointer is at */
  constructor(onPoint) {
    this.#onPoint = onPoint
    const fresh = () => this.#plot && this.#make(this.#plot.data)
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', fresh)
    new ResizeObserver(() => {
      if (this.#plot) this.#plot.setSize(this.#size())
    }).observe(this.#holder)
  }

  #size() {
    return { width: this.#holder.clientWidth, height: this.#holder.clientHeight }
  }

  /** Draws the points, and those of the range before if there are any. */
  draw({ points, before, range, span }) {
    const none = { days: [], values: [] }
    const data = columns([points, before ?? none], span)
    this.#range = range[0] === range[1] ? [range[0] - 1, range[1] + 1] : range
    if (this.#plot === undefined) this.#make(data)
    else this.#plot.setData(data)
  }

  #make(data) {
    this.#plot?.destroy()
    const line = { stroke: colour('line'), width: 1 }
    const axis = {
      stroke: colour('quiet'),
      font: '12px system-ui, sans-serif',
      ticks: { show: false },
    }
    const points = (series) => ({
      show: true,
      size: series === 1 ? 7 : 4,
      filter: (plot, at) => lonely(plot, at),
    })
    this.#plot = new uPlot(
      {
        ...this.#size(),
        padding: [8, 12, 0, 0],
        legend: { show: false },
        cursor: {
          drag: { x: false, y: false },
          y: false,
          points: { size: 9, width: 2 },
          focus: { prox: -1 },
        },
        scales: {
          x: { time: false, range: () => this.#range },
          y: { range: heights },
        },
        axes: [
          {
            ...axis,
            size: 28,
            grid: { show: false },
            splits: (plot) => marks(...this.#range, plot.width - 60),
            values: (_, days) => names(days),
          },
          {
            ...axis,
            size: 52,
            grid: line,
            values: (_, values) => values.map(shortNumber),
          },
        ],
        series: [
          {},
          {
            stroke: colour('accent'),
            fill: colour('wash'),
            width: 2,
            spanGaps: false,
            points: { ...points(1), fill: colour('accent') },
          },
          {
            stroke: colour('second'),
            width: 1.5,
            dash: [5, 4],
            spanGaps: false,
            points: points(2),
          },
        ],
        hooks: {
          setCursor: [
            ({ cursor }) =>
              this.#onPoint(cursor.idx == null ? undefined : this.#plot?.data[0][cursor.idx]),
          ],
        },
      },
      data,
      this.#holder,
    )
    // It is a picture: what it says is in the caption, the readout and the table.
    for (const canvas of this.#holder.querySelectorAll('canvas')) canvas.ariaHidden = 'true'
  }

  /** Puts the cursor on a day, or away. */
  point(day, value) {
    const plot = this.#plot
    if (plot === undefined) return
    if (day === undefined) return plot.setCursor({ left: -10, top: -10 }, false)
    const top = Number.isNaN(value) ? 0 : plot.valToPos(value, 'y')
    plot.setCursor({ left: plot.valToPos(day, 'x'), top }, false)
  }
}

/** A line in a box, for where a chart would be too much. */
export function sparkline() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  for (const [name, value] of [
    ['viewBox', '0 0 100 28'],
    ['preserveAspectRatio', 'none'],
    ['aria-hidden', 'true'],
  ]) {
    svg.setAttribute(name, value)
  }
  svg.setAttribute('class', 'spark')
  path.setAttribute('vector-effect', 'non-scaling-stroke')
  svg.append(path)
  return {
    svg: element('span', { class: 'spark-box' }, svg),
    draw: ({ days, values }) => {
      const text = lineOf(days, values)
      if (path.getAttribute('d') !== text) path.setAttribute('d', text)
    },
  }
}

function lineOf(days, values) {
  const known = values.filter((value) => !Number.isNaN(value))
  if (known.length === 0) return ''
  const low = Math.min(0, ...known)
  const high = Math.max(0, ...known)
  const [first, last] = [days[0], days.at(-1)]
  const x = (at) => (last === first ? 100 : ((days[at] - first) / (last - first)) * 98 + 1)
  const y = (at) => 26 - ((values[at] - low) / (high - low || 1)) * 24
  let text = ''
  values.forEach((value, at) => {
    if (Number.isNaN(value)) return
    const isJoined = at > 0 && days[at] - days[at - 1] === 1 && !Number.isNaN(values[at - 1])
    text += `${isJoined ? 'L' : 'M'}${x(at).toFixed(1)} ${y(at).toFixed(1)}`
    // A point alone is a short line.
    if (!isJoined) text += 'h.1'
  })
  return text
}
