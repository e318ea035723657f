/**
 * Verifications that somebody asked for on a page. They run in the process that was asked, beside its other work, and
 * are kept in a table: every process sees them, and one at a time runs a book, so who asks again meanwhile watches the
 * same one. A process that was cut off says nothing any more; its run is then shown as broken off.
 */
import { and, desc, eq, getTableColumns, gt, lt, sql, type SQL } from 'drizzle-orm';
import type { Engine, Tables } from '../../db/index.ts';
import { problem, type Deps, type Problem } from '../../platform/index.ts';
import { rangeOf } from './read-book.ts';
import { verify, type ProductChecks, type Progress } from './verify.ts';

type VerifyDeps = Pick<Deps, 'engine' | 'ids' | 'clock' | 'log'> & { productChecks?: ProductChecks };
type Seen = Pick<Deps, 'engine' | 'clock'>;
export type Verification = Tables['bookVerifications']['$inferSelect'];
/** All but its findings, of which there may be a hundred. */
export type VerificationHead = Omit<Verification, 'findings'>;

/** How often a run says that it goes on, and how far it is. */
const HEARTBEAT_MS = 1_000;
/** After this long without a word a run is taken for broken off: a busy process may miss some of its beats. */
export const HEARTBEAT_STALE_MS = 60_000;
/** Newest first, without what they found; from the one before `before` on. */
export async function listVerifications(
  { engine, clock }: Seen,
  { book, limit, before }: { book: number; limit: number; before?: string },
): Promise<VerificationHead[]> {
  const { bookVerifications: t } = engine.tables;
  const { findings, ...head } = getTableColumns(t);
  const rows = await engine.reader
    .select(head)
    .from(t)
    .where(and(eq(t.book, book), before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
  return rows.map((row) => asSeen(row, clock()));
}

export async function findVerification(
  { engine, clock }: Seen,
  of: { book: number; id: string },
): Promise<Verification | undefined> {
  const { bookVerifications: t } = engine.tables;
  const [row] = await engine.reader
    .select()
    .from(t)
    .where(and(eq(t.book, of.book), eq(t.id, of.id)));
  return row && asSeen(row, clock());
}

/** The one that runs a book, if any: one index holds those alone, however many a book has behind it. */
export async function findRunning(engine: Engine, book: number): Promise<Verification | undefined> {
  const { bookVerifications: t } = engine.tables;
  const [row] = await engine.db.select().from(t).where(runningOf(t, book));
  return row;
}

/** Said as the index says it: one with a parameter in its place would not be found by it. */
function runningOf(t: Tables['bookVerifications'], book: number): SQL | undefined {
  return and(eq(t.book, book), sql`${t.state} = 'running'`);
}

/** Begins one, or gives the one that is running. A book that is not there is neither right nor wrong: `not-found`. */
export async function startVerification(
  deps: VerifyDeps,
  { book, by }: { book: number; by: string },
): Promise<Verification | Problem> {
  const { engine, ids, clock } = deps;
  if (!(await isThere(engine, book))) return problem('not-found');
  const { bookVerifications: t } = engine.tables;
  for (;;) {
    const now = clock();
    const row = {
      ...{ id: ids(), book, startedBy: by, startedAt: now, heartbeatAt: now, state: 'running' as const },
      ...{ done: 0, of: 0, endedAt: null, report: null, findings: [], findingCount: 0 },
    };
    await engine.db
      .update(t)
      .set({ state: 'broken-off', endedAt: t.heartbeatAt })
      .where(and(runningOf(t, book), lt(t.heartbeatAt, now - HEARTBEAT_STALE_MS)));
    const begun = await engine.db.insert(t).values(row).onConflictDoNothing().returning({ id: t.id });
    if (begun.length === 1) {
      void run(deps, row);
      return row;
    }
    const running = await findRunning(engine, book);
    // None any more: it has ended since, and there is room for another.
    if (running) return asSeen(running, now);
  }
}

/** Opened, or with transactions of which somebody took the opening away: that is to be found, not to be hidden behind. */
export async function isThere({ reader, tables }: Engine, book: number): Promise<boolean> {
  const { books: b, transactions: t } = tables;
  const [row] = await reader.select({ id: b.id }).from(b).where(eq(b.id, book));
  if (row) return true;
  const { low, high } = rangeOf(book);
  const within = and(gt(t.id, low), lt(t.id, high));
  return (await reader.select({ id: t.id }).from(t).where(within).limit(1)).length > 0;
}

/** A running one that was not heard of for long is broken off, before anybody writes so. */
function asSeen<Row extends VerificationHead>(row: Row, now: number): Row {
  const isLost = row.state === 'running' && row.heartbeatAt < now - HEARTBEAT_STALE_MS;
  return isLost ? { ...row, state: 'broken-off' } : row;
}

/** Never rejects: a stop of the process closes the database under it, and nobody waits for it by then. */
async function run(deps: VerifyDeps, { id, book }: { id: string; book: number }) {
  const { engine, clock, log, productChecks } = deps;
  const { bookVerifications: t } = engine.tables;
  let progress = { done: 0, of: 0 };
  let beat: Promise<unknown> = Promise.resolve();
  const beats = setInterval(() => {
    beat = engine.db
      .update(t)
      .set({ ...progress, heartbeatAt: clock() })
      .where(and(eq(t.id, id), eq(t.state, 'running')))
      .then(undefined, () => log.warn({ book, id }, 'a verification could not say how far it is'));
  }, HEARTBEAT_MS);
  beats.unref();
  const onProgress = ({ done, of }: Progress): void => {
    progress = { done, of };
  };
  const verified = await verify(engine, { book, onProgress, ...productChecks }).catch((error: unknown) => {
    log.error({ error, book }, 'a verification did not get to its end');
    return undefined;
  });
  clearInterval(beats);
  await beat;
  const state = verified === undefined ? 'failed' : verified.ok ? 'right' : 'wrong';
  const { transactions, entries, root, rules, rows, files } = verified?.books[0] ?? {};
  const report =
    transactions === undefined || entries === undefined || root === undefined
      ? null
      : {
          ...{ transactions, entries, root },
          ...(rules && { rules }),
          ...(rows !== undefined && { rows }),
          ...(files !== undefined && { files }),
        };
  const found = { findings: verified?.findings ?? [], findingCount: verified?.findingCount ?? 0 };
  await engine.db
    .update(t)
    .set({ ...progress, ...found, state, report, endedAt: clock() })
    .where(eq(t.id, id))
    .then(
      () => log.info({ book, state, transactions: progress.done }, 'verified'),
      (error: unknown) => log.error({ error, book, id, state }, 'what a verification found was not kept'),
    );
}
