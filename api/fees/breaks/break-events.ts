/**
 * The thread of a break: who said and did what, and when. Lines are only added. What changes the break itself writes its
 * line in the same unit (`eventRow`); what is only said is written by itself.
 */
import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { RowChange } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../../platform/index.ts';
import { Lists } from '../reconcile/lists.ts';

/** `evidence`: what was seen and where it lies; files stay with the firm. */
export const SAID = ['comment', 'evidence'] as const;
export const BREAK_EVENTS = [...SAID, 'owner', 'asked', 'resolved', 'carried', 'undone'] as const;
export type BreakEventKind = (typeof BREAK_EVENTS)[number];
export type BreakEvent = Engine['tables']['breakEvents']['$inferSelect'];

/** Of one break; a thread that is longer belongs on the telephone. */
export const MOST_EVENTS = 100;

type Line = Pick<BreakEvent, 'breakId' | 'kind' | 'actor' | 'comment' | 'subject'>;

export function eventRow(
  { ids, clock }: Pick<ProductDeps, 'ids' | 'clock'>,
  { breakId, kind, actor, comment, subject }: Line,
): RowChange {
  const said = { break_id: breakId, kind, actor, comment, subject };
  return { insert: 'break_events', values: { id: ids(), ...said, created_at: clock() } };
}

/** By anybody who works on the break, whatever its state. */
export async function sayOfBreak(
  { engine, ids, clock }: Pick<ProductDeps, 'engine' | 'ids' | 'clock'>,
  said: { break: string; kind: (typeof SAID)[number]; comment: string; actor: Actor },
): Promise<Problem | undefined> {
  const { breakEvents: t } = engine.tables;
  const [known] = await engine.db.select({ count: count() }).from(t).where(eq(t.breakId, said.break));
  if ((known?.count ?? 0) >= MOST_EVENTS) return problem('thread-full');
  await engine.db.insert(t).values({
    ...{ id: ids(), version: 1, breakId: said.break, kind: said.kind, actor: actorText(said.actor) },
    ...{ comment: said.comment, subject: '', createdAt: clock() },
  });
  return undefined;
}

/** Of these breaks, each thread in the order in which it was written. */
export async function eventsOf(
  { reader, tables: { breakEvents: t } }: Engine,
  breaks: readonly string[],
): Promise<Lists<string, BreakEvent>> {
  const rows = await reader
    .select()
    .from(t)
    .where(inArray(t.breakId, [...breaks]))
    .orderBy(asc(t.breakId), asc(t.id));
  const threads = new Lists<string, BreakEvent>();
  for (const row of rows) threads.add(row.breakId, row);
  return threads;
}

/** The lines of one kind, the latest first. */
export async function latestEvents(
  { db, tables: { breakEvents: t } }: Engine,
  { break: id, kind }: { break: string; kind: BreakEventKind },
): Promise<BreakEvent[]> {
  const rows = await db
    .select()
    .from(t)
    .where(and(eq(t.breakId, id), eq(t.kind, kind)))
    .orderBy(asc(t.id));
  return rows.toReversed();
}
