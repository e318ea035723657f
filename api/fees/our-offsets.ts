/** Our side of a comparison: offsets in the firm's hands, each with the newest issue of its bill line. */
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { getHouses, houseCode } from '../places/index.ts';
import { dayOf, splitMonths } from '../programme/index.ts';
import { feeItem } from './files/fee-item.ts';
import { monthsOfOffset, type Offset } from './offsets.ts';
import type { OurOffset } from './reconcile/reconciliation.ts';

type HandedOver = { offset: Offset; exportedAt: number | null };

export async function exportedOffsets({ db, tables }: Engine, estate: string): Promise<HandedOver[]> {
  const { offsets: t, exportBatches: b } = tables;
  return db
    .select({ offset: t, exportedAt: b.createdAt })
    .from(t)
    .leftJoin(b, eq(b.id, t.exportBatch))
    .where(and(eq(t.estate, estate), eq(t.state, 'exported')));
}

/** `exportedAt`: when it was handed over. */
export async function ourOffsets(engine: Engine, handedOver: readonly HandedOver[]): Promise<OurOffset[]> {
  const offsets = handedOver.map(({ offset }) => offset);
  const houses = await getHouses(
    engine,
    offsets.map(({ house }) => house),
  );
  const newest = await newestBills(engine, offsets);
  return handedOver.map(({ offset, exportedAt }) => {
    const { id, number, item, valueFen, billIssue } = offset;
    const house = houses.get(offset.house);
    const period = monthsOfOffset(offset);
    const bill = newest.get(`${offset.house}|${item}|${splitMonths(period).period}`);
    return {
      id,
      number,
      house: house ? houseCode(house) : '',
      item: feeItem(item),
      ...{ period, due: offset.period },
      valueFen,
      offsetOn: dayOf(offset.createdAt),
      exportedOn: dayOf(exportedAt ?? offset.createdAt),
      billIssue,
      bill: {
        issue: bill?.issue ?? billIssue,
        amountFen: bill?.amountFen ?? 0,
        cancelled: bill?.state === 'cancelled',
      },
    };
  });
}

async function newestBills({ db, tables: { bills: t } }: Engine, offsets: readonly Offset[]) {
  const houses = [...new Set(offsets.map(({ house }) => house))];
  const newest = new Map<string, { issue: number; amountFen: number; state: string }>();
  for (let at = 0; at < houses.length; at += 500) {
    const rows = await db
      .select()
      .from(t)
      .where(inArray(t.house, houses.slice(at, at + 500)))
      .orderBy(desc(t.issue));
    for (const row of rows) {
      const line = `${row.house}|${row.item}|${row.period}`;
      if (!newest.has(line)) newest.set(line, row);
    }
  }
  return newest;
}
