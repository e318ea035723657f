/** A book read on from where a reader stopped, in the order in which it was booked; and where it stood at an instant. */
import { and, asc, desc, eq, gt, gte, inArray, lt, lte } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Role } from '../core/account.ts';
import type { Amount, Instant } from '../core/amount.ts';
import { BOOK_SPAN } from '../core/transaction.ts';

export type FollowedEntry = { owner: string; role: Role; unit: string; fund: string; amount: Amount };
export type Followed = {
  id: number;
  kind: string;
  unitId: string;
  bookedAt: Instant;
  /** What it reverses; undefined where it reverses nothing. */
  reversed?: { id: number; bookedAt: Instant };
  entries: FollowedEntry[];
};

/** Up to `limit` transactions of a book after `after` (0: from its first), with what moved. Entries of money are left out. */
export async function followBook(
  { reader, tables }: Engine,
  { book, after, limit }: { book: number; after: number; limit: number },
): Promise<Followed[]> {
  const { transactions: t, entries: e, accounts, assets } = tables;
  const heads = await reader
    .select({
      id: t.id,
      kind: t.kind,
      unitId: t.unitId,
      bookedAt: t.bookedAt,
      reverses: t.reverses,
      first: t.firstEntry,
      count: t.entryCount,
    })
    .from(t)
    .where(and(gt(t.id, Math.max(after, book * BOOK_SPAN)), lt(t.id, (book + 1) * BOOK_SPAN)))
    .orderBy(asc(t.id))
    .limit(limit);
  const [first, last] = [heads[0], heads.at(-1)];
  if (!first || !last) return [];
  const moved = await reader
    .select({
      tx: e.tx,
      owner: accounts.owner,
      role: accounts.role,
      kind: assets.kind,
      unit: assets.unit,
      fund: assets.fund,
      amount: e.amount,
    })
    .from(e)
    .innerJoin(accounts, eq(accounts.id, e.account))
    .innerJoin(assets, eq(assets.id, e.asset))
    .where(and(gte(e.id, first.first), lt(e.id, last.first + last.count)));
  const originals = await bookedAtOf(
    { reader, tables },
    heads.flatMap(({ reverses }) => reverses ?? []),
  );
  const found = new Map(
    heads.map(({ reverses, id, kind, unitId, bookedAt }): [number, Followed] => {
      const reversed = reverses === null ? undefined : originals.get(reverses);
      const head = { id, kind, unitId, bookedAt, entries: [] };
      return [id, reversed === undefined ? head : { ...head, reversed }];
    }),
  );
  for (const { tx, kind, role, ...entry } of moved)
    if (kind !== 'cny6') found.get(tx)?.entries.push({ ...entry, role: role as Role });
  return [...found.values()];
}

async function bookedAtOf(
  { reader, tables: { transactions: t } }: Pick<Engine, 'reader' | 'tables'>,
  ids: readonly number[],
): Promise<Map<number, { id: number; bookedAt: Instant }>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .select({ id: t.id, bookedAt: t.bookedAt })
    .from(t)
    .where(inArray(t.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The `seq` of the last transaction of a book that was booked by an instant; 0 for none. */
export async function lastSeqBookedBy(
  { reader, tables: { transactions: t } }: Engine,
  { book, at }: { book: number; at: Instant },
): Promise<number> {
  const [last] = await reader
    .select({ seq: t.seq })
    .from(t)
    .where(and(eq(t.book, book), lte(t.bookedAt, at)))
    .orderBy(desc(t.bookedAt), desc(t.id))
    .limit(1);
  return last?.seq ?? 0;
}

/** The last transaction of a book: what is booked after it takes effect no earlier, unless it says so of itself. */
export async function lastBooked(
  { reader, tables: { transactions: t } }: Engine,
  book: number,
): Promise<{ seq: number; bookedAt: Instant }> {
  const [last] = await reader
    .select({ seq: t.seq, bookedAt: t.bookedAt })
    .from(t)
    .where(and(gt(t.id, book * BOOK_SPAN), lt(t.id, (book + 1) * BOOK_SPAN)))
    .orderBy(desc(t.id))
    .limit(1);
  return last ?? { seq: 0, bookedAt: 0 };
}
