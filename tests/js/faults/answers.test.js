// Live answers: each is told, errors go where they belong, and what only looks the same is not the same.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { opened, refuses, rejects } from '../shop.js'

const turn = () => new Promise((resolve) => setImmediate(resolve))
const query = { metric: 'shop.orders', period: 'day' }

/** What is uncaught while `work` runs. */
async function uncaught(work) {
  const listeners = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  const seen = []
  process.on('uncaughtException', (error) => seen.push(error))
  try {
    await work()
    await turn()
    await turn()
  } finally {
    process.removeAllListeners('uncaughtException')
    for (const listener of listeners) process.on('uncaughtException', listener)
  }
  return seen
}

/** A sum beyond the safe integers, of two days. */
function tooLarge(store) {
  for (const date of ['2026-11-20', '2026-11-21']) {
    store.record('shop.orders', 'day', Number.MAX_SAFE_INTEGER, { date })
  }
}

test('an answer that cannot be read keeps nobody else from being told', async () => {
  const told = []
  const store = await opened({ onError: (error) => told.push(error.code) })
  const heard = { before: [], failing: [], after: [] }
  const sizes = (name) => store.live((own) => own.size).subscribe((size) => heard[name].push(size))
  sizes('before')
  const sum = store.live((own) => own.total('shop.orders', 'day').sum)
  sum.subscribe((value) => heard.failing.push(value))
  sizes('after')
  const seen = await uncaught(async () => {
    tooLarge(store)
    await turn()
    refuses('unsafe_integer', () => sum.getSnapshot())
    store.delete({ metric: 'shop.orders', from: '2026-11-21' })
    await turn()
  })
  assert.deepEqual(seen, [])
  assert.deepEqual(told, ['unsafe_integer'])
  assert.deepEqual(heard, {
    before: [0, 2, 1],
    failing: [0, Number.MAX_SAFE_INTEGER],
    after: [0, 2, 1],
  })
})

test('an error of an answer goes to the subscription that asks for it', async () => {
  const all = []
  const store = await opened({ onError: (error) => all.push(error) })
  const own = []
  const cumulative = { ...query, cumulative: true }
  store.subscribe(cumulative, () => assert.fail('there is no answer'), {
    onError: (error) => own.push(error.code),
  })
  const mistake = new Error('of the caller')
  let fails = false
  const read = () => {
    if (fails) throw mistake
    return store.size
  }
  const live = store.live(read)
  const errors = []
  live.subscribe(() => undefined, { onError: (error) => errors.push(error) })
  const seen = await uncaught(async () => {
    fails = true
    tooLarge(store)
    await turn()
  })
  assert.deepEqual([seen, all, own, errors], [[], [], ['unsafe_integer'], [mistake]])
  assert.throws(
    () => live.getSnapshot(),
    (error) => error === mistake,
  )
})

test('a mistake of the function that reads is uncaught if nobody asks for it', async () => {
  const store = await opened()
  const mistake = new Error('of the caller')
  let fails = false
  store
    .live(() => {
      if (fails) throw mistake
      return store.size
    })
    .subscribe(() => undefined)
  const heard = []
  store.subscribe(query, (series) => heard.push(series.length))
  const seen = await uncaught(async () => {
    fails = true
    store.increment('shop.orders')
    await turn()
  })
  assert.deepEqual(seen, [mistake])
  assert.deepEqual(heard, [1])
})

test('the second argument of a subscription in Svelte is nothing to us', async () => {
  const store = await opened()
  const heard = []
  store
    .live((own) => own.size)
    .subscribe(
      (size) => heard.push(size),
      () => assert.fail('called'),
    )
  store.increment('shop.orders')
  await turn()
  assert.deepEqual(heard, [0, 1])
  for (const onError of [5, null, 'text']) {
    refuses('invalid_value', () => store.subscribe(query, () => undefined, { onError }), /function/)
  }
  refuses('unknown_option', () => store.subscribe(query, () => undefined, { error: 5 }))
})

