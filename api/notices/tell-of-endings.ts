/**
 * Tells of points that end, 30 and 7 days before. It looks at the ends of series that come within 30 days, and walks
 * through a book's accounts once a day for each end, since points may still be given that end soon; nobody is told twice.
 * Where it was stopped the next run goes on.
 */
import { and, asc, desc, eq, gt, gte, lt, lte } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { BOOK_SPAN } from '../ledger/index.ts';
import { lastDayBefore } from '../programme/index.ts';
import { expiryNoticeDue, FIRST_NOTICE_MS, type Facts } from './rules/index.ts';
import { cursorWrite, findCursor, writeNotices, type NoticeDeps, type Telling } from './write-notices.ts';

/** Accounts looked at in one turn: a few milliseconds, so that a till has its turn between two of them. */
const ACCOUNTS_A_TURN = 2_000;
/** Shorter than a day, so that a run a little early does not wait for the next day's. */
const AGAIN_MS = 23 * 3_600_000;
/** Notices of one run and book; the next run goes on, and a month is long. */
const MOST_A_RUN = 20_000;

/** Answers how many notices were made. */
export async function tellOfEndings(deps: NoticeDeps, book: number, signal?: AbortSignal): Promise<number> {
  const now = deps.clock();
  let made = 0;
  for (const end of await endsToCome(deps.engine, { book, now })) {
    const kind = expiryNoticeDue(end, now);
    if (kind === undefined) continue;
    const cursor = `${kind}:${book}:${end}`;
    for (let isDone = false; !isDone;) {
      if (signal?.aborted || made >= MOST_A_RUN) return made;
      const turn = await deps.engine.exclusively(`notices:${cursor}`, async (engine) => {
        const known = await findCursor(engine, cursor);
        const doneAt = known?.doneAt ?? null;
        if (doneAt !== null && deps.clock() - doneAt < AGAIN_MS) return { made: 0, isDone: true };
        const from = doneAt === null ? (known?.position ?? book * BOOK_SPAN) : book * BOOK_SPAN;
        const to = from + ACCOUNTS_A_TURN;
        const points = await pointsEnding(engine, { from, to, end });
        const step = { cursor, position: to, isDone: to > (await lastAccount(engine, book)) };
        const tellings = [...points].map(([person, held]): Telling => {
          const facts: Facts = { day: lastDayBefore(end) ?? '', points: held };
          return { person, kind, event: `end:${book}:${end}`, facts, transaction: null };
        });
        const written = await writeNotices(
          { ...deps, engine },
          tellings,
          cursorWrite(engine, step, deps.clock()),
        );
        return { made: written, isDone: step.isDone };
      });
      made += turn.made;
      isDone = turn.isDone;
    }
  }
  return made;
}

/** The ends of a book's series within the time in which they are told of, nearest first. */
export async function endsToCome(
  { reader, tables: { assets: t } }: Engine,
  { book, now }: { book: number; now: number },
): Promise<number[]> {
  const soon = and(gt(t.expiresAt, now), lte(t.expiresAt, now + FIRST_NOTICE_MS));
  const rows = await reader
    .selectDistinct({ end: t.expiresAt })
    .from(t)
    .where(and(eq(t.book, book), soon))
    .orderBy(asc(t.expiresAt));
  return rows.map(({ end }) => end);
}

export async function lastAccount(
  { reader, tables: { accounts: t } }: Engine,
  book: number,
): Promise<number> {
  const [last] = await reader
    .select({ id: t.id })
    .from(t)
    .where(and(gte(t.id, book * BOOK_SPAN), lt(t.id, (book + 1) * BOOK_SPAN)))
    .orderBy(desc(t.id))
    .limit(1);
  return last?.id ?? 0;
}

/** What members have of series with this end, within a stretch of accounts, by unit. */
export async function pointsEnding(
  { reader, tables }: Engine,
  { from, to, end }: { from: number; to: number; end: number },
): Promise<Map<string, Facts['points'][number][]>> {
  const { accounts, assets, positions: p } = tables;
  const rows = await reader
    .select({ member: accounts.owner, unit: assets.unit, balance: p.balance })
    .from(accounts)
    .innerJoin(p, eq(p.account, accounts.id))
    .innerJoin(assets, eq(assets.id, p.asset))
    .where(
      and(
        and(gte(accounts.id, from), lt(accounts.id, to)),
        eq(accounts.role, 'available'),
        gt(p.balance, 0),
        eq(assets.expiresAt, end),
      ),
    );
  const found = new Map<string, { unit: string; amount: number }[]>();
  for (const { member, unit, balance } of rows) {
    const held = found.get(member) ?? [];
    const same = held.find((one) => one.unit === unit);
    if (same) same.amount += balance;
    else held.push({ unit, amount: balance });
    found.set(member, held);
  }
  return found;
}
