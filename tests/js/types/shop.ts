// The declaration that the other files use.

import { type Stats, type Store, defineStats } from 'trackstats'

const declaration = {
  shopping: {
    title: 'Shopping',
    metrics: {
      order_count: 'Number of orders sold',
      revenue: { title: 'Revenue, in euro', kind: 'float' },
      sales: { title: 'Items sold', by: ['country', 'province'] },
    },
  },
  users: {
    metrics: {
      comment_count: { by: 'user' },
      rating: { by: ['user'], kind: 'float' },
    },
  },
} as const

export type Shop = typeof declaration

/** An annotation is what `isolatedDeclarations` asks of an export; nobody else needs one. */
export const stats: Stats<Shop> = defineStats(declaration)

export declare const shop: Store<Shop>
export declare const exact: Store<Shop, true>
