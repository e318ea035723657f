/**
 * Reads what a fund's month was in the ledger: by when it was booked, so that a month that is over never changes. Of each
 * of the fund's accounts only the entries of the month are read, by the index (account, id).
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { aliasedTable, and, asc, eq, gt, inArray, lt, lte, sql, sum } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { balancesAsBooked, BOOK_SPAN, lastEntryUpTo, lastSeqBookedBy } from '../ledger/index.ts';
import { periodOfMonth, type Fund, type Month } from '../programme/index.ts';
import { promisedOf } from './promised.ts';
import { fundMonthOf, type FundMonth, type Item, type Moved } from './rules/fund-month.ts';

export type FundMonthRead = { figures: FundMonth; items: Item[] };

export async function readFundMonth(
  engine: Engine,
  { fund, month, now }: { fund: Pick<Fund, 'id' | 'book'>; month: Month; now: number },
): Promise<FundMonthRead> {
  const { start, end } = periodOfMonth(month);
  const { book, id: owner } = fund;
  const before = await lastSeqBookedBy(engine, { book, at: start - 1 });
  const through = await lastSeqBookedBy(engine, { book, at: end - 1 });
  const span = {
    ...{ book, owner },
    after: await lastEntryUpTo(engine, book, before),
    to: await lastEntryUpTo(engine, book, through),
  };
  const opening = await balancesAsBooked(engine, { book, owner, seq: before });
  const closing = await balancesAsBooked(engine, { book, owner, seq: through });
  const items = await itemsIn(engine, span);
  const moved = await movedIn(engine, span);
  // Points that end later in a month that still runs have not ended.
  const until = Math.max(start, Math.min(end, now));
  const promised = {
    opening: await promisedOf(engine, { book, seq: before, at: start, stands: opening }),
    closing: await promisedOf(engine, { book, seq: through, at: until, stands: closing }),
  };
  const figures = fundMonthOf({ start, end: until, opening, closing, promised, moved, items });
  return { figures, items };
}

/** The fund's entries after one and up to another. */
type Span = { book: number; owner: string; after: number; to: number };
type Reads = Pick<Engine, 'reader' | 'tables'>;

/** One role at a time: between two of them whoever waits has a turn. */
const ROLES = ['unissued', 'owed', 'issuer', 'redeemed', 'payable'] as const;

async function movedIn({ reader, tables }: Reads, { book, owner, after, to }: Span): Promise<Moved[]> {
  const { accounts: a, entries: e, transactions: x, assets: s } = tables;
  const found: Moved[] = [];
  for (const role of ROLES) {
    const rows = await reader
      .select({
        ...{ role: a.role, counterparty: a.counterparty, asset: e.asset, expiresAt: s.expiresAt },
        ...{ kind: x.kind, amount: sum(e.amount).mapWith(Number) },
      })
      .from(a)
      .innerJoin(e, and(eq(e.account, a.id), gt(e.id, after), lte(e.id, to)))
      .innerJoin(x, eq(x.id, e.tx))
      .innerJoin(s, eq(s.id, e.asset))
      .where(and(eq(a.book, book), eq(a.owner, owner), eq(a.role, role)))
      .groupBy(a.role, a.counterparty, e.asset, s.expiresAt, x.kind, sql`${e.amount} < 0`);
    found.push(...rows);
    await nextTurn();
  }
  return found;
}

const ENTRIES_AT_ONCE = 1_000;
/** `first`: the transaction that took the points, also of what was given back. */
type Found = Item & { entry: number; first: number };

/** The documents by which points of the fund were taken or given back, in the order in which they were booked. */
async function itemsIn(engine: Reads, span: Span): Promise<Item[]> {
  const { reader, tables } = engine;
  const { accounts: a } = tables;
  const accounts = await reader
    .select({ id: a.id, role: a.role, counterparty: a.counterparty })
    .from(a)
    .where(and(eq(a.book, span.book), eq(a.owner, span.owner), inArray(a.role, ['redeemed', 'payable'])));
  const found = new Map<string, Found>();
  for (const account of accounts)
    for await (const row of entriesOf(engine, { ...span, account: account.id })) {
      if (row.kind === 'pay') continue;
      const item = found.get(keyOf(row)) ?? { ...newItem(row), entry: row.entry };
      found.set(keyOf(row), item);
      if (account.role === 'redeemed') item.points += row.amount;
      else {
        item.micro -= row.amount;
        item.payee = account.counterparty;
      }
    }
  const items = [...found.values()].sort((one, other) => one.entry - other.entry);
  const numbers = await numbersOfUnits(
    engine,
    items.flatMap(({ what, first }) => (what === 'goods' ? [first] : [])),
  );
  return items.map(({ entry: _, first, ...item }) => {
    const number = numbers.get(first);
    return number === undefined ? item : { ...item, number, what: 'offset' };
  });
}

