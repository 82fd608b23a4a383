// What both the page and the program for Node do with the module.

/** Records some orders, and tells them by day. */
export function orders(Shop) {
  const shop = new Shop()
  shop.recordOrder('NL', 3, '2026-11-21')
  shop.recordOrder('NL', 1, '2026-11-23')
  shop.recordOrder('BE', 2, '2026-11-23')
  const days = shop.ordersByDay('2026-11-21', '2026-11-23')
  return [
    ...days.map(({ date, orders }) => `${date} ${orders}`),
    `items to NL on 2026-11-23: ${shop.itemsSold('NL', '2026-11-23')}`,
  ].join('\n')
}
