import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';
import type { ActedBy } from '../identity/index.ts';

/** Purchases that earned points, codes that a member shows, and redemptions at a counter. */
export const shopTables = (kit: Kit) => ({
  purchases: kit.table(
    'purchases',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      member: kit.text().notNull(),
      receipt: kit.text().notNull(),
      amountFen: kit.amount().notNull(),
      /** What of it was paid with points, which earns nothing. */
      paidWithPointsFen: kit.amount().notNull(),
      unit: kit.text().notNull(),
      points: kit.amount().notNull(),
      /** The steps of the calculation, in both languages, as they were shown. */
      steps: kit.json<readonly Record<string, unknown>[]>().notNull(),
      ruleVersion: kit.text().notNull(),
      clerk: kit.text().notNull(),
      state: kit.text().$type<'credited' | 'taken-back'>().notNull(),
      transaction: kit.integer(),
      takenBackTransaction: kit.integer(),
      takenBackBy: kit.text(),
      takenBackReason: kit.text(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('purchases_place').on(t.place, t.id),
      kit.index('purchases_transaction').on(t.transaction),
      kit
        .index('purchases_taken_back')
        .on(t.takenBackTransaction)
        .where(sql`${t.takenBackTransaction} is not null`),
      kit.check('purchases_state_known', sql`${t.state} in ('credited', 'taken-back')`),
    ],
  ),

  /** A code lives a minute and works once. Token and digits are kept as SHA-256 only. */
  codes: kit.table(
    'codes',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      book: kit.integer().notNull(),
      member: kit.text().notNull(),
      tokenHash: kit.text().notNull().unique(),
      digitsHash: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      endsAt: kit.instant().notNull(),
      /** The till that looked it up; it may confirm a few minutes longer than the code lives. */
      resolvedAt: kit.instant(),
      resolvedPlace: kit.text(),
      usedAt: kit.instant(),
      usedPlace: kit.text(),
      usedBy: kit.text(),
      usedFor: kit.text(),
      /** The relative who shows it for the member; null where they show it themselves. */
      actedBy: kit.json<ActedBy>(),
    },
    (t) => [
      kit.index('codes_digits').on(t.digitsHash, t.endsAt),
      kit.index('codes_member').on(t.member, t.id),
      kit.index('codes_end').on(t.endsAt),
    ],
  ),

  redemptions: kit.table(
    'redemptions',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      member: kit.text().notNull(),
      points: kit.amount().notNull(),
      unit: kit.text().notNull(),
      goods: kit.text().notNull(),
      code: kit.text().notNull(),
      clerk: kit.text().notNull(),
      state: kit.text().$type<'taken' | 'undone'>().notNull(),
      transaction: kit.integer(),
      undoneTransaction: kit.integer(),
      undoneBy: kit.text(),
      undoneReason: kit.text(),
      createdAt: kit.instant().notNull(),
      /** Paid beside the points at the counter. */
      yuanFen: kit.amount().notNull().default(0),
      /** The order that was picked up by it; null for a sale at the counter. */
      ofOrder: kit.text(),
      /** 1 where somebody else came with the order's code. */
      byProxy: kit.integer().notNull().default(0),
      /** Why an order was handed over without its code; null where the code was shown. */
      withoutCode: kit.text(),
    },
    (t) => [
      kit.index('redemptions_place').on(t.place, t.id),
      kit.index('redemptions_transaction').on(t.transaction),
      kit
        .index('redemptions_undone')
        .on(t.undoneTransaction)
        .where(sql`${t.undoneTransaction} is not null`),
      kit.uniqueIndex('redemptions_code').on(t.code),
      kit
        .index('redemptions_order')
        .on(t.ofOrder, t.id)
        .where(sql`${t.ofOrder} is not null`),
      kit.check('redemptions_state_known', sql`${t.state} in ('taken', 'undone')`),
    ],
  ),
});
