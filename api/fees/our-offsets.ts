/** Our side of a comparison: offsets in the firm's hands, each with the newest issue of its bill line. */
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { getHouses, houseCode } from '../places/index.ts';
import { dayOf, splitMonths } from '../programme/index.ts';
import { feeItem } from './files/fee-item.ts';
import { mostByRule, type MostOf } from './most-by-rule.ts';
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

/** `exportedAt`: when it was handed over. `takenFen`: what the firm has posted of the same line by other offsets. */
export async function ourOffsets(
  engine: Engine,
  handedOver: readonly HandedOver[],
): Promise<(OurOffset & { takenFen: number })[]> {
  const offsets = handedOver.map(({ offset }) => offset);
  const houses = await getHouses(
    engine,
    offsets.map(({ house }) => house),
  );
  const newest = await newestBills(engine, offsets);
  const takenOf = await takenOfLines(engine, [...newest.values()]);
  const most = mostByRule(engine);
  const ours = handedOver.map(async ({ offset, exportedAt }) => {
    const { id, number, item, valueFen, billIssue } = offset;
    const house = houses.get(offset.house);
    const period = monthsOfOffset(offset);
    const bill = newest.get(`${offset.house}|${item}|${splitMonths(period).period}`);
    const others = bill ? takenOf(bill).filter((other) => other.id !== id) : [];
    const takenFen = sumFen(others);
    const anew =
      bill && bill.issue > billIssue ? { mostFen: await mostBeside(most, offset, { others, bill }) } : {};
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
        // What the firm has posted of other issues of a bill counts for the line as if it were paid.
        paidFen: (bill?.paidFen ?? 0) + takenFen,
        ...anew,
      },
      takenFen,
    };
  });
  return Promise.all(ours);
}

/** `for-two`: only where two people know that what was received in money has the offset in it. */
export type Room = 'enough' | 'for-two' | 'none';

/** What room the newest issue of an offset's bill has for it by its rule, beside what was taken of the line and what was received. */
export async function roomOf(engine: Engine, offset: Offset): Promise<Room> {
  const [ours] = await ourOffsets(engine, [{ offset, exportedAt: null }]);
  if (!ours) return 'none';
  if (hasRoom(ours)) return 'enough';
  return hasRoom({ ...ours, bill: { ...ours.bill, paidFen: ours.takenFen } }) ? 'for-two' : 'none';
}

type Newest = {
  issue: number;
  amountFen: number;
  paidFen: number;
  state: string;
  /** Of it and of the issues before, the ids. */
  issues: string[];
};
type Taken = Pick<Offset, 'id' | 'bill' | 'item' | 'valueFen' | 'ruleVersion'>;

function sumFen(taken: readonly Taken[]): number {
  return taken.reduce((sum, { valueFen }) => sum + valueFen, 0);
}

/** Of a bill issued anew what is left to an offset of the most that points may pay: by its own rule, or by one that has paid before. */
async function mostBeside(
  most: MostOf,
  offset: Offset,
  { others, bill }: { others: readonly Taken[]; bill: Newest },
): Promise<number> {
  const all = await Promise.all([offset, ...others].map((each) => most(each, bill)));
  return Math.max(...all) - sumFen(others);
}

/** What the firm has posted of a line, whichever issue it is on. One bill has one offset that counts: a line of one has no other. */
async function takenOfLines({ db, tables: { offsets: t } }: Engine, bills: readonly Newest[]) {
  const ids = bills.flatMap(({ issues }) => (issues.length > 1 ? issues : []));
  const taken = new Map<string, Taken[]>();
  const { id, bill, item, valueFen, ruleVersion } = t;
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await db
      .select({ id, bill, item, valueFen, ruleVersion })
      .from(t)
      .where(and(inArray(t.bill, ids.slice(at, at + 500)), eq(t.state, 'posted')));
    for (const row of rows) taken.set(row.bill, [...(taken.get(row.bill) ?? []), row]);
  }
  return ({ issues }: Newest) => issues.flatMap((issue) => taken.get(issue) ?? []);
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
      if (known) known.issues.push(row.id);
      else {
        const { issue, amountFen, paidFen, state } = row;
        newest.set(line, { issue, amountFen, paidFen, state, issues: [row.id] });
      }
    }
  }
  return newest;
}
