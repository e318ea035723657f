/**
 * What `verify` holds an agreement to a funder's statement against: its transaction commits to the agreement, and to the
 * statement with every row, difference and pair as they were agreed to.
 */
import { and, asc, eq, gte, inArray, lte } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { hashCanonicalJson, namesOfNoBook, type ClaimSource, type RowClaims } from '../ledger/index.ts';
import { isOfBook } from '../places/index.ts';
import { grouped } from './rules/grouped.ts';
import type { FundAgreement, FunderStatement } from './statements.ts';

const AGREEMENT = { zh: '对账确认', en: 'agreement to a statement' };

/** SHA-256 of a statement with its rows and differences, each in the order of their ids; hex. */
export async function contentsHash(engine: Engine, statement: FunderStatement): Promise<string> {
  const { funderStatementRows: r, fundDifferences: d } = engine.tables;
  const rows = await engine.db
    .select()
    .from(r)
    .where(eq(r.statement, statement.id))
    .orderBy(asc(r.rowNumber));
  const found = await engine.reader.select().from(d).where(eq(d.statement, statement.id)).orderBy(asc(d.id));
  const said = { statement: { ...statement }, rows, differences: found };
  const { pairings, splits } = await handworkOf(engine, statement.id);
  // What was agreed to before anything could be paired has the hash that it had.
  if (pairings.length === 0) return hashCanonicalJson({ format: 1, ...said });
  return hashCanonicalJson({ format: 2, ...said, pairings, splits });
}

/** Every pair with its rows, and every one that was split, each in the order of their ids. */
async function handworkOf({ db, tables }: Engine, statement: string) {
  const { fundPairings: p, fundPairingRows: r, fundPairingSplits: s } = tables;
  const own = eq(p.statement, statement);
  const pairs = await db.select().from(p).where(own).orderBy(asc(p.number));
  const rows = await db
    .select({ row: r })
    .from(r)
    .innerJoin(p, eq(p.id, r.pairing))
    .where(own)
    .orderBy(asc(r.id));
  const split = db.select({ split: s }).from(s).innerJoin(p, eq(p.id, s.pairing));
  const splits = await split.where(own).orderBy(asc(s.id));
  const joined = grouped(rows, ({ row }) => row.pairing);
  return {
    pairings: pairs.map((one) => ({
      ...one,
      rows: joined.get(one.id)?.map(({ row }) => ({ ...row })) ?? [],
    })),
    splits: splits.map((one) => ({ ...one.split })),
  };
}

/** What the agreement's transaction commits to. */
export function agreementHash(
  { id, side, by, at, remark }: Pick<FundAgreement, 'id' | 'side' | 'by' | 'at' | 'remark'>,
  contents: string,
): string {
  return hashCanonicalJson({ format: 1, id, side, by, at, remark, contents });
}

type Stored = { agreement: FundAgreement; statement: FunderStatement; place: string };

async function claimsOf(engine: Engine, stored: readonly Stored[]): Promise<RowClaims[]> {
  const claims: RowClaims[] = [];
  const contents = new Map<string, string>();
  for (const { agreement, statement, place } of stored) {
    const hash = contents.get(statement.id) ?? (await contentsHash(engine, statement));
    contents.set(statement.id, hash);
    const { id, agreedTransaction: transaction } = agreement;
    const made = { transaction, kinds: ['note'], commitment: agreementHash(agreement, hash) };
    claims.push({ what: AGREEMENT, id, place, made, later: [] });
  }
  return claims;
}

function stored({ reader, tables }: Engine) {
  const { fundAgreements: t, funderStatements: s, funds: f } = tables;
  return reader
    .select({ agreement: t, statement: s, place: f.place })
    .from(t)
    .innerJoin(s, eq(s.id, t.statement))
    .innerJoin(f, eq(f.id, s.fund));
}

export const agreementsAsClaimed: ClaimSource = {
  kinds: ['note'],
  async between(engine, { from, to, limit }) {
    const { fundAgreements: t } = engine.tables;
    const made = and(gte(t.agreedTransaction, from), lte(t.agreedTransaction, to));
    return claimsOf(engine, await stored(engine).where(made).limit(limit));
  },
  async behind(engine, { ids }) {
    const { fundAgreements: t } = engine.tables;
    return claimsOf(engine, await stored(engine).where(inArray(t.id, [...ids])));
  },
  async unmade(engine, { book, books, limit }) {
    const { fundAgreements: t, funds: f } = engine.tables;
    const rows = await stored(engine)
      .where(and(namesOfNoBook(t.agreedTransaction, books), isOfBook(engine, f.place, book)))
      .limit(limit);
    return claimsOf(engine, rows);
  },
};
