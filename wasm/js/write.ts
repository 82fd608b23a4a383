// Recording: checks a value, and passes it to the engine by numbers.

import type { Context } from './context.js'
import { type Engine, placeOf } from './engine.js'
import { TrackstatsError, shown } from './error.js'
import type { MetricState } from './state.js'

const SMALLEST = -(2n ** 63n)
const LARGEST = 2n ** 63n - 1n

/** Records a value. */
export function put(
  context: Context,
  metric: MetricState,
  handle: number,
  period: number,
  day: number,
  value: unknown,
): void {
  const { isFloat } = metric
  if (typeof value === 'number') {
    if (isFloat) finite(metric, value)
    else if (!Number.isSafeInteger(value)) throw noInteger(metric, value)
    context.pending.put(handle, period, isFloat, day, value)
  } else if (value === null) {
    context.pending.put(handle, period, isFloat, day, Number.NaN)
  } else if (typeof value === 'bigint' && !isFloat) {
    context.engine.recordBigint(handle, placeOf(day, period, false), within(value))
  } else {
    throw noValue(metric, value)
  }
}

/** Adds to a value. */
export function add(
  engine: Engine,
  metric: MetricState,
  handle: number,
  period: number,
  day: number,
  amount: unknown,
): void {
  const { isFloat } = metric
  const place = placeOf(day, period, isFloat)
  if (typeof amount === 'number') {
    if (isFloat) finite(metric, amount)
    else if (!Number.isSafeInteger(amount)) throw noInteger(metric, amount)
    engine.add(handle, place, amount)
  } else if (typeof amount === 'bigint' && !isFloat) {
    engine.addBigint(handle, place, within(amount))
  } else {
    throw noValue(metric, amount)
  }
}

/** Records many values of one series, all or none. */
export function putAll(
  engine: Engine,
  metric: MetricState,
  handle: number,
  period: number,
  days: Int32Array,
  values: ArrayLike<number | bigint | null>,
): void {
  if (values instanceof BigInt64Array) {
    if (metric.isFloat) throw noValue(metric, values[0])
    engine.recordAllBigints(handle, period, days, values)
    return
  }
  const column = new Float64Array(values.length)
  for (let at = 0; at < column.length; at++) {
    const value = values[at]
    if (value === null || (typeof value === 'number' && value !== value)) column[at] = Number.NaN
    else if (typeof value !== 'number') throw noValue(metric, value)
    else if (metric.isFloat) column[at] = finite(metric, value)
    else if (Number.isSafeInteger(value)) column[at] = value
    else throw noInteger(metric, value)
  }
  engine.recordAll(handle, period, days, column, !metric.isFloat)
}

function finite(metric: MetricState, value: number): number {
  if (Number.isFinite(value)) return value
  throw new TrackstatsError(
    'invalid_value',
    `${value} is no value of '${metric.name}': record null for what is missing`,
  )
}

function within(value: bigint): bigint {
  if (value >= SMALLEST && value <= LARGEST) return value
  throw new TrackstatsError('invalid_value', `${value} does not fit 64 bits`)
}

export function noInteger(metric: MetricState, value: number): TrackstatsError {
  if (!Number.isFinite(value)) {
    return new TrackstatsError(
      'invalid_value',
      `${value} is no value of '${metric.name}': record null for what is missing`,
    )
  }
  return Number.isInteger(value)
    ? new TrackstatsError(
        'unsafe_integer',
        `${value} is outside ±9007199254740991, which a number holds exactly: give a bigint`,
      )
    : new TrackstatsError(
        'kind_mismatch',
        `the metric '${metric.name}' holds integers, and ${value} is none: ` +
          "declare it with kind: 'float', or round it yourself",
      )
}

function noValue(metric: MetricState, value: unknown): TrackstatsError {
  const accepted = metric.isFloat ? 'a number' : 'a whole number or a bigint'
  return new TrackstatsError(
    typeof value === 'bigint' ? 'kind_mismatch' : 'invalid_value',
    `${shown(value)} is no value of '${metric.name}': give ${accepted}`,
  )
}
