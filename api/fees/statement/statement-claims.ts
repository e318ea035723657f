/** What `verify` holds a month's statement against: the transaction that closed the month commits to the hash of its body. */
import { createHash } from 'node:crypto';
import { and, gte, inArray, lte } from 'drizzle-orm';
import type { Engine, Tables } from '../../db/index.ts';
import { namesOfNoBook, type ClaimSource, type RowClaims } from '../../ledger/index.ts';
import { isOfBook } from '../../places/index.ts';

const STATEMENT = { zh: '月结单', en: 'month statement' };

const claimed = (t: Tables['monthStatements']) => ({
  ...{ closure: t.closure, place: t.place, body: t.body, hash: t.hash },
  transaction: t.closedTransaction,
});
type Claimed = { closure: string; place: string; body: string; hash: string; transaction: number | null };

/** The unit that closes a month goes by the closure's id. A hash beside another body is no commitment to either. */
function statementClaims({ closure, place, body, hash, transaction }: Claimed): RowClaims {
  const is = createHash('sha256').update(body, 'utf8').digest('hex');
  const commitment = is === hash ? hash : `${is} ≠ ${hash}`;
  return {
    what: STATEMENT,
    id: closure,
    place,
    made: { transaction, kinds: ['note'], commitment },
    later: [],
  };
}

export const statementsAsClaimed: ClaimSource = {
  kinds: ['note'],
  async between({ reader, tables: { monthStatements: t } }: Engine, { from, to, limit }) {
    const made = and(gte(t.closedTransaction, from), lte(t.closedTransaction, to));
    return (await reader.select(claimed(t)).from(t).where(made).limit(limit)).map(statementClaims);
  },
  async behind({ reader, tables: { monthStatements: t } }: Engine, { ids }) {
    const rows = await reader
      .select(claimed(t))
      .from(t)
      .where(inArray(t.closure, [...ids]));
    return rows.map(statementClaims);
  },
  async unmade(engine, { book, books, limit }) {
    const { monthStatements: t } = engine.tables;
    const rows = await engine.reader
      .select(claimed(t))
      .from(t)
      .where(and(namesOfNoBook(t.closedTransaction, books), isOfBook(engine, t.place, book)))
      .limit(limit);
    return rows.map(statementClaims);
  },
};
