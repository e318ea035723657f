/**
 * Imports on their way: a page that was left, or whose answer got lost, shows how far its file is and what came of it. The
 * process that took the file says every second that it goes on; one that was cut off says nothing any more.
 */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import { isProblem, type Deps, type Problem } from '../platform/index.ts';
import { refusalOf } from './import-refusal.ts';
import type { ImportKind, ImportReport } from './imports.ts';

export type ImportRun = Tables['importRuns']['$inferSelect'];
type ImportStage = ImportRun['stage'];
/** Told by an import where it is, and how many rows its file has. */
export type OnStage = (stage: ImportStage, rows?: number) => void;

const HEARTBEAT_MS = 1_000;
const HEARTBEAT_STALE_MS = 60_000;

type Started = { place: string; kind: ImportKind; fileName: string; by: string; dryRun: boolean };

/**
 * Runs an import and keeps what is known of it; what the import answers or throws comes back as it is. A dry run that takes
 * longer shows meanwhile how far it is, and leaves nothing.
 */
export async function followImport<Report extends ImportReport>(
  deps: Pick<Deps, 'engine' | 'ids' | 'clock' | 'log'>,
  { dryRun, ...started }: Started,
  work: (onStage: OnStage) => Promise<Report | Problem>,
): Promise<Report | Problem> {
  return dryRun ? followCheck(deps, started, work) : followTaking(deps, started, work);
}

type Progress = Pick<ImportRun, 'stage' | 'rows'>;
type Following = Pick<Deps, 'engine' | 'ids' | 'clock' | 'log'>;
type Work<Report> = (onStage: OnStage) => Promise<Report | Problem>;

function rowOf({ ids, clock }: Following, { by, ...of }: Omit<Started, 'dryRun'>, progress: Progress) {
  const now = clock();
  const begun = { id: ids(), startedBy: by, startedAt: now, heartbeatAt: now, state: 'running' as const };
  return { ...of, ...begun, ...progress, endedAt: null, import: null, counts: null, refusal: null };
}

/** Most checks are over before their first second is, and nobody needs to see those. */
async function followCheck<Report>(deps: Following, of: Omit<Started, 'dryRun'>, work: Work<Report>) {
  const { engine, clock, log } = deps;
  const { importRuns: t } = engine.tables;
  let progress: Progress = { stage: 'reading', rows: 0 };
  const row = rowOf(deps, of, progress);
  let isShown = false;
  let beat: Promise<unknown> = Promise.resolve();
  const show = async (): Promise<void> => {
    const now = { ...progress, heartbeatAt: clock() };
    if (isShown) await engine.db.update(t).set(now).where(eq(t.id, row.id));
    else await engine.db.insert(t).values({ ...row, ...now });
    isShown = true;
  };
  const failed = () => log.warn({ id: row.id }, 'a check could not say how far it is');
  const beats = setInterval(() => (beat = beat.then(show).then(undefined, failed)), HEARTBEAT_MS);
  beats.unref();
  try {
    return await work((stage, rows = progress.rows) => (progress = { stage, rows }));
  } finally {
    clearInterval(beats);
    await beat;
    if (isShown) await engine.db.delete(t).where(eq(t.id, row.id)).then(undefined, failed);
  }
}

async function followTaking<Report extends ImportReport>(
  deps: Following,
  of: Omit<Started, 'dryRun'>,
  work: Work<Report>,
): Promise<Report | Problem> {
  const { engine, clock, log } = deps;
  const { importRuns: t } = engine.tables;
  let progress: Progress = { stage: 'reading', rows: 0 };
  const row = rowOf(deps, of, progress);
  const { id } = row;
  await engine.db.insert(t).values(row);
  const write = (set: Partial<ImportRun>) =>
    engine.db
      .update(t)
      .set({ ...progress, heartbeatAt: clock(), ...set })
      .where(eq(t.id, id))
      .then(undefined, () => log.warn({ id }, 'an import could not say how far it is'));
  let beat: Promise<unknown> = Promise.resolve();
  const beats = setInterval(() => (beat = write({})), HEARTBEAT_MS);
  beats.unref();
  const end = async (set: Partial<ImportRun>): Promise<void> => {
    clearInterval(beats);
    await beat;
    await write({ ...set, endedAt: clock() });
  };
  try {
    const report = await work((stage, rows = progress.rows) => (progress = { stage, rows }));
    await end(outcomeOf(report));
    return report;
  } catch (error) {
    await end({ state: 'failed' });
    throw error;
  }
}

function outcomeOf(report: ImportReport | Problem): Partial<ImportRun> {
  if (!isProblem(report)) return { state: 'taken', import: report.import ?? null, counts: report.counts };
  return { state: 'refused', refusal: refusalOf(report) };
}

/** Newest first, before the run `before`. */
export async function listImportRuns(
  { reader, tables: { importRuns: t } }: Engine,
  { place, kind, before, limit }: { place: string; kind: ImportKind; before?: string; limit: number },
): Promise<ImportRun[]> {
  const earlier = before === undefined ? undefined : lt(t.id, before);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), eq(t.kind, kind), earlier))
    .orderBy(desc(t.id))
    .limit(limit);
}

/** As a page is to see it: one that was not heard of for long was broken off, and has written nothing or all. */
export function standingOfRun({ state, heartbeatAt }: ImportRun, now: number): ImportRun['state'] {
  return state === 'running' && heartbeatAt < now - HEARTBEAT_STALE_MS ? 'failed' : state;
}
