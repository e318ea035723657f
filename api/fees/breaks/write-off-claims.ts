/** What `verify` holds a write-off (差异转销) against: the transaction that booked it commits to the hash of its decision. */
import { and, gte, inArray, lte } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { namesOfNoBook, type ClaimSource, type RowClaims } from '../../ledger/index.ts';
import { isOfBook } from '../../places/index.ts';
import { hashOfWriteOff, type WriteOff } from './write-off.ts';

const WRITE_OFF = { zh: '差异转销', en: 'write-off' };

/** A hash beside another decision is no commitment to either. */
function writeOffClaims(row: WriteOff): RowClaims {
  const is = hashOfWriteOff(row);
  return {
    what: WRITE_OFF,
    id: row.id,
    place: row.estate,
    made: {
      transaction: row.transaction,
      // With the points of the offset that the firm posted, or by itself.
      kinds: ['capture', 'note'],
      commitment: is === row.hash ? row.hash : `${is} ≠ ${row.hash}`,
    },
    later: [],
  };
}

export const writeOffsAsClaimed: ClaimSource = {
  kinds: ['capture', 'note'],
  async between({ reader, tables: { writeOffs: t } }: Engine, { from, to, limit }) {
    const made = and(gte(t.transaction, from), lte(t.transaction, to));
    return (await reader.select().from(t).where(made).limit(limit)).map(writeOffClaims);
  },
  async behind({ reader, tables: { writeOffs: t } }: Engine, { ids }) {
    return (
      await reader
        .select()
        .from(t)
        .where(inArray(t.id, [...ids]))
    ).map(writeOffClaims);
  },
  async unmade(engine, { book, books, limit }) {
    const { writeOffs: t } = engine.tables;
    const rows = await engine.reader
      .select()
      .from(t)
      .where(and(namesOfNoBook(t.transaction, books), isOfBook(engine, t.estate, book)))
      .limit(limit);
    return rows.map(writeOffClaims);
  },
};
