// What the trackers read.

/** Events of the shop, as a caller may have them. */
export const orders = [
  {
    at: '2026-11-20T10:00:00Z',
    country: 'NL',
    address: { province: 'Utrecht' },
    amount: 3,
    buyer: 1,
  },
  {
    at: new Date('2026-11-20T12:00:00Z'),
    country: 'NL',
    address: { province: 'Utrecht' },
    amount: 5,
    buyer: 2,
  },
  {
    at: Date.UTC(2026, 10, 22),
    country: 'BE',
    address: { province: 'Namur' },
    amount: null,
    buyer: '2',
  },
  { at: '2026-11-22', country: 'NL', address: { province: 'Utrecht' }, amount: 1, buyer: null },
]

/** The report of a run that read nothing. */
export const none = {
  events: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  written: 0,
  undated: 0,
  future: 0,
  earlier: 0,
  late: 0,
  oldestLate: null,
  noObject: 0,
  outdated: [],
  lookBack: null,
  neededSince: null,
}
