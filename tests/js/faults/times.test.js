// Times are read as programs write them.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { opened, rejects } from '../shop.js'

const dates = async (texts) => {
  const store = await opened()
  await store.track('shop.orders', 'day', texts, { time: (text) => text })
  return store.statistics({ metric: 'shop.orders' }).map(({ date, value }) => [date, value])
}

test('a text is dated in every form', async () => {
  for (const [text, date] of [
    ['2023-02-10 23:41:33-01', '2023-02-11'],
    ['2023-02-10 23:41:33.123456-01', '2023-02-11'],
    ['2023-02-10 00:41:33+05:30', '2023-02-09'],
    ['1890-01-01 00:19:31+00:19:32', '1889-12-31'],
    ['2023-02-11T00:30:30+0100', '2023-02-10'],
    ['2023-02-11 00:30:30 +0100', '2023-02-10'],
    ['2023-02-10T23:30:30\u221200:30', '2023-02-11'],
    ['2023-02-10T23Z', '2023-02-10'],
    ['2023-02-10T23-01', '2023-02-11'],
    ['2023-02-10T23.5-00:30', '2023-02-11'],
    ['2023-02-10T23:30,5-0030', '2023-02-11'],
    ['20230210T233030Z', '2023-02-10'],
    ['20230211T0030+0100', '2023-02-10'],
    ['20230210 23', '2023-02-10'],
    ['20230210', '2023-02-10'],
    ['2024-01-05T23:59:60Z', '2024-01-05'],
    ['2024-01-06T00:59:60+01:00', '2024-01-05'],
  ]) {
    assert.deepEqual(await dates([text]), [[date, 1]], text)
  }
})

test('what says no time is refused by name', async () => {
  for (const text of [
    '2024-01-05T24:00:00Z',
    '20240105T1Z',
    '2024-01-05 1:00',
    '2024-01-05T00:0000Z',
    '2024-01-05T0000:00Z',
    '2024-01-05T000Z',
    '2024-01-05T00:00:00+010',
    '2024-01-05T00:00:00+01:0000',
    '2024-01-05T00:00:00 ',
    '2024-01-05T00:00:00  +01',
    '2024-01-05T00:00:61Z',
    '2024-01-05Z',
    '2024-0105',
    '202401-05',
    '2024010',
    '202401051',
    'infinity',
  ]) {
    await rejects('invalid_date', dates([text]), new RegExp(text.replace(/[+.]/g, '\\$&').trim()))
  }
})