type EntryRow = {
  entry: number;
  tx: number;
  amount: number;
  kind: string;
  unitId: string;
  terms: string | null;
  reverses: number | null;
  number: string | null;
};

async function* entriesOf(
  { reader, tables }: Reads,
  { account, after: from, to }: Span & { account: number },
): AsyncGenerator<EntryRow> {
  const { entries: e, transactions: x, offsets: o } = tables;
  for (let after = from; ;) {
    const rows = await reader
      .select({
        ...{ entry: e.id, tx: x.id, amount: e.amount, kind: x.kind, unitId: x.unitId },
        ...{ terms: x.terms, reverses: x.reverses, number: o.number },
      })
      .from(e)
      .innerJoin(x, eq(x.id, e.tx))
      .leftJoin(o, eq(o.settledTransaction, sql`coalesce(${x.reverses}, ${x.id})`))
      .where(and(eq(e.account, account), gt(e.id, after), lte(e.id, to)))
      .orderBy(asc(e.id))
      .limit(ENTRIES_AT_ONCE);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ENTRIES_AT_ONCE) return;
    after = last.entry;
    await nextTurn();
  }
}

/** One document may be several transactions of one unit: each takes from another member of a household. */
function keyOf({ unitId, terms, kind }: EntryRow): string {
  return `${unitId} ${redeemerOf(terms)} ${kind === 'refund' ? '-' : '+'}`;
}

function newItem({ tx, reverses, terms, number }: EntryRow): Omit<Found, 'entry'> {
  const first = reverses ?? tx;
  return {
    ...{ first, number: number ?? String(first % BOOK_SPAN), redeemer: redeemerOf(terms) },
    ...{ payee: '', what: number === null ? 'goods' : 'offset', points: 0, micro: 0 },
  };
}

/** An offset that several members pay is one unit, whose first transaction the offset names; the rest follow it at once. */
const MEMBERS_OF_ONE = 32;

async function numbersOfUnits(
  { reader, tables: { transactions: x, offsets: o } }: Reads,
  transactions: readonly number[],
): Promise<Map<number, string>> {
  const [before, first] = [aliasedTable(x, 'before'), aliasedTable(x, 'first')];
  const found = new Map<number, string>();
  for (let at = 0; at < transactions.length; at += ENTRIES_AT_ONCE) {
    const rows = await reader
      .select({ id: x.id, number: o.number })
      .from(x)
      .innerJoin(before, and(eq(before.id, sql`${x.id} - 1`), eq(before.unitId, x.unitId)))
      .innerJoin(
        first,
        and(gt(first.id, sql`${x.id} - ${MEMBERS_OF_ONE}`), lt(first.id, x.id), eq(first.unitId, x.unitId)),
      )
      .innerJoin(o, eq(o.settledTransaction, first.id))
      .where(inArray(x.id, transactions.slice(at, at + ENTRIES_AT_ONCE)));
    for (const { id, number } of rows) found.set(id, number);
    await nextTurn();
  }
  return found;
}

function redeemerOf(terms: string | null): string {
  const read = JSON.parse(terms ?? '{}') as { redeemer?: string };
  return read.redeemer ?? '';
}

/** Which of these numbers are offsets of the estates that took points of the fund, whatever month they were posted in. */
export async function knownNumbers(
  { reader, tables }: Reads,
  of: { fund: string; numbers: readonly string[]; estates: readonly string[] },
): Promise<Set<string>> {
  const { offsets: o, transactions: x, entries: e, accounts: a } = tables;
  const part = aliasedTable(x, 'part');
  const found = new Set<string>();
  if (of.estates.length === 0) return found;
  for (let at = 0; at < of.numbers.length; at += ENTRIES_AT_ONCE) {
    const some = of.numbers.slice(at, at + ENTRIES_AT_ONCE);
    const rows = await reader
      .selectDistinct({ number: o.number })
      .from(o)
      .innerJoin(x, eq(x.id, o.settledTransaction))
      .innerJoin(
        part,
        and(
          ...[gt(part.id, sql`${x.id} - 1`), lt(part.id, sql`${x.id} + ${MEMBERS_OF_ONE}`)],
          eq(part.unitId, x.unitId),
        ),
      )
      .innerJoin(
        e,
        and(gt(e.id, sql`${part.firstEntry} - 1`), lt(e.id, sql`${part.firstEntry} + ${part.entryCount}`)),
      )
      .innerJoin(a, and(eq(a.id, e.account), eq(a.owner, of.fund), eq(a.role, 'redeemed')))
      .where(
        and(
          inArray(o.estate, [...of.estates]),
          inArray(o.number, some),
          inArray(o.state, ['posted', 'reversed']),
        ),
      );
    for (const { number } of rows) found.add(number);
  }
  return found;
}
