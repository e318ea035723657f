/** Our side of a comparison: offsets in the firm's hands, each with the newest issue of its bill line. */
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { getHouses, houseCode } from '../places/index.ts';
import { dayOf, splitMonths } from '../programme/index.ts';
import { feeItem } from './files/fee-item.ts';
import { mostByRule } from './most-by-rule.ts';
import { monthsOfOffset, type Offset } from './offsets.ts';
import { hasRoom, type OurOffset } from './reconcile/reconciliation.ts';

/** `firm`: the place that its points pay. */
type HandedOver = { offset: Offset; exportedAt: number | null; firm?: string | null };

export async function exportedOffsets({ db, tables }: Engine, estate: string) {
  const { offsets: t, exportBatches: b, holds } = tables;
  return db
    .select({ offset: t, exportedAt: b.createdAt, firm: holds.redeemer })
    .from(t)
    .leftJoin(b, eq(b.id, t.exportBatch))
    .leftJoin(holds, eq(holds.id, t.hold))
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
  const takenBefore = await takenOfEarlierIssues(engine, [...newest.values()]);
  const most = mostByRule(engine);
  const ours = handedOver.map(async ({ offset, exportedAt }) => {
    const { id, number, item, valueFen, billIssue } = offset;
    const house = houses.get(offset.house);
    const period = monthsOfOffset(offset);
    const bill = newest.get(`${offset.house}|${item}|${splitMonths(period).period}`);
    const anew = bill && bill.issue > billIssue ? { mostFen: await most(offset, bill) } : {};
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
        paidFen: (bill?.paidFen ?? 0) + (bill?.issue === billIssue ? takenBefore(bill) : 0),
        ...anew,
      },
    };
  });
  return Promise.all(ours);
}

/**
 * Whether the newest issue of an offset's bill has room for it by its rule. What was received in money is left aside: whoever
 * accepts an offset may know that the firm has counted it in there.
 */
export async function billHasRoom(engine: Engine, offset: Offset): Promise<boolean> {
  const [ours] = await ourOffsets(engine, [{ offset, exportedAt: null }]);
  return ours !== undefined && hasRoom({ ...ours, bill: { ...ours.bill, paidFen: 0 } });
}

type Newest = {
  issue: number;
  amountFen: number;
  paidFen: number;
  state: string;
  /** Of the issues before, the ids. */
  before: string[];
};

/** What the firm has posted of earlier issues of a bill counts for the line as if it were paid. */
async function takenOfEarlierIssues({ db, tables: { offsets: t } }: Engine, bills: readonly Newest[]) {
  const ids = bills.flatMap(({ before }) => before);
  const taken = new Map<string, number>();
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await db
      .select({ bill: t.bill, valueFen: t.valueFen })
      .from(t)
      .where(and(inArray(t.bill, ids.slice(at, at + 500)), eq(t.state, 'posted')));
    for (const { bill, valueFen } of rows) taken.set(bill, (taken.get(bill) ?? 0) + valueFen);
  }
  return ({ before }: Newest) => before.reduce((sum, id) => sum + (taken.get(id) ?? 0), 0);
}

async function newestBills({ db, tables: { bills: t } }: Engine, offsets: readonly Offset[]) {
  const houses = [...new Set(offsets.map(({ house }) => house))];
  const newest = new Map<string, Newest>();
  for (let at = 0; at < houses.length; at += 500) {
    const rows = await db
      .select()
      .from(t)
      .where(inArray(t.house, houses.slice(at, at + 500)))
      .orderBy(desc(t.issue));
    for (const row of rows) {
      const line = `${row.house}|${row.item}|${row.period}`;
      const known = newest.get(line);
      if (known) known.before.push(row.id);
      else {
        const { issue, amountFen, paidFen, state } = row;
        newest.set(line, { issue, amountFen, paidFen, state, before: [] });
      }
    }
  }
  return newest;
}