test('whoever closes the store in a callback ends nothing but the store', async () => {
  for (const after of [(store) => store.size, (store) => store.increment('shop.orders'), () => 0]) {
    const told = []
    const store = await opened({ onError: ({ code }) => told.push(code) })
    const heard = []
    store.live((own) => own.size).subscribe((size) => size > 0 && heard.push('first'))
    store
      .live((own) => own.size)
      .subscribe((size) => {
        if (size === 0) return
        heard.push('closing')
        void store.close()
        after(store)
      })
    store.live((own) => own.size).subscribe((size) => size > 0 && heard.push('later'))
    const series = store.live(query)
    series.subscribe((one) => one.length > 0 && heard.push('series'))
    const seen = await uncaught(async () => {
      store.increment('shop.orders')
      await turn()
    })
    assert.deepEqual(seen, [])
    assert.deepEqual(
      heard,
      ['series', 'first', 'closing'].filter((name) => heard.includes(name)),
    )
    assert.ok(heard.includes('closing'))
    assert.ok(told.every((code) => code === 'closed'))
  }
})

test('an answer of a store that was closed elsewhere is told as an error', async () => {
  const told = []
  const [store, other] = [await opened({ onError: ({ code }) => told.push(code) }), await opened()]
  store.live(() => other.size).subscribe(() => undefined)
  await other.close()
  const seen = await uncaught(async () => {
    store.increment('shop.orders')
    await turn()
  })
  assert.deepEqual([seen, told], [[], ['closed']])
})

test('a subscription that is ended by the one before it is not called', async () => {
  const store = await opened()
  const heard = []
  const ends = []
  const live = store.live(query)
  for (const own of [live, live, store.live(query)]) {
    ends.push(
      own.subscribe((series) => {
        if (series.length === 0) return
        heard.push(ends.length)
        for (const end of ends) end()
      }),
    )
  }
  store.increment('shop.orders')
  await turn()
  assert.equal(heard.length, 1)
})

test('a subscription that ended between a change and its telling is not read for', async () => {
  const store = await opened()
  let reads = 0
  const end = store
    .live((own) => {
      reads++
      return own.size
    })
    .subscribe(() => undefined)
  const before = reads
  store.increment('shop.orders')
  end()
  await turn()
  assert.equal(reads, before)
})

test('a subscription whose first answer cannot be read leaves nothing behind', async () => {
  const store = await opened()
  tooLarge(store)
  const live = store.live((own) => own.total('shop.orders', 'day').sum)
  refuses('unsafe_integer', () => live.subscribe(() => assert.fail('told')))
  store.delete({})
  const heard = []
  live.subscribe((sum) => heard.push(sum))
  await turn()
  store.increment('shop.orders')
  await turn()
  assert.deepEqual(heard, [0, 1])
})

class Money {
  #cents
  constructor(cents) {
    this.#cents = cents
  }
  get cents() {
    return this.#cents
  }
}

const PLAIN = {
  'an object': (size) => ({ size }),
  'an object without a prototype': (size) => Object.assign(Object.create(null), { size }),
  'an array': (size) => [size, [size]],
  'a typed array': (size) => Float64Array.of(size),
  'a symbol as a key': (size) => ({ [Symbol.for('size')]: size }),
}
const OTHER = {
  'a Map': (size) => new Map([['size', size]]),
  'a Set': (size) => new Set([size]),
  'a Date': (size) => new Date(size),
  'a URL': (size) => new URL(`https://example.org/${size}`),
  'an object of a class': (size) => new Money(size),
  'an error': (size) => new Error(`${size}`),
  'a function': (size) => () => size,
  'a buffer': (size) => Uint8Array.of(size).buffer,
  'a view': (size) => new DataView(Uint8Array.of(size).buffer),
  'a Map in an object': (size) => ({ answer: [new Map([['size', size]])] }),
  'an Intl format': () => new Intl.NumberFormat('en'),
}

