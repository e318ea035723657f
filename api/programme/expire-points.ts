/**
 * The expiry run: points past their end leave `available`. It frees nobody and hurries nobody, since an ended point
 * cannot be spent anyway; it lets budgets return and months close. Each position goes under its own key, in the bulk
 * lane, so that a run can be stopped, run again, or run twice at once.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, desc, eq, gt, gte, lt, lte } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { BOOK_SPAN, post, type Asset } from '../ledger/index.ts';
import { isProblem, type Deps, type Instant } from '../platform/index.ts';

type ExpiryDeps = Pick<Deps, 'engine' | 'journal' | 'ids'>;
type Due = {
  account: number;
  series: number;
  entry: number;
  balance: number;
  member: string;
  place: string;
  asset: Asset;
};

/** Accounts looked at in one query: a few milliseconds; whoever waits has a turn between two of them. */
const ACCOUNTS_A_LOOK = 4_000;
/** Units that wait for the journal at once. */
const AT_ONCE = 64;

/**
 * Expires what ended by `at`, which is not later than now. `failed`: refused, such as in a closed month. With `signal`
 * aborted it ends after the units that are under way.
 */
export async function runExpiry(
  deps: ExpiryDeps,
  book: number,
  at: Instant,
  signal?: AbortSignal,
): Promise<{ positions: number; points: number; failed: number }> {
  const done = { positions: 0, points: 0, failed: 0 };
  for await (const due of dueByAccounts(deps.engine, book, at)) {
    if (signal?.aborted) return done;
    for (let first = 0; first < due.length; first += AT_ONCE) {
      if (signal?.aborted) return done;
      const some = due.slice(first, first + AT_ONCE);
      const posted = await Promise.all(some.map((position) => expire(deps, book, position)));
      for (const [nth, answer] of posted.entries()) {
        if (isProblem(answer)) done.failed += 1;
        else {
          done.positions += 1;
          done.points += some[nth]?.balance ?? 0;
        }
      }
    }
  }
  return done;
}

/** Whether any points of a book that ended by `at` are still to be expired. */
export async function isExpiryDue(engine: Engine, book: number, at: Instant): Promise<boolean> {
  for await (const due of dueByAccounts(engine, book, at)) if (due.length > 0) return true;
  return false;
}

/** A position may fill and end again (of a series whose end has passed, by entries that a system gives): its last entry tells one end from another. */
async function expire(deps: ExpiryDeps, book: number, due: Due) {
  const { account, series, entry, member, place, asset } = due;
  const key = `expire:${account}:${series}:${entry}`;
  const ask = { book, scope: `job:expiry:${book}`, key, request: [account, series, entry] };
  return post(deps, ask, {
    actor: 'system',
    source: 'job',
    lane: 'bulk',
    place,
    commands: [{ do: 'expire', member, asset }],
  });
}

/**
 * Where no series has ended there is nothing to look through. Ids of accounts and of assets are consecutive in a book, so
 * that a stretch of ids is a stretch of the primary key.
 */
async function* dueByAccounts(engine: Engine, book: number, at: Instant): AsyncGenerator<Due[]> {
  const { accounts, assets } = engine.tables;
  const [ended] = await engine.reader
    .select({ id: assets.id })
    .from(assets)
    .where(
      and(
        gte(assets.id, book * BOOK_SPAN),
        lt(assets.id, (book + 1) * BOOK_SPAN),
        eq(assets.kind, 'series'),
        lte(assets.expiresAt, at),
      ),
    )
    .limit(1);
  if (!ended) return;
  const [last] = await engine.reader
    .select({ id: accounts.id })
    .from(accounts)
    .where(lt(accounts.id, (book + 1) * BOOK_SPAN))
    .orderBy(desc(accounts.id))
    .limit(1);
  for (let from = book * BOOK_SPAN; last && from <= last.id; from += ACCOUNTS_A_LOOK) {
    yield await dueWithin(engine, { from, to: from + ACCOUNTS_A_LOOK, at });
    await nextTurn();
  }
}

async function dueWithin(
  { reader, tables }: Engine,
  { from, to, at }: { from: number; to: number; at: Instant },
): Promise<Due[]> {
  const { accounts, assets, positions: p, funds } = tables;
  const rows = await reader
    .select({
      account: accounts.id,
      series: p.asset,
      entry: p.entry,
      balance: p.balance,
      member: accounts.owner,
      fundPlace: funds.place,
      asset: {
        kind: assets.kind,
        unit: assets.unit,
        fund: assets.fund,
        expiresAt: assets.expiresAt,
        rateMicro: assets.rateMicro,
        budgetReturns: assets.budgetReturns,
      },
    })
    .from(accounts)
    .innerJoin(p, eq(p.account, accounts.id))
    .innerJoin(assets, eq(assets.id, p.asset))
    .leftJoin(funds, eq(funds.id, assets.fund))
    .where(
      and(
        gte(accounts.id, from),
        lt(accounts.id, to),
        eq(accounts.role, 'available'),
        gt(p.balance, 0),
        lte(assets.expiresAt, at),
      ),
    );
  return rows.map(({ fundPlace, ...due }) => ({ ...due, place: fundPlace ?? due.asset.fund }));
}
