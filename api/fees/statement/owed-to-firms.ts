/**
 * What firms are still owed for the offsets of one estate. A firm of several estates is paid for all of them by one transfer,
 * which names none. Protects: a payment pays what is owed the longest, so that what is left of an account is what came to be
 * owed last; over all estates that is the account's balance, to the micro-yuan.
 */
import { and, desc, eq, gt, inArray, lt, lte, ne } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { lastEntryUpTo, lastSeqBookedBy } from '../../ledger/index.ts';
import type { Instant } from '../../programme/index.ts';
import type { Money } from './figures.ts';

/** `readThrough`: the number in the book of the last transaction that counts; `at`: what takes effect from then on does not. */
type Asked = { book: number; estate: string; firms: readonly string[]; at: Instant; readThrough: number };
type Gain = { place: string; micro: number };

const AT_ONCE = 1_000;

export async function owedToFirms(engine: Engine, of: Asked): Promise<Money[]> {
  const { accounts: a } = engine.tables;
  const { book, estate, firms, at, readThrough } = of;
  if (firms.length === 0) return [];
  const accounts = await engine.reader
    .select({ id: a.id, firm: a.owner, payer: a.counterparty })
    .from(a)
    .where(and(eq(a.book, book), inArray(a.owner, [...firms]), eq(a.role, 'receivable')));
  const seq = Math.min(readThrough, await lastSeqBookedBy(engine, { book, at: at - 1 }));
  const boundary = await lastEntryUpTo(engine, book, seq);
  const owed: Money[] = [];
  for (const { id, firm, payer } of accounts) {
    const micro = await shareOf(estate, await read(engine, { account: id, boundary, at, readThrough }));
    if (micro !== 0) owed.push({ firm, payer, micro });
  }
  return owed;
}

/** The balance, and what it came from, the latest first. */
async function read(
  engine: Engine,
  of: { account: number; boundary: number; at: Instant; readThrough: number },
): Promise<{ balance: number; gains: AsyncGenerator<Gain> }> {
  const { entries: e, transactions: x } = engine.tables;
  const { account, boundary, at, readThrough } = of;
  const [last] = await engine.reader
    .select({ balance: e.balanceAfter })
    .from(e)
    .where(and(eq(e.account, account), lte(e.id, boundary)))
    .orderBy(desc(e.id))
    .limit(1);
  // Booked after the instant, and in effect before it.
  const late = await engine.reader
    .select({ place: x.place, micro: e.amount, kind: x.kind })
    .from(e)
    .innerJoin(x, eq(x.id, e.tx))
    .where(
      and(
        ...[eq(e.account, account), gt(e.id, boundary)],
        ...[lt(x.effectiveAt, at), lte(x.seq, readThrough)],
      ),
    )
    .orderBy(desc(e.id));
  const balance = late.reduce((sum, { micro }) => sum + micro, last?.balance ?? 0);
  return {
    balance,
    gains: newestFirst(engine, { account, boundary, late: late.filter(({ kind }) => kind !== 'pay') }),
  };
}

async function* newestFirst(
  { reader, tables }: Engine,
  { account, boundary, late }: { account: number; boundary: number; late: readonly Gain[] },
): AsyncGenerator<Gain> {
  yield* late;
  const { entries: e, transactions: x } = tables;
  for (let to = boundary; ;) {
    const rows = await reader
      .select({ id: e.id, place: x.place, micro: e.amount })
      .from(e)
      .innerJoin(x, eq(x.id, e.tx))
      .where(and(eq(e.account, account), lte(e.id, to), ne(x.kind, 'pay')))
      .orderBy(desc(e.id))
      .limit(AT_ONCE);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return;
    to = last.id - 1;
  }
}

/** What was taken back later makes what is left reach further back. */
async function shareOf(
  estate: string,
  { balance, gains }: { balance: number; gains: AsyncIterable<Gain> },
): Promise<number> {
  let [left, share] = [balance, 0];
  if (left === 0) return 0;
  for await (const { place, micro } of gains) {
    const isLast = Math.sign(micro) === Math.sign(left) && Math.abs(micro) >= Math.abs(left);
    const part = isLast ? left : micro;
    if (place === estate) share += part;
    left -= part;
    if (left === 0) break;
  }
  return share;
}
