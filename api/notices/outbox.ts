/** What waits at a desk to be told: a slip is printed, or somebody rings the bell, and it is marked as told. */
import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { problem, type Instant, type Problem } from '../platform/index.ts';

export type OutboxLine = Awaited<ReturnType<typeof listOutbox>>[number];

export const OUTBOX_STATES = ['waiting', 'told', 'sent', 'queued'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

export async function findDelivery({ db, tables: { deliveries: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

/** Of an estate in one state: what waits oldest first, what is done newest first, after the line `after`. */
export async function listOutbox(
  { reader, tables }: Engine,
  input: { place: string; state: OutboxState; after?: string; limit: number },
) {
  const { deliveries: t, notices } = tables;
  const { place, state, after, limit } = input;
  const isOldest = state === 'waiting' || state === 'queued';
  const later = after === undefined ? undefined : isOldest ? gt(t.id, after) : lt(t.id, after);
  return reader
    .select({ delivery: t, notice: notices })
    .from(t)
    .innerJoin(notices, eq(notices.id, t.notice))
    .where(and(eq(t.place, place), eq(t.state, state), later))
    .orderBy(isOldest ? asc(t.id) : desc(t.id))
    .limit(limit);
}

/** Somebody told the person, or handed them the slip. */
export async function markDelivered(
  engine: Engine,
  { delivery, version, by, now }: { delivery: string; version: number; by: string; now: Instant },
): Promise<Problem | undefined> {
  const { deliveries: t } = engine.tables;
  const known = await findDelivery(engine, delivery);
  if (!known) return problem('not-found');
  if (known.state === 'told') return problem('already-done');
  const seen = and(eq(t.id, delivery), eq(t.version, version), eq(t.state, 'waiting'));
  const set = { state: 'told' as const, doneAt: now, doneBy: by, version: version + 1 };
  const done = await engine.db.update(t).set(set).where(seen).returning({ id: t.id });
  return done.length === 1 ? undefined : problem('changed-meanwhile');
}
