/**
 * The offsets of an estate's bills of one month with what they were decided on: the bill, the relation, and the points
 * that the member, and whoever paid along, held just before, and the house's other lines. In pieces by id; what was
 * cancelled or returned is left out.
 */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { balancesAsBooked, BOOK_SPAN } from '../ledger/index.ts';
import { firmOf, relationTo, type Places } from '../places/index.ts';
import { isProblem } from '../platform/index.ts';
import { dayOf, termsFor, UNIT_NAMES, type Month } from '../programme/index.ts';
import { billsOfHouse, findBill } from './bills.ts';
import { leftOfBills } from './left-to-pay.ts';
import { partsOfOffsets, type OffsetPart } from './offset-parts.ts';
import type { Offset } from './offsets.ts';
import { dueMonthOf } from './rules/bill-months.ts';
import type { OffsetRequest } from './rules/offset.ts';
import type { WaitingLine } from './rules/offset-turn.ts';
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
    const lines = linesOfHouses(sources.engine);
    const partsOf = await partsOfOffsets(
      sources.engine,
      stand.map(({ id }) => id),
    );
    const found = await Promise.all(
      stand.map((offset) => requestOf(sources, offset, { linesOf: lines, parts: partsOf(offset.id) })),
    );
    yield found.filter((one) => one !== undefined);
    const last = rows.at(-1);
    if (!last || rows.length < PIECE) return;
    after = last.id;
  }
}

async function requestOf(
  { engine, places }: { engine: Engine; places: Places },
  offset: Offset,
  { linesOf, parts }: { linesOf: LinesOfHouse; parts: readonly OffsetPart[] },
): Promise<OffsetToTry | undefined> {
  const { estate, member, house, holdTransaction, createdAt: at } = offset;
  const [bill, firm] = [
    await findBill(engine, offset.bill),
    await firmOf({ engine, places }, { estate, day: dayOf(at) }),
  ];
  if (!bill || isProblem(firm) || holdTransaction === null) return undefined;
  const [book, seq] = [Math.floor(holdTransaction / BOOK_SPAN), (holdTransaction % BOOK_SPAN) - 1];
  const [terms, relation] = await Promise.all([
    termsFor(engine, { redeemer: firm.id, at }),
    relationTo(engine, { person: member, house, day: dayOf(at) }),
  ]);
  const { item, amountFen } = bill;
  const { period } = offset;
  const waiting = (await linesOf(house)).flatMap((line) => waitingFor(line, { item, period }));
  const holdingsOf = async (owner: string) =>
    usableFor(terms, await balancesAsBooked(engine, { book, owner, seq }));
  // Of a household's, those whose points paid; who else had agreed by then is not kept with it.
  const family = parts.filter((part) => part.member !== member);
  const others = family.map(async (part) => ({
    member: part.member,
    holdings: await holdingsOf(part.member),
  }));
  return {
    offset,
    request: {
      ...{ at, household: house, relation: relation ?? 'none', usedThisMonthFen: 0 },
      // What was paid, or owed, before the offset did not stand against it then.
      ...{ bill: { item, period, amountFen, paidFen: 0, offsetFen: 0 }, arrearsFen: 0 },
      waiting,
      ...{ holdings: await holdingsOf(member), others: await Promise.all(others) },
      unitNames: UNIT_NAMES,
    },
  };
}

type HouseLine = WaitingLine & { paidFen: number };
type LinesOfHouse = (house: string) => Promise<HouseLine[]>;

/** The lines of a house in force, each house read once; what is offset of a line counts whichever issue it is on. */
function linesOfHouses(engine: Engine): LinesOfHouse {
  const known = new Map<string, Promise<HouseLine[]>>();
  const read = async (house: string) => {
    const onReader = { ...engine, db: engine.reader };
    const open = (await billsOfHouse(onReader, house)).filter(({ state }) => state === 'open');
    const left = await leftOfBills(
      onReader,
      open.map(({ id }) => id),
    );
    return open.map((bill) => {
      const { item, amountFen, paidFen } = bill;
      const { offsetFen = 0, toPayFen: leftFen = 0 } = left.get(bill.id) ?? {};
      return { item, period: dueMonthOf(bill), amountFen, paidFen, leftFen, offsetFen };
    });
  };
  return (house) => {
    const found = known.get(house) ?? read(house);
    known.set(house, found);
    return found;
  };
}

/**
 * As it stood for whoever offset another line then. A month's own bills are paid in money after they are offset; of the
 * months before, what is unpaid today was unpaid then.
 */
function waitingFor(line: HouseLine, of: { item: string; period: Month }): WaitingLine[] {
  const { paidFen: _, ...waiting } = line;
  if (line.period > of.period || (line.period === of.period && line.item === of.item)) return [];
  return [line.period < of.period ? waiting : { ...waiting, leftFen: line.amountFen, offsetFen: 0 }];
}
