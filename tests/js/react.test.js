// The hook, in React and a document.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { JSDOM } from 'jsdom'

const { window } = new JSDOM('<!doctype html><body></body>')
const { document, navigator } = window
Object.assign(globalThis, { window, document, IS_REACT_ACT_ENVIRONMENT: true })
// From Node 21 on there is one, which cannot be assigned to.
Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true })

const { StrictMode, act, createElement, useState } = await import('react')
const { createRoot, hydrateRoot } = await import('react-dom/client')
const { renderToString } = await import('react-dom/server')
const { useSeries } = await import('trackstats/react')
const { opened, refuses, utrecht } = await import('./shop.js')

/** Renders a component into a new element. */
async function rendered(component, { strict = false } = {}) {
  const element = document.body.appendChild(document.createElement('div'))
  const root = createRoot(element)
  const node = createElement(component)
  await act(() => root.render(strict ? createElement(StrictMode, null, node) : node))
  return { text: () => element.textContent, unmount: () => act(() => root.unmount()) }
}

const sum = (series) => [...series.values].reduce((all, one) => all + one, 0)

test('a component shows the series, and again after a change to it', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', 3)
  let renders = 0
  const shown = await rendered(() => {
    renders++
    // The query is another object at each rendering.
    return sum(useSeries(store, { metric: 'shop.orders', period: 'day', fill: 0 }))
  })
  assert.equal(shown.text(), '3')
  assert.equal(renders, 1)
  await act(async () => store.record('shop.orders', 'day', 4, { date: '2026-11-20' }))
  assert.equal(shown.text(), '7')
  assert.equal(renders, 2)
  await shown.unmount()
})

test('several changes in a row render once, and others not at all', async () => {
  const store = await opened()
  let renders = 0
  const shown = await rendered(() => {
    renders++
    return sum(useSeries(store, { metric: 'shop.orders', period: 'day' }))
  })
  await act(async () => {
    for (let at = 0; at < 100; at++) store.increment('shop.orders')
  })
  assert.equal(shown.text(), '100')
  assert.equal(renders, 2)
  await act(async () => {
    store.record('shop.revenue', 'day', 1)
    store.record('shop.orders', 'week', 1)
    store.record('shop.orders', 'day', 100)
  })
  assert.equal(renders, 2)
  await shown.unmount()
})

test('under StrictMode nothing is doubled or lost', async () => {
  const store = await opened()
  const shown = await rendered(
    () => sum(useSeries(store, { metric: 'shop.orders', period: 'day' })),
    { strict: true },
  )
  await act(async () => store.increment('shop.orders'))
  assert.equal(shown.text(), '1')
  await shown.unmount()
  await act(async () => store.increment('shop.orders'))
  assert.equal(shown.text(), '')
})

test('a component that is gone is told nothing more', async (context) => {
  const store = await opened()
  const live = context.mock.method(store, 'live')
  const shown = await rendered(() =>
    sum(useSeries(store, { metric: 'shop.orders', period: 'day' })),
  )
  const [{ result }] = live.mock.calls
  const read = context.mock.method(store, 'series')
  await shown.unmount()
  store.record('shop.orders', 'day', 5)
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(read.mock.callCount(), 0)
  assert.equal(result.getSnapshot().at(-1).value, 5)
})

test('another query, and another store, are read at once', async () => {
  const [store, other] = [await opened(), await opened()]
  store.record('shop.orders', 'day', 1)
  store.record('shop.sales', 'day', 2, { by: utrecht })
  other.record('shop.sales', 'day', 30, { by: utrecht })
  let change
  const shown = await rendered(() => {
    const [state, setState] = useState({ store, query: { metric: 'shop.orders', period: 'day' } })
    change = setState
    return sum(useSeries(state.store, state.query))
  })
  assert.equal(shown.text(), '1')
  const query = { metric: 'shop.sales', period: 'day', by: utrecht }
  await act(() => change({ store, query }))
  assert.equal(shown.text(), '2')
  await act(() => change({ store: other, query }))
  assert.equal(shown.text(), '30')
  await act(async () => store.record('shop.sales', 'day', 5, { by: utrecht }))
  assert.equal(shown.text(), '30')
  await act(async () => other.record('shop.sales', 'day', 31, { by: utrecht }))
  assert.equal(shown.text(), '31')
  await shown.unmount()
})

test('a server renders the series, and a browser takes over what it rendered', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', 3)
  const Orders = () =>
    createElement('b', null, sum(useSeries(store, { metric: 'shop.orders', period: 'day' })))
  const markup = renderToString(createElement(Orders))
  assert.equal(markup, '<b>3</b>')
  const element = document.body.appendChild(document.createElement('div'))
  element.innerHTML = markup
  const errors = []
  let root
  await act(() => {
    root = hydrateRoot(element, createElement(Orders), {
      onRecoverableError: (error) => errors.push(error),
    })
  })
  assert.deepEqual(errors, [])
  await act(async () => store.increment('shop.orders'))
  assert.equal(element.textContent, '4')
  await act(() => root.unmount())
})

test('a mistake in the query is thrown while rendering', async () => {
  const store = await opened()
  const Orders = () => sum(useSeries(store, { metric: 'shop.nothing', period: 'day' }))
  refuses('unknown_metric', () => renderToString(createElement(Orders)))
})

test('a query with bigints and dates is one query as long as it says the same', async () => {
  const store = await opened()
  let renders = 0
  const shown = await rendered(() => {
    renders++
    return sum(
      useSeries(store, {
        metric: 'shop.visits',
        period: 'day',
        by: { page: 7n },
        from: new Date(0),
      }),
    )
  })
  await act(async () => store.record('shop.visits', 'day', 2, { by: { page: 7 } }))
  assert.equal(shown.text(), '2')
  assert.equal(renders, 2)
  await shown.unmount()
})
