/** Batches (批次) handed to the firm: which there are, what each has, and how far it is. */
import { and, count, desc, eq, inArray, lt } from 'drizzle-orm';
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
  { db, tables: { offsets: t } }: Engine,
  batches: readonly ExportBatch[],
): Promise<(batch: ExportBatch) => BatchFacts> {
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
  return ({ id, sent, acknowledged, askedBack, takenBack }) => ({
    ...{ sent: sent !== null, acknowledged: acknowledged !== null },
    ...{ askedBack: askedBack !== null, takenBack: takenBack !== null },
    open: found.get(`${id} exported`) ?? 0,
    posted: found.get(`${id} posted`) ?? 0,
    returned: found.get(`${id} returned`) ?? 0,
  });
}

/** What a batch has, or had when it was taken back; in the order of the numbers. */
export async function offsetsOfBatch(
  { db, tables: { offsets: t, offsetsTakenBack: b } }: Engine,
  batch: ExportBatch,
): Promise<Offset[]> {
  const had = db.select({ id: b.offsetId }).from(b).where(eq(b.batch, batch.id));
  const its = await db
    .select()
    .from(t)
    .where(batch.takenBack === null ? eq(t.exportBatch, batch.id) : inArray(t.id, had));
  return its.sort((one, other) => (one.number < other.number ? -1 : 1));
}
