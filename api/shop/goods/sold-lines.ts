/** What was taken of a redemption or at a pick-up, line by line; by these it is undone. */
import { asc, eq } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { RowChange, Tally } from '../../ledger/index.ts';
import type { Ids } from '../../platform/index.ts';
import { merged } from '../rules/basket.ts';
import type { StockMove } from '../stock/move-stock.ts';
import type { PricedLine } from './price-basket.ts';

export type SoldLine = {
  goods: string;
  price: string;
  name: string;
  points: number;
  yuanFen: number;
  quantity: number;
  kind: 'goods' | 'service';
  limitKey: string | null;
};

export function soldLine({ goods, price, ...line }: PricedLine): SoldLine {
  return { ...line, goods: goods.id, price: price.id, kind: goods.kind };
}

export function soldRows(
  ids: Ids,
  { sale, lines }: { sale: string; lines: readonly SoldLine[] },
): RowChange[] {
  return lines.map(({ goods, price, name, points, quantity, kind, yuanFen, limitKey }) => ({
    insert: 'sold_lines',
    values: {
      ...{ id: ids(), sale, goods, price, name, points, quantity, kind },
      ...{ yuan_fen: yuanFen, limit_key: limitKey },
    },
  }));
}

export async function soldIn({ db, tables: { soldLines: t } }: Engine, sale: string): Promise<SoldLine[]> {
  return db.select().from(t).where(eq(t.sale, sale)).orderBy(asc(t.id));
}

/** Goods that come back to the shelf, and limits that have room again. */
export function takenBack(
  lines: readonly SoldLine[],
  place: string,
): { moves: StockMove[]; tallies: Tally[] } {
  const moves = lines
    .filter(({ kind }) => kind === 'goods')
    .map(({ goods, quantity: free }) => ({ place, goods, kind: 'returned' as const, free, kept: 0 }));
  return { moves, tallies: roomAgain(lines) };
}

export function roomAgain(lines: readonly { limitKey: string | null; quantity: number }[]): Tally[] {
  return merged(
    lines.flatMap(({ limitKey: key, quantity }) =>
      key === null || quantity === 0 ? [] : [{ key, add: -quantity, min: 0 }],
    ),
  );
}
