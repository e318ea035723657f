/**
 * What a running Linli does by itself: points that ended leave `available`, holds that ended go back, what was booked is
 * counted for the pages that disclose it, and people are told of what happened and of what ends soon. Several processes
 * may do it at once, and a stop in the middle loses nothing: all of it is idempotent or goes on from where it was.
 */
import { asc, eq } from 'drizzle-orm';
import { explainers, type AppDeps } from './app.ts';
import { takeUpBefore } from './attachments/index.ts';
import { countBook } from './disclosure/index.ts';
import { countOffsets, findLeftBehind, releaseEndedOffsets } from './fees/index.ts';
import { makeNotices } from './notices/index.ts';
import { isProblem } from './platform/index.ts';
import { runExpiry } from './programme/index.ts';
import { releaseEndedOrders } from './shop/index.ts';
import { deliverWebhooks } from './webhooks/index.ts';

/** Soon after the start, since a process may have been down at the end of a month; then every ten minutes. */
const FIRST_MS = 60_000;
const EVERY_MS = 10 * 60_000;
const NOTICES_EVERY_MS = 3_600_000;
/** A partner is told at once, and one that took nothing is asked again after as long. */
const WEBHOOKS_EVERY_MS = 5_000;

export interface Jobs {
  /** Starts no further round; the running one ends after what it has under way. */
  stop(): Promise<void>;
}

export function startJobs(deps: AppDeps): Jobs {
  const stopping = new AbortController();
  const { signal } = stopping;
  const works = [
    repeat(deps, signal, EVERY_MS, () => runJobs(deps, signal)),
    repeat(deps, signal, NOTICES_EVERY_MS, () => makeNotices(deps, explainers, signal)),
    repeat(deps, signal, WEBHOOKS_EVERY_MS, () => deliverWebhooks(deps, { signal })),
  ];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(works.map((work) => work.stop()));
    },
  };
}

function repeat(deps: AppDeps, signal: AbortSignal, everyMs: number, work: () => Promise<unknown>): Jobs {
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(round, FIRST_MS);
  timer.unref();

  function round(): void {
    running = work()
      .catch((error: unknown) => deps.log.error({ error }, 'a round of jobs failed'))
      .then(() => {
        if (signal.aborted) return;
        timer = setTimeout(round, everyMs);
        timer.unref();
      });
  }

  return {
    stop: async () => {
      clearTimeout(timer);
      await running;
    },
  };
}

/** One round, over every book and estate, until `signal` says to stop. What fails in one of them stops no other. */
export async function runJobs(deps: AppDeps, signal?: AbortSignal): Promise<void> {
  const { books, places } = deps.engine.tables;
  const attempt = async (at: object, work: () => Promise<void>): Promise<void> => {
    if (!signal?.aborted)
      await work().catch((error: unknown) => deps.log.error({ ...at, error }, 'a job failed'));
  };
  const everyBook = await deps.engine.reader.select({ id: books.id }).from(books).orderBy(asc(books.id));
  for (const { id } of everyBook)
    await attempt({ book: id, job: 'expiry' }, async () => {
      const { positions, points, failed } = await runExpiry(deps, id, deps.clock(), signal);
      if (positions + failed > 0) deps.log.info({ book: id, positions, points, failed }, 'points expired');
    });
  // From then on every file has a transaction, and what lies there without one was put there beside the books.
  for (const { id } of everyBook)
    await attempt({ book: id, job: 'files of before' }, async () => {
      const done = await takeUpBefore(deps, id);
      if (isProblem(done)) deps.log.warn({ book: id, code: done.code }, 'files were not taken up');
    });
  const estates = await deps.engine.reader
    .select({ id: places.id })
    .from(places)
    .where(eq(places.kind, 'estate'));
  for (const { id } of estates)
    await attempt({ estate: id, job: 'ended holds' }, async () => {
      const ended = await releaseEndedOffsets(deps, id);
      if (isProblem(ended) || ended.failed > 0)
        deps.log.warn({ estate: id, ended }, 'offsets whose hold has ended were not given back');
    });
  for (const { id } of estates)
    await attempt({ estate: id, job: 'offsets left behind' }, async () => {
      const found = await findLeftBehind(deps, id);
      if (found > 0) deps.log.info({ estate: id, found }, 'offsets wait whose bill is another one by now');
    });
  await attempt({ job: 'ended orders' }, async () => {
    const { released, failed } = await releaseEndedOrders(deps, signal);
    if (released + failed > 0) deps.log.info({ released, failed }, 'orders that nobody fetched went back');
  });
  // Last, so that what this round moved is on the pages until the next one.
  for (const { id } of everyBook)
    await attempt({ book: id, job: 'disclosure' }, async () => {
      await countBook(deps, id, signal);
      await countOffsets(deps.engine, { book: id, ...(signal && { signal }) });
    });
}
