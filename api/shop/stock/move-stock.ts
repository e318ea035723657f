/**
 * Stock as counters of the ledger. Protects: stock and points move in one unit, a shelf never holds fewer than none, and
 * every movement says what was there after it.
 */
import type { RowChange, Tally } from '../../ledger/index.ts';
import type { Ids, Instant } from '../../platform/index.ts';
import { merged } from '../rules/basket.ts';
import type { MovementKind } from './stock.tables.ts';

/** Pieces on the shelf that may still be promised, and those set aside for orders. */
export const freeKey = (goods: string): string => `stock:${goods}`;
export const keptKey = (goods: string): string => `kept:${goods}`;

/** By how many pieces each of the two changes; together, what is there. */
export type StockMove = {
  place: string;
  goods: string;
  kind: MovementKind;
  free: number;
  kept: number;
  reason?: string;
};

type Unit = { ids: Ids; unit: string; about?: string; by: string; now: Instant };

/** The part of a unit that moves stock. */
export function moveStock(
  moves: readonly StockMove[],
  { ids, unit, about, by, now }: Unit,
): { tallies: Tally[]; rows: RowChange[] } {
  const tallies = merged(
    moves.flatMap(({ goods, free, kept }) => [
      { key: freeKey(goods), add: free, min: 0 },
      { key: keptKey(goods), add: kept, min: 0 },
    ]),
  );
  const rows = moves.map(({ place, goods, kind, free, kept, reason = '' }): RowChange => ({
    insert: 'stock_movements',
    values: {
      ...{ id: ids(), place, goods, kind, free, kept, reason, by },
      free_after: { planned: 'counted', key: freeKey(goods) },
      kept_after: { planned: 'counted', key: keptKey(goods) },
      unit_id: unit,
      transaction: { planned: 'transaction' },
      about: about ?? null,
      created_at: now,
    },
  }));
  return { tallies, rows };
}
