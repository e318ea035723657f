/** A compared posted list as it is kept, in one database transaction: its rows, what it matched, and every difference. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import { chunksOf, type FileRead, type ImportReport, type ProductDeps } from '../places/index.ts';
import { followLines, takenOver, type Before } from './breaks/follow-on.ts';
import type { PostedListRow } from './files/posted-list.ts';
import { settledBy } from './open-breaks.ts';
import type { EstateReconciliation } from './reconcile-estate.ts';
import type { CarriedOn } from './reconcile/carry-on.ts';
import { Lists } from './reconcile/lists.ts';

type Kept = {
  id: string;
  read: FileRead<PostedListRow>;
  found: EstateReconciliation;
  carried: CarriedOn;
  counts: ImportReport['counts'];
  otherNames: readonly string[];
  estate: string;
  by: string;
  now: number;
};

export async function keepPostedList(
  { engine, ids }: Pick<ProductDeps, 'engine' | 'ids'>,
  kept: Kept,
): Promise<void> {
  const { id, read, found, carried, counts, otherNames, estate, by, now } = kept;
  const { imports, postedRows, breaks, breakEvents, breaksSeenAgain, offsetsNotYetDue } = engine.tables;
  const { table, parsed } = read;
  const matched = new Map(found.matches.map(({ row, offset }) => [row.id, offset.id]));
  const texts = new Map(parsed.rows.map(({ rowNumber, houseText }) => [rowNumber, houseText]));
  const rows = found.rows.map((row) => ({
    ...row,
    import: id,
    estate,
    houseText: texts.get(row.rowNumber) ?? '',
    matchedOffset: matched.get(row.id) ?? found.bound.get(row.id) ?? null,
  }));
  const own = new Set(rows.map((row) => row.id));
  const ofEarlier = [...found.bound].filter(([row]) => !own.has(row));
  const freshIds = new Map(carried.fresh.map((each) => [each, ids()]));
  const before = new Lists<string, Before>();
  for (const { was, by: next } of carried.replaced) {
    const follower = 'id' in next ? undefined : freshIds.get(next);
    if (follower !== undefined) before.add(follower, was);
  }
  const follows = [...freshIds.values()].flatMap((breakId) =>
    followLines({ breakId, before: before.get(breakId), now }, ids),
  );
  const breakRows = [...freshIds].map(([each, breakId]) => ({
    id: breakId,
    version: 1,
    estate,
    import: id,
    kind: each.kind,
    offset: each.offset?.id ?? null,
    postedRow: each.rows[0]?.id ?? null,
    differenceFen: each.differenceFen,
    proposal: each.proposal,
    zh: each.zh,
    en: each.en,
    state: 'open' as const,
    ...takenOver(before.get(breakId), now),
  }));
  const waiting = found.notYetDue.map((offset) => ({ id: ids(), import: id, offsetId: offset.id }));
  const again = carried.again.map((each) => ({ id: ids(), import: id, breakId: each.id }));
  const { totals, drawnUpOn } = found;
  await engine.atomically((db) => [
    db.insert(imports).values({
      id,
      version: 1,
      place: estate,
      kind: 'posted-list',
      fileName: table.fileName,
      fileHash: table.sha256,
      rowsAccepted: parsed.rows.length,
      rowsRejected: parsed.rejected.length,
      summary: { counts, ...totals, drawnUpOn, encoding: table.encoding, otherNames, settled: false },
      importedBy: by,
      createdAt: now,
    }),
    ...chunksOf(rows).map((some) => db.insert(postedRows).values(some)),
    ...chunksOf(breakRows).map((some) => db.insert(breaks).values(some)),
    ...chunksOf(again).map((some) => db.insert(breaksSeenAgain).values(some)),
    // A person may have resolved it in this moment; then it stays as they said. Whoever only took it up in this moment
    // does not keep it open beside the one in its place.
    ...chunksOf(follows).map((some) => db.insert(breakEvents).values(some)),
    ...carried.replaced.map(({ was }) =>
      db
        .update(breaks)
        .set({ ...settledBy(id, 'replaced'), version: sql`${breaks.version} + 1` })
        .where(and(eq(breaks.id, was.id), eq(breaks.state, 'open'))),
    ),
    ...chunksOf(waiting).map((some) => db.insert(offsetsNotYetDue).values(some)),
    ...ofEarlier.map(([row, matchedOffset]) =>
      db.update(postedRows).set({ matchedOffset }).where(eq(postedRows.id, row)),
    ),
    ...putRight(engine, db, { list: id, settled: [...found.settled] }),
  ]);
}

/** A difference that the list puts right is settled by it; of one that was left to the firm it is seen that it was corrected. */
function putRight(
  { tables: { breaks: t } }: Engine,
  db: Database,
  { list, settled }: { list: string; settled: readonly string[] },
): PromiseLike<unknown>[] {
  const version = sql`${t.version} + 1`;
  return chunksOf(settled).flatMap((some) => [
    db
      .update(t)
      .set({ settledImport: list, version })
      .where(and(inArray(t.id, some), eq(t.state, 'resolved'), eq(t.resolution, 'firm-corrects'))),
    db
      .update(t)
      .set({ ...settledBy(list, 'later-list'), version })
      .where(and(inArray(t.id, some), eq(t.state, 'open'))),
  ]);
}
