/** Offsets that a kept list matched and that cannot be captured after all: each becomes a break, which a person resolves. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { followLines, takenOver } from './breaks/follow-on.ts';
import type { Offset } from './offsets.ts';
import { settledBy, type EarlierBreak } from './open-breaks.ts';
import { ourOffsets } from './our-offsets.ts';
import { pairBreak } from './reconcile/breaks.ts';
import { billSince, type Break, type PostedRow } from './reconcile/reconciliation.ts';

type Deps = Pick<ProductDeps, 'engine' | 'ids' | 'clock'>;
type Noted = {
  import: string;
  offset: Offset;
  earlier: readonly EarlierBreak[];
  found: Pick<Break, 'kind' | 'differenceFen' | 'proposal' | 'zh' | 'en'>;
  postedRow: string | null;
};

/** In place of what earlier lists had against it; noted once. */
export async function noteNotTaken({ engine, ids, clock }: Deps, input: Noted): Promise<void> {
  const { breaks, breakEvents, breaksSeenAgain, postedRows } = engine.tables;
  const { offset, earlier, found, postedRow } = input;
  const { kind, differenceFen, proposal, zh, en } = found;
  const noted = earlier.find((each) => each.kind === kind);
  const before = earlier.filter((each) => each !== noted);
  const replaced = before.map(({ id }) => id);
  const [id, now] = [ids(), clock()];
  const follows = noted ? [] : followLines({ breakId: id, before, now }, ids);
  await engine.atomically((db) => [
    noted
      ? db.insert(breaksSeenAgain).values({ id: ids(), import: input.import, breakId: noted.id })
      : db.insert(breaks).values({
          ...{ id, version: 1, estate: offset.estate, import: input.import, offset: offset.id, postedRow },
          ...{ kind, differenceFen, proposal, zh, en, state: 'open' as const },
          ...takenOver(before, now),
        }),
    ...(follows.length === 0 ? [] : [db.insert(breakEvents).values(follows)]),
    db
      .update(breaks)
      .set({ ...settledBy(input.import, 'replaced'), version: sql`${breaks.version} + 1` })
      .where(and(inArray(breaks.id, replaced), eq(breaks.state, 'open'))),
    db
      .update(postedRows)
      .set({ matchedOffset: null })
      .where(and(eq(postedRows.import, input.import), eq(postedRows.matchedOffset, offset.id))),
  ]);
}

/**
 * A list that was kept and not settled whole is taken up again later, when bills may have been issued anew, cancelled or
 * paid: what it matched on those is not captured. Answers which.
 */
export async function noteChangedBills(
  deps: Deps,
  input: {
    import: string;
    offsets: readonly Offset[];
    earlier: ReadonlyMap<string, readonly EarlierBreak[]>;
  },
): Promise<Set<string>> {
  const { engine } = deps;
  const handedOver = input.offsets.map((offset) => ({ offset, exportedAt: null }));
  const changed = (await ourOffsets(engine, handedOver)).filter((each) => billSince(each).length > 0);
  for (const ours of changed) {
    const offset = input.offsets.find(({ id }) => id === ours.id);
    const row = await rowOf(engine, { import: input.import, offset: ours.id });
    const found = row && pairBreak({ offset: ours, row, by: 'number' });
    if (!offset || !found) continue;
    const earlier = input.earlier.get(ours.id) ?? [];
    await noteNotTaken(deps, { import: input.import, offset, earlier, found, postedRow: row.id });
  }
  return new Set(changed.map(({ id }) => id));
}

async function rowOf(
  { db, tables: { postedRows: t } }: Engine,
  of: { import: string; offset: string },
): Promise<PostedRow | undefined> {
  const [row] = await db
    .select()
    .from(t)
    .where(and(eq(t.import, of.import), eq(t.matchedOffset, of.offset), eq(t.state, 'posted')));
  // Which house it names was compared when the list was taken in.
  return row && { ...row, house: '', period: '', item: '' };
}
