/**
 * Counts a book on, month by month, in the order in which it was booked. Protects: what a page says of a month is the
 * sum of the ledger's own movements booked in it, each counted once, and a month that is over never changes.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { BOOK_SPAN, followBook, type Followed } from '../ledger/index.ts';
import { chunksOf, type ProductDeps } from '../places/index.ts';
import { addMonths, monthOf } from '../programme/index.ts';
import { servicesOfTransactions, type ServiceCounted } from '../volunteering/index.ts';
import { CountedMembers } from './counted-members.ts';
import { EARNED, MonthSums, SERVED, servedAs } from './rules/month-sums.ts';
import { changeOf, movementsOf, type Movement } from './rules/movements.ts';
import { keepBook, writeCounted, type CountedBook, type MonthAward } from './write-counted.ts';

type CountDeps = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;

/** Transactions counted in one go; between two of them whoever waits has a turn. */
const AT_ONCE = 200;
/** A transaction gets its time a moment before it can be read; what is this old has been read. */
const SETTLED_MS = 5 * 60_000;

/** Counts what was booked since the last time. Several processes may do it at once; each does a stretch in turn. */
export async function countBook(deps: CountDeps, book: number, signal?: AbortSignal): Promise<number> {
  let counted = 0;
  for (;;) {
    if (signal?.aborted) return counted;
    const done = await deps.engine.exclusively(`count:${book}`, (engine) =>
      countSome({ ...deps, engine }, book),
    );
    if (done === undefined) return counted;
    counted += done;
    await nextTurn();
  }
}

/** How far a book is counted; undefined before its first transaction. */
export async function countedOf(engine: Engine, book: number): Promise<CountedBook | undefined> {
  const { countedBooks: t } = engine.tables;
  const [row] = await engine.reader.select().from(t).where(eq(t.book, book));
  return row;
}

/** The number of transactions counted; 0 for the beginning of a month, undefined when all is counted. */
async function countSome(deps: CountDeps, book: number): Promise<number | undefined> {
  const { engine, clock } = deps;
  const now = clock();
  const { countedBooks: t } = engine.tables;
  const [state] = await engine.db.select().from(t).where(eq(t.book, book));
  const after = state?.transaction ?? book * BOOK_SPAN;
  const followed = await followBook(engine, { book, after, limit: AT_ONCE });
  const [first] = followed;
  const until = Math.max(state?.until ?? 0, first?.bookedAt ?? now - SETTLED_MS);
  const month = monthOf(until);
  if (state && month > state.month) {
    await beginMonth(engine, state);
    return 0;
  }
  if (!first) {
    if (state && until > state.until)
      await engine.atomically((db) => [keepBook(engine, db, { ...state, until })]);
    return undefined;
  }
  // Nothing is added to a month that is over, should a transaction ever come to be read later than it can.
  const ofMonth = followed.filter(({ bookedAt }) => monthOf(bookedAt) <= month);
  const last = ofMonth.at(-1) ?? first;
  const row = { book, transaction: last.id, until: Math.max(until, last.bookedAt), month };
  await countStretch(deps, { ...row, firstMonth: state?.firstMonth ?? month }, ofMonth);
  return ofMonth.length;
}

/** Whoever has points when a month ends has them when the next one begins. */
async function beginMonth(engine: Engine, state: CountedBook): Promise<void> {
  const { monthFigures: f } = engine.tables;
  const rows = await engine.db
    .select()
    .from(f)
    .where(and(eq(f.book, state.book), eq(f.month, state.month)));
  const month = addMonths(state.month, 1);
  const carried = rows.flatMap((row) => {
    const opening = row.opening + changeOf(row) + row.moved;
    return opening === 0 ? [] : { ...row, ...nothingYet, month, opening };
  });
  await engine.atomically((db) => [
    ...chunksOf(carried).map((some) => db.insert(f).values(some)),
    keepBook(engine, db, { ...state, month }),
  ]);
}

const nothingYet = {
  ...{ issued: 0, takenBack: 0, redeemed: 0, refunded: 0, expired: 0, moved: 0 },
  ...{ takenBackOfEarlier: 0, refundedOfEarlier: 0, takenBackLater: 0, refundedLater: 0 },
};

