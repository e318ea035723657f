/**
 * 撤回: a batch that the firm's software would not take, before it has posted any of it. One person asks for it back and
 * another takes it back; its offsets then wait again, to be cancelled by their residents or handed over anew. The batch
 * stays on record with what it had.
 */
import { and, count, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPosted, post, untilFresh, type Posted, type RowChange } from '../ledger/index.ts';
import { turnOf, type ProductDeps } from '../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';
import { approvalRefusal, preparingRefusal } from './approvers.ts';
import { factsOfBatch, factsOfBatches, findBatch, offsetsOfBatch, type ExportBatch } from './batches.ts';
import { monthsOfPlace } from './months-of-place.ts';
import type { Offset } from './offsets.ts';
import { batchSteps, type BatchStep } from './rules/batch-state.ts';

type AskDeps = Pick<ProductDeps, 'engine' | 'clock' | 'places'>;

/** Nothing moves by asking; what stands in the way is said at once. */
export async function askBatchBack(
  deps: AskDeps,
  { batch: id, reason, actor }: { batch: string; reason: string; actor: Actor },
): Promise<Problem | undefined> {
  const batch = await findBatch(deps.engine, id);
  if (!batch) return problem('not-found');
  const refused =
    (await preparingRefusal(deps, actor, batch.estate)) ??
    (await standsAgainst(deps, {
      ...{ batch, step: 'ask-back' as const },
      its: await offsetsOfBatch(deps.engine, batch),
    }));
  if (refused) return refused;
  return change(deps, batch, { askedBack: { actor: actorText(actor), at: deps.clock(), reason } });
}

/** The firm keeps it after all: said by who asked, or by who was to take it back. */
export async function keepBatch(
  deps: AskDeps,
  { batch: id }: { batch: string },
): Promise<Problem | undefined> {
  const batch = await findBatch(deps.engine, id);
  if (!batch) return problem('not-found');
  const facts = (await factsOfBatches(deps.engine, [batch]))(batch);
  if (!batchSteps(facts).includes('keep')) return problem('batch-step-not-possible');
  return change(deps, batch, { askedBack: null });
}

type TakingBack = { batch: string; actor: Actor; key: string; scope: string };

/** A list of the firm's that is being taken in is taken in first; what is posted of the batch stops it, and nothing comes back. */
export async function takeBatchBack(deps: ProductDeps, input: TakingBack): Promise<Posted | Problem> {
  const batch = await findBatch(deps.engine, input.batch);
  if (!batch) return problem('not-found');
  return deps.engine.exclusively(turnOf(batch.estate), (engine) =>
    untilFresh(() => takeBackOnce({ ...deps, engine }, input)),
  );
}

async function takeBackOnce(deps: ProductDeps, input: TakingBack): Promise<Posted | Problem> {
  const { engine, places, clock, ids } = deps;
  const batch = await findBatch(engine, input.batch);
  const book = batch && (await places.bookOf(batch.estate));
  if (!batch || book === undefined) return problem('not-found');
  const ask = { book, scope: input.scope, key: input.key, request: ['take-batch-back', batch.id] };
  const before = await findPosted(deps, ask);
  if (before) return before;
  const { askedBack, estate } = batch;
  if (askedBack === null) return problem('batch-step-not-possible');
  const its = await offsetsOfBatch(engine, batch);
  const refused =
    (await approvalRefusal(deps, { place: estate, actor: input.actor, maker: askedBack })) ??
    (await standsAgainst(deps, { batch, its, step: 'take-back' }));
  if (refused) return refused;
  // What was judged is what comes back, in the version that was judged.
  const open = its.filter(({ state }) => state === 'exported');
  const rows = open.flatMap(({ id: offset, version }): RowChange[] => [
    { update: 'offsets', id: offset, version, set: { state: 'held', export_batch: null } },
    { insert: 'offsets_taken_back', values: { id: ids(), batch: batch.id, offset_id: offset } },
  ]);
  const deed = JSON.stringify({ actor: actorText(input.actor), at: clock() });
  const ended: RowChange = {
    ...{ update: 'export_batches', id: batch.id, version: batch.version },
    set: { taken_back: deed },
  };
  return post(deps, ask, { actor: input.actor, place: estate, commands: [], rows: [...rows, ended] });
}

/** What speaks against its coming back: the firm has it, a difference is open about it, or its month is closed. */
async function standsAgainst(
  { engine }: Pick<ProductDeps, 'engine'>,
  { batch, its, step }: { batch: ExportBatch; its: readonly Offset[]; step: BatchStep },
): Promise<Problem | undefined> {
  const facts = await factsOfBatch(engine, batch, its);
  if (!batchSteps(facts).includes(step) || (await isBeingPosted(engine, batch))) {
    return problem('batch-step-not-possible');
  }
  if ((await openBreaksOf(engine, batch)) > 0) return problem('batch-has-breaks');
  const { closed } = await monthsOfPlace(engine, batch.estate);
  const isClosed = its.some(({ state, period }) => state === 'exported' && closed.includes(period));
  return isClosed ? problem('month-closed') : undefined;
}

/** A posted list that was kept has some of it, and has not captured it yet. */
async function isBeingPosted({ db, tables }: Engine, batch: ExportBatch): Promise<boolean> {
  const { offsets: o, postedRows: p } = tables;
  const rows = await db
    .select({ id: p.id })
    .from(o)
    .innerJoin(p, eq(p.matchedOffset, o.id))
    .where(and(eq(o.exportBatch, batch.id), eq(o.state, 'exported'), eq(p.state, 'posted')))
    .limit(1);
  return rows.length > 0;
}

/** Breaks that are still open about an offset of the batch. */
async function openBreaksOf({ db, tables: { breaks: b, offsets: o } }: Engine, batch: ExportBatch) {
  const its = db.select({ id: o.id }).from(o).where(eq(o.exportBatch, batch.id));
  const [found] = await db
    .select({ count: count() })
    .from(b)
    .where(and(eq(b.estate, batch.estate), eq(b.state, 'open'), inArray(b.offset, its)));
  return found?.count ?? 0;
}

async function change(
  { engine }: Pick<ProductDeps, 'engine'>,
  { id, version }: ExportBatch,
  set: Pick<Partial<ExportBatch>, 'askedBack'>,
): Promise<Problem | undefined> {
  const { exportBatches: t } = engine.tables;
  const changed = await engine.db
    .update(t)
    .set({ ...set, version: version + 1 })
    .where(and(eq(t.id, id), eq(t.version, version)))
    .returning({ id: t.id });
  return changed.length === 1 ? undefined : problem('changed-meanwhile');
}
