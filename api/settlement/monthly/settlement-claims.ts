/**
 * What `verify` holds settlements against: the transaction that made one commits to its figures and lines, those by which
 * the two sides agreed to that and to who agreed, and a remark's to what it says.
 */
import { and, asc, eq, gte, inArray, lte, or } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import {
  hashCanonicalJson,
  namesOfNoBook,
  type Claim,
  type ClaimSource,
  type RowClaims,
} from '../../ledger/index.ts';
import { isOfBook } from '../../places/index.ts';
import type { Settlement, SettlementLine, SettlementRemark, SettlementSide } from './settlements.ts';

const SETTLEMENT = { zh: '结算单', en: 'settlement' };
const REMARK = { zh: '结算单的异议或答复', en: 'remark on a settlement' };

/** SHA-256 of what never changes of it, with its lines in the order of their ids; hex. The number is claimed beside it. */
export function figuresHash(settlement: Omit<Figures, 'number'>, lines: readonly Line[]): string {
  const { id, book, payer, payerPlace, payee, place, month, since, afterEntry, throughEntry } = settlement;
  const { carriedInMicro, takenMicro, returnedMicro, concededMicro, netFen, carriedOutMicro } = settlement;
  return hashCanonicalJson({
    ...{ format: 1, id, book, payer, payerPlace, payee, place, month, since, afterEntry, throughEntry },
    ...{ carriedInMicro, takenMicro, returnedMicro, concededMicro, netFen, carriedOutMicro },
    ...{ madeBy: settlement.madeBy, createdAt: settlement.createdAt },
    lines: lines.map(({ version: _, ...line }) => line),
  });
}

type Line = Omit<SettlementLine, 'version'> & { version?: number };
export type Figures = Pick<
  Settlement,
  | 'id'
  | 'book'
  | 'number'
  | 'payer'
  | 'payerPlace'
  | 'payee'
  | 'place'
  | 'month'
  | 'since'
  | 'afterEntry'
  | 'throughEntry'
  | 'carriedInMicro'
  | 'takenMicro'
  | 'returnedMicro'
  | 'concededMicro'
  | 'netFen'
  | 'carriedOutMicro'
  | 'madeBy'
  | 'createdAt'
>;

export async function allLinesOf(
  { reader, tables: { settlementLines: t } }: Engine,
  settlement: string,
): Promise<SettlementLine[]> {
  return reader.select().from(t).where(eq(t.settlement, settlement)).orderBy(asc(t.id));
}

/** What one side's agreement commits to. */
export function sideHash(of: {
  settlement: string;
  side: SettlementSide;
  by: string;
  at: number;
  figures: string;
}): string {
  return hashCanonicalJson({ format: 1, ...of });
}

export function remarkHash({
  id,
  settlement,
  side,
  kind,
  said,
  by,
  at,
}: Omit<SettlementRemark, 'version' | 'saidTransaction'>): string {
  return hashCanonicalJson({ format: 1, id, settlement, side, kind, said, by, at });
}

async function settlementClaims(engine: Engine, rows: readonly Settlement[]): Promise<RowClaims[]> {
  const claims: RowClaims[] = [];
  for (const row of rows) {
    const figures = figuresHash(row, await allLinesOf(engine, row.id));
    const { id, place, number, state } = row;
    const made = { transaction: row.madeTransaction, kinds: ['note'], commitment: figures, number };
    const agreed = (
      side: SettlementSide,
      by: string | null,
      at: number | null,
      transaction: number | null,
    ): Claim => ({
      ...{ transaction, kinds: ['note'] },
      commitment: sideHash({ settlement: id, side, by: by ?? '', at: at ?? 0, figures }),
    });
    const both = state === 'agreed' || state === 'paid';
    const later: Claim[] = [];
    if (both || state === 'confirmed' || row.confirmedTransaction !== null)
      later.push(agreed('payee', row.confirmedBy, row.confirmedAt, row.confirmedTransaction));
    if (both || row.agreedTransaction !== null)
      later.push(agreed('payer', row.agreedBy, row.agreedAt, row.agreedTransaction));
    claims.push({ what: SETTLEMENT, id, place, made, later });
  }
  return claims;
}

export const settlementsAsClaimed: ClaimSource = {
  kinds: ['note'],
  async between(engine, { from, to, limit }) {
    const { settlements: t } = engine.tables;
    const within = or(
      and(gte(t.madeTransaction, from), lte(t.madeTransaction, to)),
      and(gte(t.confirmedTransaction, from), lte(t.confirmedTransaction, to)),
      and(gte(t.agreedTransaction, from), lte(t.agreedTransaction, to)),
    );
    return settlementClaims(engine, await engine.reader.select().from(t).where(within).limit(limit));
  },
  async behind(engine, { ids }) {
    const { settlements: t } = engine.tables;
    return settlementClaims(
      engine,
      await engine.reader
        .select()
        .from(t)
        .where(inArray(t.id, [...ids])),
    );
  },
  async unmade(engine, { book, books, limit }) {
    const { settlements: t } = engine.tables;
    const rows = await engine.reader
      .select()
      .from(t)
      .where(and(namesOfNoBook(t.madeTransaction, books), isOfBook(engine, t.place, book)))
      .limit(limit);
    return settlementClaims(engine, rows);
  },
};

type Said = { remark: SettlementRemark; place: string };

function remarkClaims(rows: readonly Said[]): RowClaims[] {
  return rows.map(({ remark, place }) => ({
    ...{ what: REMARK, id: remark.id, place },
    made: { transaction: remark.saidTransaction, kinds: ['note'], commitment: remarkHash(remark) },
    later: [],
  }));
}

function remarks({ reader, tables }: Engine) {
  const { settlementRemarks: t, settlements: s } = tables;
  return reader.select({ remark: t, place: s.place }).from(t).innerJoin(s, eq(s.id, t.settlement));
}

export const remarksAsClaimed: ClaimSource = {
  kinds: ['note'],
  async between(engine, { from, to, limit }) {
    const { settlementRemarks: t } = engine.tables;
    const within = and(gte(t.saidTransaction, from), lte(t.saidTransaction, to));
    return remarkClaims(await remarks(engine).where(within).limit(limit));
  },
  async behind(engine, { ids }) {
    return remarkClaims(await remarks(engine).where(inArray(engine.tables.settlementRemarks.id, [...ids])));
  },
  async unmade(engine, { book, books, limit }) {
    const { settlementRemarks: t, settlements: s } = engine.tables;
    const rows = await remarks(engine)
      .where(and(namesOfNoBook(t.saidTransaction, books), isOfBook(engine, s.place, book)))
      .limit(limit);
    return remarkClaims(rows);
  },
};
