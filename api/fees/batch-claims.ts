/**
 * For the ledger's `verify`: what an export batch handed over. Its transaction commits to the hash of every row: an offset
 * that was put in, left out or changed afterwards is found, and so is another amount of its bill.
 */
import { and, asc, gt, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { hashCanonicalJson, hashRequest, type ClaimSource, type RowClaims } from '../ledger/index.ts';
import { isOfBook } from '../places/index.ts';
import { findBatch, offsetsOfBatch, type ExportBatch } from './batches.ts';
import { billsById, type Bill } from './bills.ts';
import type { Offset } from './offsets.ts';

const BATCH = { zh: '导出批次', en: 'export batch' };

/** Of what is handed over all that never changes: what is still to pay of a bill is as the file is written. */
export function hashOfRows(offsets: readonly Offset[], bills: ReadonlyMap<string, Bill>): string {
  return hashCanonicalJson(
    inOrder(offsets).map(({ number, house, item, period, billMonths, valueFen, createdAt, ...offset }) => {
      const { id = offset.bill, issue, amountFen, number: billNumber } = bills.get(offset.bill) ?? {};
      const bill = { id, issue: issue ?? 0, amountFen: amountFen ?? 0, number: billNumber ?? '' };
      return { number, house, item, period, billMonths, valueFen, createdAt, bill };
    }),
  );
}

/** As batches were hashed before: numbers and values, in the order in which they were made; nothing commits to it. */
function hashOfBefore(offsets: readonly Offset[]): string {
  const made = offsets.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return hashRequest(made.map(({ number, valueFen }) => [number, valueFen]));
}

/** Whether an offset was handed over in a batch that was made before anything committed to its rows. */
export async function wasHandedOverBefore(
  engine: Engine,
  { exportBatch }: Pick<Offset, 'exportBatch'>,
): Promise<boolean> {
  const batch = exportBatch === null ? undefined : await findBatch(engine, exportBatch);
  return batch !== undefined && batch.rowsHash === hashOfBefore(await offsetsOfBatch(engine, batch));
}

function inOrder(offsets: readonly Offset[]): Offset[] {
  return offsets.toSorted((one, other) => (one.number < other.number ? -1 : 1));
}

/** The unit that made it goes by its id. */
async function batchClaims(engine: Engine, batch: ExportBatch): Promise<RowClaims> {
  const offsets = await offsetsOfBatch(engine, batch);
  const bills = await billsById(
    engine,
    offsets.map(({ bill }) => bill),
  );
  const is = hashOfRows(offsets, bills);
  const { rowsHash, id, estate, number } = batch;
  const isOfBefore = rowsHash === hashOfBefore(offsets);
  const commitment = isOfBefore ? '–' : is === rowsHash ? is : `${is} ≠ ${rowsHash}`;
  return {
    ...{ what: BATCH, id, place: estate },
    made: { transaction: null, isUnnumbered: true, kinds: ['note'], number, commitment },
    later: [],
  };
}

export const batchesAsClaimed: ClaimSource = {
  kinds: ['note'],
  between: () => Promise.resolve([]),
  async behind(engine, { ids }) {
    const { exportBatches: t } = engine.tables;
    const found = await engine.reader
      .select()
      .from(t)
      .where(inArray(t.id, [...ids]));
    return Promise.all(found.map((batch) => batchClaims(engine, batch)));
  },
  unmade: () => Promise.resolve([]),
  async unnumbered(engine, { book, after, limit }) {
    const { exportBatches: t } = engine.tables;
    const found = await engine.reader
      .select()
      .from(t)
      .where(and(gt(t.id, after), isOfBook(engine, t.estate, book)))
      .orderBy(asc(t.id))
      .limit(limit);
    // Each one was held against its transaction already: here it is only asked whether there was one.
    return found.map(({ id, estate }) => ({
      ...{ what: BATCH, id, place: estate },
      made: { transaction: null, isUnnumbered: true, kinds: ['note'] },
      later: [],
    }));
  },
};