type Found = {
  transaction: Followed;
  movements: Movement[];
  settled?: ServiceCounted;
  voided?: ServiceCounted;
};

async function countStretch(
  deps: CountDeps,
  state: CountedBook,
  followed: readonly Followed[],
): Promise<void> {
  const { engine, places } = deps;
  const notes = followed.filter(({ kind }) => kind === 'note');
  const services = await servicesOfTransactions(engine, {
    transactions: followed.map(({ id }) => id),
    units: notes.map(({ unitId }) => unitId),
  });
  const found = followed.map((transaction): Found => {
    const { id, kind, unitId } = transaction;
    const settled = services.settled.get(id) ?? (kind === 'note' ? services.unpaid.get(unitId) : undefined);
    const voided = services.voided.get(id);
    const movements = movementsOf(transaction.entries);
    return { transaction, movements, ...(settled && { settled }), ...(voided && { voided }) };
  });
  const people = new Set(
    found.flatMap(({ movements, settled, voided }) => [
      ...movements.map(({ member }) => member),
      ...[settled, voided].flatMap((service) => service?.member ?? []),
    ]),
  );
  const members = await CountedMembers.load({ engine, places, book: state.book }, [...people]);
  const stretch = { month: state.month, members, sums: new MonthSums(), awards: [] as MonthAward[] };
  for (const one of found) await countOne(stretch, one);
  const { sums, awards } = stretch;
  await writeCounted(engine, { book: state, sums, awards, members: members.changed });
}

type Stretch = { month: string; members: CountedMembers; sums: MonthSums; awards: MonthAward[] };

async function countOne(stretch: Stretch, { transaction, movements, settled, voided }: Found): Promise<void> {
  const { month, members, sums, awards } = stretch;
  for (const movement of movements) {
    const { member, fund, unit, ...flow } = movement;
    const { estate, places } = await placesFor(stretch, member, transaction);
    const earlier = monthReversed(transaction, month);
    const given = transaction.reversed?.id;
    const { takenBack, refunded } = flow;
    const ofEarlier = earlier && { takenBackOfEarlier: takenBack, refundedOfEarlier: refunded };
    sums.addFigures(places, { fund, unit }, { ...flow, ...ofEarlier });
    // Whoever has moved since was given the points, or used them, where they lived then.
    if (earlier && given !== undefined && takenBack + refunded > 0)
      sums.addLater(await members.placesAt(member, given), { fund, month: earlier }, { takenBack, refunded });
    if (flow.issued > 0 && members.isFirst(member, EARNED, month))
      sums.addCounts(places, EARNED, { people: 1 });
    if (settled && flow.issued > 0 && estate !== '')
      awards.push({
        ...{ transaction: transaction.id, estate, month, unit },
        ...{ service: settled.id, points: flow.issued },
      });
  }
  if (settled) {
    const { places } = await placesFor(stretch, settled.member, transaction);
    const { minutes, points } = settled;
    for (const kind of [SERVED, servedAs(settled.type)]) {
      const people = members.isFirst(settled.member, kind, month) ? 1 : 0;
      sums.addCounts(places, kind, { people, services: 1, minutes, points });
    }
  }
  if (voided) {
    const { places } = await placesFor(stretch, voided.member, transaction);
    const taken = { voidedServices: 1, voidedMinutes: voided.minutes, voidedPoints: voided.points };
    for (const kind of [SERVED, servedAs(voided.type)]) sums.addCounts(places, kind, taken);
  }
}

/** The earlier month of which a transaction takes something back; undefined within one month. */
function monthReversed({ reversed }: Followed, month: string): string | undefined {
  const earlier = reversed === undefined ? month : monthOf(reversed.bookedAt);
  return earlier < month ? earlier : undefined;
}

async function placesFor({ members, sums }: Stretch, person: string, { id, bookedAt }: Followed) {
  const found = await members.placesOf(person, { transaction: id, at: bookedAt });
  for (const { points, ...of } of found.moved?.brought ?? []) {
    sums.addFigures(found.moved?.from ?? [], of, { moved: -points });
    sums.addFigures(found.moved?.to ?? [], of, { moved: points });
  }
  return found;
}
