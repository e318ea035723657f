/**
 * What was built upon what was said of a break, so that it can no longer be taken back: a closed month, a later list, or the
 * offset's own way on. The server refuses by it, and a page that shows breaks asks it beforehand.
 */
import { and, desc, eq, inArray, max } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { transactionsById } from '../../ledger/index.ts';
import { listImports } from '../../places/index.ts';
import type { Offset } from '../offsets.ts';
import { BILL_CHANGED } from '../reconcile/resolutions.ts';
import type { Undo } from '../reconcile/undo.ts';
import type { BreakRow } from '../resolve-break.ts';

/** Of an offset that had not been handed over when it was found: that it waits says nothing of what came since. */
const IN_OUR_HANDS: readonly string[] = ['not-handed-over', ...BILL_CHANGED];

export const BUILT = ['by-list', 'month-closed', 'offset-moved'] as const;
export type Built = (typeof BUILT)[number];

/** `since`: the line of the thread that is to be undone. Ids ascend in time. */
export type Undoing = { found: BreakRow; undo: Undo; since: string };

/** Of breaks of one estate; those upon which nothing was built are left out. What was only asked for is free. */
export async function builtUpon(engine: Engine, all: readonly Undoing[]): Promise<Map<string, Built>> {
  const asked = all.filter(({ undo }) => undo !== 'asked');
  const estate = asked[0]?.found.estate;
  const built = new Map<string, Built>();
  if (estate === undefined) return built;
  const closed = await lastClosed(engine, estate);
  const resolved = asked.filter(({ undo }) => undo === 'resolved');
  const moved = await movedOffsets(engine, resolved);
  const again = await foundAgain(engine, resolved);
  const [latest] =
    resolved.length === 0 ? [] : await listImports(engine, { place: estate, kind: 'posted-list', limit: 1 });
  for (const { found, undo, since } of asked) {
    // The month's statement counted it as it stood.
    if (closed > since) built.set(found.id, 'month-closed');
    else if (undo === 'carried') continue;
    // A later list has compared everything anew: what it found about the same stands beside this one.
    else if ((latest?.id ?? '') > since || (again.get(found.offset ?? '') ?? '') > found.import)
      built.set(found.id, 'by-list');
    else if (moved.has(found.id)) built.set(found.id, 'offset-moved');
  }
  return built;
}

async function lastClosed({ db, tables: { closures: t } }: Engine, estate: string): Promise<string> {
  const [row] = await db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.place, estate), eq(t.state, 'closed')))
    .orderBy(desc(t.id))
    .limit(1);
  return row?.id ?? '';
}

/** By a list that was being taken in when it was resolved: the latest that has an open break about each offset. */
async function foundAgain({ db, tables: { breaks: t } }: Engine, of: readonly Undoing[]) {
  const offsets = offsetsOf(of);
  if (offsets.length === 0) return new Map<string, string>();
  const rows = await db
    .select({ offset: t.offset, list: max(t.import) })
    .from(t)
    .where(and(inArray(t.offset, offsets), eq(t.state, 'open')))
    .groupBy(t.offset);
  return new Map(rows.map(({ offset, list }) => [offset ?? '', list ?? '']));
}

/** Breaks whose offset was settled since, or came back with its batch. */
async function movedOffsets(engine: Engine, of: readonly Undoing[]): Promise<Set<string>> {
  const { offsets: t } = engine.tables;
  const ids = offsetsOf(of);
  const rows = ids.length === 0 ? [] : await engine.db.select().from(t).where(inArray(t.id, ids));
  const offsets = new Map<string, Offset>(rows.map((row) => [row.id, row]));
  const settled = rows.flatMap(({ settledTransaction }) => settledTransaction ?? []);
  const bookedAt = new Map((await transactionsById(engine, settled)).map((each) => [each.id, each.bookedAt]));
  const moved = of.filter(({ found: { offset: id, kind, resolvedAt } }) => {
    const offset = offsets.get(id ?? '');
    if (!offset) return false;
    if (offset.settledTransaction === null) return offset.state === 'held' && !IN_OUR_HANDS.includes(kind);
    return (bookedAt.get(offset.settledTransaction) ?? 0) > (resolvedAt ?? 0);
  });
  return new Set(moved.map(({ found }) => found.id));
}

function offsetsOf(of: readonly Undoing[]): string[] {
  return [...new Set(of.flatMap(({ found }) => found.offset ?? []))];
}
