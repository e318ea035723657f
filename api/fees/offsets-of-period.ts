/**
 * The offsets of an estate's bills of one month with what they were decided on: the bill, the relation, and the points
 * that the member held just before. In pieces by id; what was cancelled or returned is left out.
 */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { balancesAsBooked, BOOK_SPAN } from '../ledger/index.ts';
import { firmOf, relationTo, type Places } from '../places/index.ts';
import { isProblem } from '../platform/index.ts';
import { dayOf, termsFor, UNIT_NAMES, type Month } from '../programme/index.ts';
import { findBill } from './bills.ts';
import type { Offset } from './offsets.ts';
import type { OffsetRequest } from './rules/offset.ts';
import { usableFor } from './quote-offset.ts';

/** `request` asks for the most; what the household used of its month is counted by whoever tries them in order. */
export type OffsetToTry = { offset: Offset; request: OffsetRequest };

const PIECE = 50;

export async function* offsetsOfPeriod(
  sources: { engine: Engine; places: Places },
  { estate, period }: { estate: string; period: Month },
): AsyncGenerator<OffsetToTry[]> {
  const { reader, tables } = sources.engine;
  const { offsets: t } = tables;
  for (let after = ''; ;) {
    const rows = await reader
      .select()
      .from(t)
      .where(and(eq(t.estate, estate), eq(t.period, period), gt(t.id, after)))
      .orderBy(asc(t.id))
      .limit(PIECE);
    const stand = rows.filter(({ state }) => state !== 'cancelled' && state !== 'returned');
    const found = await Promise.all(stand.map((offset) => requestOf(sources, offset)));
    yield found.filter((one) => one !== undefined);
    const last = rows.at(-1);
    if (!last || rows.length < PIECE) return;
    after = last.id;
  }
}

async function requestOf(
  { engine, places }: { engine: Engine; places: Places },
  offset: Offset,
): Promise<OffsetToTry | undefined> {
  const { estate, member, house, holdTransaction, createdAt: at } = offset;
  const [bill, firm] = [
    await findBill(engine, offset.bill),
    await firmOf({ engine, places }, { estate, day: dayOf(at) }),
  ];
  if (!bill || isProblem(firm) || holdTransaction === null) return undefined;
  const [book, seq] = [Math.floor(holdTransaction / BOOK_SPAN), (holdTransaction % BOOK_SPAN) - 1];
  const [terms, held, relation] = await Promise.all([
    termsFor(engine, { redeemer: firm.id, at }),
    balancesAsBooked(engine, { book, owner: member, seq }),
    relationTo(engine, { person: member, house, day: dayOf(at) }),
  ]);
  const { item, amountFen } = bill;
  const { period } = offset;
  return {
    offset,
    request: {
      ...{ at, household: house, relation: relation ?? 'none', usedThisMonthFen: 0 },
      // What was paid, or owed, before the offset did not stand against it then.
      ...{ bill: { item, period, amountFen, paidFen: 0, offsetFen: 0 }, arrearsFen: 0 },
      holdings: usableFor(terms, held),
      unitNames: UNIT_NAMES,
    },
  };
}
