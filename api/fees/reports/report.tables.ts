import type { Kit } from '../../db/index.ts';

/**
 * Offsets that were posted, month by month, so that a year of a district costs a few thousand rows. All of it is worked out
 * from offsets and the ledger in the order of settling by `count-offsets.ts`, which alone writes here.
 */
export const reportTables = (kit: Kit) => ({
  /** How far a book has been counted: the last transaction by which an offset was settled. */
  countedOffsets: kit.table('counted_offsets', {
    book: kit.integer().primaryKey(),
    transaction: kit.integer().notNull(),
  }),

  offsetSums: kit.table(
    'offset_sums',
    {
      estate: kit.text().notNull(),
      /** The firm that took the points, whoever serves the estate by now. */
      redeemer: kit.text().notNull(),
      /** 'YYYY-MM' in which posting took effect, as the month's statement has it. */
      month: kit.text().notNull(),
      item: kit.text().notNull(),
      count: kit.integer().notNull(),
      /** By how much bills fell. */
      valueFen: kit.amount().notNull(),
    },
    (t) => [
      kit.primaryKey({ name: 'offset_sums_pk', columns: [t.estate, t.month, t.redeemer, t.item] }),
      kit.index('offset_sums_redeemer').on(t.redeemer, t.month),
    ],
  ),

  /** What funds bear of them. */
  offsetFundSums: kit.table(
    'offset_fund_sums',
    {
      estate: kit.text().notNull(),
      redeemer: kit.text().notNull(),
      month: kit.text().notNull(),
      fund: kit.text().notNull(),
      /** Offsets that took points of the fund. */
      count: kit.integer().notNull(),
      points: kit.amount().notNull(),
      micro: kit.amount().notNull(),
    },
    (t) => [
      kit.primaryKey({ name: 'offset_fund_sums_pk', columns: [t.estate, t.month, t.redeemer, t.fund] }),
      kit.index('offset_fund_sums_redeemer').on(t.redeemer, t.month),
    ],
  ),
});
