/** Batches (批次) handed to the firm: which there are, what each has, and how far it is. */
import { and, count, countDistinct, desc, eq, inArray, lt, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Offset } from './offsets.ts';
import type { BatchFacts } from './rules/batch-state.ts';

export type ExportBatch = NonNullable<Awaited<ReturnType<typeof findBatch>>>;

export async function findBatch({ db, tables: { exportBatches: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

/** Newest first, before the batch `before`. By id: as texts, the 100th number of a month would come before the 99th. */
export async function listBatches(
  { reader, tables: { exportBatches: t } }: Engine,
  input: { estate: string; before?: string; limit: number },
): Promise<ExportBatch[]> {
  const earlier = input.before === undefined ? undefined : lt(t.id, input.before);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.estate, input.estate), earlier))
    .orderBy(desc(t.id))
    .limit(input.limit);
}

/** How far each of these is, by its id. */
export async function factsOfBatches(
  engine: Engine,
  batches: readonly ExportBatch[],
): Promise<(batch: ExportBatch) => BatchFacts> {
  const { db, tables } = engine;
  const { offsets: t } = tables;
  const ids = batches.map(({ id }) => id);
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ batch: t.exportBatch, state: t.state, count: count() })
          .from(t)
          .where(inArray(t.exportBatch, ids))
          .groupBy(t.exportBatch, t.state);
  const found = new Map(rows.map((row) => [`${row.batch} ${row.state}`, row.count]));
  const hasReturned = rows.some(({ state }) => state === 'returned');
  const byFirm = hasReturned ? await returnedByFirm(engine, batches) : new Map<string, number>();
  return (batch) =>
    factsOf(batch, {
      open: found.get(`${batch.id} exported`) ?? 0,
      posted: (found.get(`${batch.id} posted`) ?? 0) + (found.get(`${batch.id} reversed`) ?? 0),
      returned: found.get(`${batch.id} returned`) ?? 0,
      returnedByFirm: byFirm.get(batch.id) ?? 0,
    });
}

/** How far a batch is that has these offsets. */
export async function factsOfBatch(
  engine: Engine,
  batch: ExportBatch,
  its: readonly Offset[],
): Promise<BatchFacts> {
  const are = (wanted: Offset['state']) => its.filter(({ state }) => state === wanted).length;
  const returned = are('returned');
  const byFirm = returned === 0 ? undefined : (await returnedByFirm(engine, [batch])).get(batch.id);
  return factsOf(batch, {
    ...{
      open: are('exported'),
      posted: are('posted') + are('reversed'),
      returned,
      returnedByFirm: byFirm ?? 0,
    },
  });
}

type Counts = Pick<BatchFacts, 'open' | 'posted' | 'returned' | 'returnedByFirm'>;

function factsOf({ sent, acknowledged, askedBack, takenBack }: ExportBatch, counts: Counts): BatchFacts {
  return {
    ...{ sent: sent !== null, acknowledged: acknowledged !== null },
    ...{ askedBack: askedBack !== null, takenBack: takenBack !== null },
    ...counts,
  };
}

/** How many offsets of these a posted list had as returned. */
async function returnedByFirm({ db, tables }: Engine, batches: readonly ExportBatch[]) {
  const { offsets: t, breaks: b } = tables;
  const rows = await db
    .select({ batch: t.exportBatch, count: countDistinct(t.id) })
    .from(b)
    .innerJoin(t, eq(t.id, b.offset))
    .where(
      and(
        inArray(b.estate, [...new Set(batches.map(({ estate }) => estate))]),
        ...[eq(b.state, 'resolved'), eq(b.kind, 'returned'), eq(t.state, 'returned')],
        inArray(
          t.exportBatch,
          batches.map(({ id }) => id),
        ),
      ),
    )
    .groupBy(t.exportBatch);
  return new Map(rows.map((row) => [row.batch, row.count]));
}

/** What a batch has, or had when it was taken back, with what had been given back by then; in the order of the numbers. */
export async function offsetsOfBatch(
  { db, tables: { offsets: t, offsetsTakenBack: b } }: Engine,
  batch: ExportBatch,
): Promise<Offset[]> {
  const has = eq(t.exportBatch, batch.id);
  const had = db.select({ id: b.offsetId }).from(b).where(eq(b.batch, batch.id));
  const its = await db
    .select()
    .from(t)
    .where(batch.takenBack === null ? has : or(has, inArray(t.id, had)));
  return its.sort((one, other) => (one.number < other.number ? -1 : 1));
}

/** The place that each of these batches pays; none of one that was taken back. */
export async function firmsOfBatches(
  { reader, tables: { offsets: t, holds } }: Engine,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .selectDistinct({ batch: t.exportBatch, firm: holds.redeemer })
    .from(t)
    .innerJoin(holds, eq(holds.id, t.hold))
    .where(inArray(t.exportBatch, [...ids]));
  return new Map(rows.map(({ batch, firm }) => [batch ?? '', firm]));
}
