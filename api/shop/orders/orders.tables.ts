import { sql } from 'drizzle-orm';
import type { Kit } from '../../db/index.ts';
import type { ActedBy } from '../../identity/index.ts';
import type { Proposal } from './orders.ts';

/** A member's order: points held and stock kept until it is picked up, called off or has ended. */
export const orderTables = (kit: Kit) => ({
  orders: kit.table(
    'orders',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      member: kit.text().notNull(),
      unit: kit.text().notNull(),
      /** Held for it, under the order's id. */
      points: kit.amount().notNull(),
      /** What of them was taken by now. */
      pointsTaken: kit.amount().notNull(),
      state: kit.text().$type<'placed' | 'collected' | 'cancelled' | 'expired'>().notNull(),
      tokenHash: kit.text().notNull(),
      digitsHash: kit.text().notNull(),
      /** Where its points count against the shop's month; null where there is no cap. */
      takenKey: kit.text(),
      /** The shop's offer of something else, which waits for the member. */
      proposal: kit.json<Proposal>(),
      endsAt: kit.instant().notNull(),
      holdTransaction: kit.integer(),
      /** The one that ended it. */
      settledTransaction: kit.integer(),
      settledBy: kit.text(),
      settledAt: kit.instant(),
      reason: kit.text(),
      /** The relative who placed it for the member; null where they did so themselves. */
      actedBy: kit.json<ActedBy>(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('orders_member').on(t.member, t.id),
      kit.index('orders_place').on(t.place, t.state, t.id),
      kit.index('orders_token').on(t.tokenHash, t.id),
      kit.index('orders_digits').on(t.place, t.digitsHash, t.id),
      kit
        .index('orders_due')
        .on(t.endsAt, t.id)
        .where(sql`${t.state} = 'placed'`),
      kit.index('orders_hold').on(t.holdTransaction),
      kit
        .index('orders_settled')
        .on(t.settledTransaction)
        .where(sql`${t.settledTransaction} is not null`),
      kit.check('orders_state_known', sql`${t.state} in ('placed', 'collected', 'cancelled', 'expired')`),
    ],
  ),

  orderLines: kit.table(
    'order_lines',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      /** The order. */
      ofOrder: kit.text().notNull(),
      goods: kit.text().notNull(),
      price: kit.text().notNull(),
      name: kit.text().notNull(),
      /** Of one piece. */
      points: kit.amount().notNull(),
      yuanFen: kit.amount().notNull(),
      kind: kit.text().$type<'goods' | 'service'>().notNull(),
      limitKey: kit.text(),
      quantity: kit.amount().notNull(),
      taken: kit.amount().notNull(),
      /** Given back to the shelf; what is left of `quantity` waits to be picked up. */
      released: kit.amount().notNull(),
      /** The line in whose place it came. */
      insteadOf: kit.text(),
    },
    (t) => [kit.index('order_lines_of').on(t.ofOrder, t.id)],
  ),
});
