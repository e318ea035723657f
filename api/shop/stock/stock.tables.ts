import { sql } from 'drizzle-orm';
import type { Kit } from '../../db/index.ts';

/** Why stock moved: what came, went, was set aside for an order, came back, or was counted. */
export const MOVEMENT_KINDS = [
  'delivery',
  'sold',
  'returned',
  'damaged',
  'moved',
  'counted',
  'reserved',
  'released',
  'collected',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/**
 * Movements of stock. What a goods stands at is a pair of the ledger's counters, so that stock and points move in one
 * step: `free`, which may still be promised, and `kept`, which is set aside for orders.
 */
export const stockTables = (kit: Kit) => ({
  stockMovements: kit.table(
    'stock_movements',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      goods: kit.text().notNull(),
      kind: kit.text().$type<MovementKind>().notNull(),
      free: kit.amount().notNull(),
      kept: kit.amount().notNull(),
      freeAfter: kit.amount().notNull(),
      keptAfter: kit.amount().notNull(),
      /** The ledger's unit in which it moved. */
      unitId: kit.text().notNull(),
      transaction: kit.integer(),
      /** The redemption, order or stocktaking that it belongs to. */
      about: kit.text(),
      reason: kit.text().notNull(),
      by: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.index('stock_movements_goods').on(t.goods, t.id),
      kit.index('stock_movements_place').on(t.place, t.id),
      kit.index('stock_movements_transaction').on(t.transaction, t.id),
      kit.index('stock_movements_unit').on(t.unitId),
    ],
  ),

  stocktakings: kit.table(
    'stocktakings',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      place: kit.text().notNull(),
      state: kit.text().$type<'counted' | 'confirmed' | 'dropped'>().notNull(),
      note: kit.text().notNull(),
      countedBy: kit.text().notNull(),
      decidedBy: kit.text(),
      reason: kit.text(),
      transaction: kit.integer(),
      createdAt: kit.instant().notNull(),
      decidedAt: kit.instant(),
    },
    (t) => [
      kit.index('stocktakings_place').on(t.place, t.id),
      kit.check('stocktakings_state_known', sql`${t.state} in ('counted', 'confirmed', 'dropped')`),
    ],
  ),

  stocktakingCounts: kit.table(
    'stocktaking_counts',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      stocktaking: kit.text().notNull(),
      goods: kit.text().notNull(),
      name: kit.text().notNull(),
      /** What the books had at the moment of the count. */
      expected: kit.amount().notNull(),
      counted: kit.amount().notNull(),
    },
    (t) => [kit.index('stocktaking_counts_of').on(t.stocktaking, t.id)],
  ),
});

export const appendOnlyStockTables = ['stock_movements', 'stocktaking_counts'] as const;
