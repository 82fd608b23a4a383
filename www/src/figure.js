// The chart of the view with its caption, its readout, its keys, and its numbers as a table.

import { Chart } from './chart.js'
import { dayOf, lengthOf } from './day.js'
import { byId, write } from './element.js'
import { painter } from './paint.js'
import { held } from './held.js'
import { before, cut, optionsOf, questionOf, read } from './question.js'
import { announce } from './say.js'
import { Numbers } from './table.js'
import { follow, tellAll, view } from './view.js'
import { message, number, pointName, titleOf } from './words.js'

/** Milliseconds between two drawings while events come in. */
const SPACING = 100

/** The points of the range before, on the days of those that they are compared with. */
function aligned({ days, values }, points, { range, options }) {
  if (!options.bucket) {
    const shift = lengthOf(range.from, range.to)
    return { days: days.map((day) => day + shift), values }
  }
  // Spans of the calendar are not all of one length: the last with the last, and so on.
  const count = Math.min(days.length, points.days.length)
  return {
    days: points.days.slice(points.days.length - count),
    values: values.slice(values.length - count),
  }
}

export class Figure {
  #store
  #chart = new Chart((day) => this.#hover(day))
  #numbers = new Numbers()
  #plot = byId('chart')
  #question
  #points = { days: new Int32Array(), values: new Float64Array() }
  #earlier
  /** The place of the point that the keys are at. */
  #place
  #end = () => undefined
  #paint = painter(SPACING, () => this.#draw())
  #tell = painter(1000, () => this.#caption())

  constructor(store) {
    this.#store = store
    this.#plot.tabIndex = 0
    this.#plot.setAttribute('role', 'application')
    this.#plot.setAttribute('aria-roledescription', 'line chart')
    this.#plot.setAttribute('aria-describedby', 'caption')
    this.#plot.addEventListener('keydown', (event) => this.#key(event))
    this.#plot.addEventListener('blur', () => this.#leave())
    follow(() => this.show())
  }

  /** Asks for what the view is about, and follows it. */
  show() {
    const store = this.#store
    const { metric } = view()
    this.#end()
    this.#end = () => undefined
    this.#place = undefined
    this.#earlier = undefined
    const info = store.metrics.find(({ name }) => name === metric)
    document.title = `${titleOf(info, view())} · trackstats`
    this.#plot.setAttribute(
      'aria-label',
      `${titleOf(info, view())}: arrow keys go from point to point`,
    )
    if (info === undefined) {
      this.#points = { days: new Int32Array(), values: new Float64Array() }
      this.#question = undefined
      write(
        byId('caption'),
        metric ? `This store has no metric ${metric}.` : 'This store is empty.',
      )
      this.#chart.draw({ points: this.#points, range: [0, 1] })
      this.#numbers.show([])
      return
    }
    const question = questionOf(store, view())
    this.#question = question
    this.#points = read(store, question)
    if (view().before)
      this.#earlier = aligned(read(store, before(question)), this.#points, question)
    const options = { metric, period: question.period, ...optionsOf(question) }
    const ends = [
      held(() => store.subscribe(options, (series) => this.#fresh(series))) ?? (() => undefined),
      this.#watchEnd(question),
    ]
    this.#end = () => ends.forEach((end) => end())
    this.#draw()
    this.#caption(document.documentElement.classList.contains('ready'))
  }

  /** A new day, or values after all others, make another question, for all parts of the page. */
  #watchEnd({ metric, period, by }) {
    let isFirst = true
    const newest = (store) => [
      store.today,
      held(() => store.latest(metric, period, { by }))?.date ?? '',
    ]
    return this.#store.live(newest).subscribe(() => {
      if (isFirst) isFirst = false
      else tellAll()
    })
  }

  #fresh(series) {
    this.#points = cut(series, this.#question.options)
    this.#paint()
    this.#tell()
  }

  #draw() {
    if (this.#question === undefined) return
    const { range } = this.#question
    const span = view().bucket
    const [from, to] = [dayOf(range.from), dayOf(range.to)]
    this.#chart.draw({
      points: this.#points,
      before: this.#earlier,
      range: [Math.min(from, this.#points.days[0] ?? from), to],
      span,
    })
    this.#numbers.show(this.#rows(), this.#earlier !== undefined)
    if (this.#place !== undefined) this.#point(this.#place)
  }

  /** The rows of the table, newest first, made when it is open. */
  #rows() {
    const { days, values } = this.#points
    const span = view().bucket
    return Array.from({ length: days.length }, (_, at) => {
      const place = days.length - 1 - at
      return () => [pointName(days[place], span), number(values[place]), this.#before(place)]
    })
  }

  /** The value of the range before that is drawn with a point, if there is one. */
  #before(place) {
    if (this.#earlier === undefined) return undefined
    const at = this.#earlier.days.indexOf(this.#points.days[place])
    return at < 0 ? 'not recorded' : number(this.#earlier.values[at])
  }

  /** @param isChosen whether the person asked for it, so that it is read out */
  #caption(isChosen = false) {
    if (this.#question === undefined) return
    const info = this.#store.metrics.find(({ name }) => name === view().metric)
    const text = message(this.#store, view(), this.#question, this.#points, info)
    write(byId('caption'), text)
    if (isChosen) announce(text)
    if (this.#place === undefined) write(byId('readout'), this.#hint())
  }

  #hint() {
    const { days, values } = this.#points
    if (days.length === 0) return 'Nothing to show here yet.'
    const missing = values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0)
    const points = `${number(days.length)} ${days.length === 1 ? 'point' : 'points'}`
    const known = missing > 0 ? `${points}, ${missing} of them known to be missing` : points
    if (this.#earlier === undefined) return known
    const isSomething = this.#earlier.days.length > 0
    return `${known}; ${isSomething ? 'dashed: the range before' : 'nothing in the range before'}`
  }

  /** What is said of a point. */
  #said(place) {
    const { days, values } = this.#points
    const value = values[place]
    const text = Number.isNaN(value) ? 'known to be missing' : number(value)
    const before = this.#before(place)
    const said = `${pointName(days[place], view().bucket)}: ${text}`
    return before === undefined ? said : `${said}; before: ${before}`
  }

  #hover(day) {
    if (day === undefined) {
      if (this.#place === undefined) write(byId('readout'), this.#hint())
      return
    }
    const place = this.#points.days.indexOf(day)
    const span = view().bucket
    const text = place < 0 ? `${pointName(day, span)}: not recorded` : this.#said(place)
    write(byId('readout'), text)
  }

  #key(event) {
    const { length } = this.#points.days
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 }
    const at = this.#place ?? length
    let place
    if (event.key in steps) place = at + steps[event.key]
    else if (event.key === 'Home') place = 0
    else if (event.key === 'End') place = length - 1
    else if (event.key === 'Escape') return this.#leave()
    if (place === undefined || length === 0 || event.ctrlKey || event.altKey || event.metaKey)
      return
    event.preventDefault()
    this.#place = Math.min(Math.max(place, 0), length - 1)
    this.#point(this.#place)
    announce(this.#said(this.#place))
  }

  #point(place) {
    const { days, values } = this.#points
    if (place >= days.length) return this.#leave()
    this.#chart.point(days[place], values[place])
    write(byId('readout'), this.#said(place))
  }

  #leave() {
    this.#place = undefined
    this.#chart.point(undefined)
    write(byId('readout'), this.#hint())
  }
}
