/**
 * What `verify` holds a write-off (差异转销) against: the transaction that booked it commits to the hash of its decision, and
 * one that takes another back names that of the same break, for the same amount.
 */
import { and, gte, inArray, lte } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { namesOfNoBook, type ClaimSource, type RowClaims } from '../../ledger/index.ts';
import { isOfBook } from '../../places/index.ts';
import { faultOfWriteOff } from '../rules/write-off-order.ts';
import { hashOfWriteOff, type WriteOff } from './write-off.ts';

const KINDS = ['capture', 'refund', 'note'] as const;
const WRITE_OFF = { zh: '差异转销', en: 'write-off' };

/** Those before a break's second write-off, or what takes its first back, each by its break and place in it. */
async function before(
  { reader, tables: { writeOffs: t } }: Engine,
  rows: readonly WriteOff[],
): Promise<ReadonlyMap<string, WriteOff>> {
  const later = rows.filter(({ nth }) => nth > 1).map(({ breakId }) => breakId);
  if (later.length === 0) return new Map();
  const found = await reader.select().from(t).where(inArray(t.breakId, later));
  return new Map(found.map((row) => [`${row.breakId} ${row.nth}`, row]));
}

async function claimsOf(engine: Engine, rows: readonly WriteOff[]): Promise<RowClaims[]> {
  const earlier = await before(engine, rows);
  return rows.map((row) => writeOffClaims(row, earlier.get(`${row.breakId} ${row.nth - 1}`)));
}

/** A hash beside another decision, or beside one that takes back what is not there, is no commitment to either. */
function writeOffClaims(row: WriteOff, last: WriteOff | undefined): RowClaims {
  const is = hashOfWriteOff(row);
  const fault = faultOfWriteOff(row, last);
  return {
    what: WRITE_OFF,
    id: row.id,
    place: row.estate,
    made: {
      transaction: row.transaction,
      // With the points of the offset that the firm posted, or took back; or by itself.
      kinds: KINDS,
      commitment:
        is !== row.hash ? `${is} ≠ ${row.hash}` : fault === undefined ? row.hash : `${row.hash}: ${fault}`,
    },
    later: [],
  };
}

export const writeOffsAsClaimed: ClaimSource = {
  kinds: KINDS,
  async between(engine: Engine, { from, to, limit }) {
    const { writeOffs: t } = engine.tables;
    const made = and(gte(t.transaction, from), lte(t.transaction, to));
    return claimsOf(engine, await engine.reader.select().from(t).where(made).limit(limit));
  },
  async behind(engine: Engine, { ids }) {
    const { writeOffs: t } = engine.tables;
    return claimsOf(
      engine,
      await engine.reader
        .select()
        .from(t)
        .where(inArray(t.id, [...ids])),
    );
  },
  async unmade(engine, { book, books, limit }) {
    const { writeOffs: t } = engine.tables;
    const rows = await engine.reader
      .select()
      .from(t)
      .where(and(namesOfNoBook(t.transaction, books), isOfBook(engine, t.estate, book)))
      .limit(limit);
    return claimsOf(engine, rows);
  },
};
