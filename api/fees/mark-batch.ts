/** How far a batch is with the firm, as whoever deals with it says: sent, and taken in by its software. */
import { and, eq } from 'drizzle-orm';
import type { ProductDeps } from '../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';
import { factsOfBatches, findBatch } from './batches.ts';
import { batchSteps, type BatchStep } from './rules/batch-state.ts';

export const MARKS = ['send', 'undo-send', 'acknowledge', 'undo-acknowledge'] as const satisfies BatchStep[];
export type BatchMark = (typeof MARKS)[number];

export async function markBatch(
  { engine, clock }: Pick<ProductDeps, 'engine' | 'clock'>,
  { batch: id, mark, actor }: { batch: string; mark: BatchMark; actor: Actor },
): Promise<Problem | undefined> {
  const batch = await findBatch(engine, id);
  if (!batch) return problem('not-found');
  const facts = (await factsOfBatches(engine, [batch]))(batch);
  if (!batchSteps(facts).includes(mark)) return problem('batch-step-not-possible');
  const deed = { actor: actorText(actor), at: clock() };
  const set = {
    ...{ send: { sent: deed }, 'undo-send': { sent: null } },
    ...{ acknowledge: { acknowledged: deed }, 'undo-acknowledge': { acknowledged: null } },
  }[mark];
  const { exportBatches: t } = engine.tables;
  const marked = await engine.db
    .update(t)
    .set({ ...set, version: batch.version + 1 })
    .where(and(eq(t.id, id), eq(t.version, batch.version)))
    .returning({ id: t.id });
  return marked.length === 1 ? undefined : problem('changed-meanwhile');
}
