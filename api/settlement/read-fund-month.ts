/**
 * Reads what a fund's month was in the ledger: by when it was booked, so that a month that is over never changes. Of each
 * of the fund's accounts only the entries of the month are read, by the index (account, id).
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, eq, gt, inArray, lte, sql, sum } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import {
  balancesAsBooked,
  BOOK_SPAN,
  hashCanonicalJson,
  lastEntryUpTo,
  lastSeqBookedBy,
} from '../ledger/index.ts';
import { periodOfMonth, type Fund, type Month } from '../programme/index.ts';
import { fundMonthOf, type FundMonth, type Item, type Moved } from './rules/fund-month.ts';

export type FundMonthRead = { figures: FundMonth; items: Item[]; hash: string };

export async function readFundMonth(
  engine: Engine,
  { fund, month }: { fund: Pick<Fund, 'id' | 'book'>; month: Month },
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
  const figures = fundMonthOf({ start, end, opening, closing, moved: await movedIn(engine, span), items });
  return { figures, items, hash: hashCanonicalJson({ fund: owner, month, figures }) };
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
      .groupBy(a.role, a.counterparty, e.asset, s.expiresAt, x.kind);
    found.push(...rows);
    await nextTurn();
  }
  return found;
}

const ENTRIES_AT_ONCE = 1_000;

/** The documents by which points of the fund were taken or given back, in the order in which they were booked. */
async function itemsIn(engine: Reads, span: Span): Promise<Item[]> {
  const { reader, tables } = engine;
  const { accounts: a } = tables;
  const accounts = await reader
    .select({ id: a.id, role: a.role, counterparty: a.counterparty })
    .from(a)
    .where(and(eq(a.book, span.book), eq(a.owner, span.owner), inArray(a.role, ['redeemed', 'payable'])));
  const found = new Map<string, Item & { entry: number }>();
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
  return [...found.values()]
    .sort((one, other) => one.entry - other.entry)
    .map(({ entry: _, ...item }) => item);
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

function newItem({ tx, reverses, terms, number }: EntryRow): Item {
  return {
    number: number ?? String((reverses ?? tx) % BOOK_SPAN),
    redeemer: redeemerOf(terms),
    ...{ payee: '', what: number === null ? 'goods' : 'offset', points: 0, micro: 0 },
  };
}

function redeemerOf(terms: string | null): string {
  const read = JSON.parse(terms ?? '{}') as { redeemer?: string };
  return read.redeemer ?? '';
}

/** Which of these numbers are offsets of the estates, whatever month they were settled in. */
export async function knownNumbers(
  { reader, tables: { offsets: o } }: Reads,
  { numbers, estates }: { numbers: readonly string[]; estates: readonly string[] },
): Promise<Set<string>> {
  const found = new Set<string>();
  if (estates.length === 0) return found;
  for (let at = 0; at < numbers.length; at += ENTRIES_AT_ONCE) {
    const some = numbers.slice(at, at + ENTRIES_AT_ONCE);
    const rows = await reader
      .select({ number: o.number })
      .from(o)
      .where(and(inArray(o.estate, [...estates]), inArray(o.number, some)));
    for (const { number } of rows) found.add(number);
  }
  return found;
}