for (const [name, answer] of Object.entries({ ...PLAIN, ...OTHER })) {
  test(`${name} is told after a change`, async () => {
    const store = await opened()
    const live = store.live((own) => answer(own.size))
    const heard = []
    const first = live.getSnapshot()
    // Where nothing changed it is the same object, or React would render for ever.
    if (typeof first !== 'function') assert.equal(live.getSnapshot(), first)
    live.subscribe((value) => heard.push(value))
    store.record('shop.orders', 'day', 1)
    await turn()
    assert.equal(heard.length, 2)
    assert.equal(live.getSnapshot(), heard[1])
    assert.notEqual(heard[0], heard[1])
    store.record('shop.orders', 'day', 2)
    await turn()
    assert.equal(heard.length, name in PLAIN ? 2 : 3)
  })
}

test('the same object is the same answer, whatever it is', async () => {
  const store = await opened()
  const map = new Map()
  let calls = 0
  store.live((own) => map.set('size', own.size)).subscribe(() => calls++)
  store.increment('shop.orders')
  await turn()
  assert.equal(calls, 1)
})

test('a null that takes the place of a zero is told', async () => {
  const store = await opened()
  const heard = []
  const dates = ['2026-11-21', '2026-11-22']
  const put = (values) =>
    values.forEach((value, at) => store.record('shop.orders', 'day', value, { date: dates[at] }))
  put([0, 0])
  store.subscribe(query, (series) => heard.push(series.toArray().map(({ value }) => value)))
  const steps = [
    [null, 0],
    [0, null],
    [null, null],
    [0, 0],
  ]
  for (const step of steps) {
    put(step)
    await turn()
  }
  assert.deepEqual(heard, steps)
})

test('a metric that comes again after a batch that was given up is followed', async () => {
  const store = await opened()
  const heard = []
  store.register({ name: 'shop.returns' })
  store.dynamic.subscribe({ metric: 'shop.returns', period: 'day' }, (one) =>
    heard.push(one.length),
  )
  assert.throws(() =>
    store.batch(() => {
      store.register({ name: 'shop.more' })
      throw new Error('given up')
    }),
  )
  store.dynamic.increment('shop.returns')
  await turn()
  assert.deepEqual(heard, [1])
})

test('many subscriptions begin, hear and end one by one, each with little work', async () => {
  // Counted, not timed: how often the set of metrics is gone through, and how many answers are read.
  const store = await opened()
  const names = Array.from({ length: 300 }, (_, at) => `shop.many${at}`)
  for (const name of names) store.register({ name })
  const heard = new Map()
  let visits = 0
  const { values } = Map.prototype
  Map.prototype.values = function () {
    visits += this.size
    return values.call(this)
  }
  const ends = []
  try {
    for (let at = 0; at < 3000; at++) {
      const metric = names[at % names.length]
      const hear = () => heard.set(metric, (heard.get(metric) ?? 0) + 1)
      ends.push(store.dynamic.subscribe({ metric, period: 'day' }, hear))
    }
    store.dynamic.increment(names[7])
    await turn()
    for (const end of ends) end()
    store.dynamic.increment(names[7])
    await turn()
  } finally {
    Map.prototype.values = values
  }
  assert.deepEqual([...heard], [[names[7], 10]])
  assert.ok(visits < 10 * ends.length, `${visits}`)
})

test('a store without a reader follows nothing', async () => {
  const store = await opened()
  await store.refresh()
  assert.equal(store.damage, undefined)
  await store.close()
  await rejects('closed', store.refresh())
  refuses('closed', () => store.damage === store.size)
})

test('what is not plain stays the same object until something changes', async () => {
  const store = await opened()
  store.record('shop.orders', 'day', 1)
  const live = store.live((store) => new Map([['size', store.size]]))
  // The first statement makes the copy that it reads.
  await store.sql('SELECT 1')
  const first = live.getSnapshot()
  await store.sql('SELECT 1')
  assert.equal(live.getSnapshot(), first)
  store.record('shop.orders', 'day', 2, { date: '2026-11-01' })
  assert.notEqual(live.getSnapshot(), first)
  await store.close()
})
