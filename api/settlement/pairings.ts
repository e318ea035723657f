/** Reads of what persons paired by hand: the pairs of a statement, their rows, and what is still open on either side. */
import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, ne, notExists, sql } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import { leftOpen } from './rules/pairing.ts';
import type { FunderStatement, KeptDifference } from './statements.ts';

export type FundPairing = Tables['fundPairings']['$inferSelect'];
export type FundSplit = Tables['fundPairingSplits']['$inferSelect'];
type Counted = { pairs: number; oursRows: number; differing: number };
export const OPEN_SIDES = ['theirs', 'ours'] as const;
export type OpenSide = (typeof OPEN_SIDES)[number];

/** The statement with what is left of its differences now. */
export function withPairs<One extends Pick<FunderStatement, 'differences'>>(
  statement: One,
  counted: Counted = { pairs: 0, oursRows: 0, differing: 0 },
): One & { paired: number } {
  const differences = leftOpen(statement.differences, counted);
  return { ...statement, differences, paired: counted.pairs };
}

/** By statement; of one without any there is none. */
export async function pairsOf(
  { reader, tables }: Engine,
  statements: readonly string[],
): Promise<Map<string, Counted>> {
  if (statements.length === 0) return new Map();
  const { fundPairings: p, fundPairingSplits: s } = tables;
  const rows = await reader
    .select({
      statement: p.statement,
      pairs: count(),
      oursRows: sql<number>`coalesce(sum(${p.oursRows}), 0)`.mapWith(Number),
      differing: sql<number>`sum(case when ${p.oursFen} <> ${p.theirsFen} then 1 else 0 end)`.mapWith(Number),
    })
    .from(p)
    .leftJoin(s, eq(s.pairing, p.id))
    .where(and(inArray(p.statement, [...statements]), isNull(s.id)))
    .groupBy(p.statement);
  return new Map(rows.map(({ statement, ...counted }) => [statement, counted]));
}

/** Where the pairs stand in which these differences are now. */
export async function pairingOf(
  { reader, tables }: Engine,
  differences: readonly string[],
): Promise<Map<string, FundPairing>> {
  if (differences.length === 0) return new Map();
  const { fundPairings: p, fundPairingRows: r, fundPairingSplits: s } = tables;
  const rows = await reader
    .select({ difference: r.difference, pairing: p })
    .from(r)
    .innerJoin(p, eq(p.id, r.pairing))
    .leftJoin(s, eq(s.pairing, r.pairing))
    .where(and(inArray(r.difference, [...differences]), isNull(s.id)));
  return new Map(rows.map(({ difference, pairing }) => [difference, pairing]));
}

export type PairingRead = {
  pairing: FundPairing;
  split: FundSplit | null;
  rows: readonly KeptDifference[];
};

/** In the order in which they were paired; those that were split stay on record. */
export async function pairingsOf(
  { reader, tables }: Engine,
  { statement, after = 0, limit }: { statement: string; after?: number; limit: number },
): Promise<PairingRead[]> {
  const { fundPairings: p, fundPairingRows: r, fundPairingSplits: s, fundDifferences: d } = tables;
  const found = await reader
    .select({ pairing: p, split: s })
    .from(p)
    .leftJoin(s, eq(s.pairing, p.id))
    .where(and(eq(p.statement, statement), gt(p.number, after)))
    .orderBy(asc(p.number))
    .limit(limit);
  if (found.length === 0) return [];
  const ids = found.map(({ pairing }) => pairing.id);
  const rows = await reader
    .select({ pairing: r.pairing, difference: d })
    .from(r)
    .innerJoin(d, eq(d.id, r.difference))
    .where(inArray(r.pairing, ids));
  return found.map(({ pairing, split }) => {
    const own = rows.flatMap((row) => (row.pairing === pairing.id ? [row.difference] : []));
    return { pairing, split, rows: own.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
  });
}

export async function findPairing(
  { reader, tables: { fundPairings: t } }: Engine,
  id: string,
): Promise<FundPairing | undefined> {
  const [row] = await reader.select().from(t).where(eq(t.id, id));
  return row;
}

/** 0 where nothing was paired yet. */
export async function lastNumber(
  { reader, tables: { fundPairings: t } }: Engine,
  statement: string,
): Promise<number> {
  const last = reader.select().from(t).where(eq(t.statement, statement)).orderBy(desc(t.number)).limit(1);
  const [row] = await last;
  return row?.number ?? 0;
}

/** Where a row is of one side alone, and in no pair. */
function isOpen({ reader, tables }: Engine, side: OpenSide) {
  const { fundPairingRows: r, fundPairingSplits: s, fundDifferences: d } = tables;
  const pair = reader
    .select({ one: sql`1` })
    .from(r)
    .leftJoin(s, eq(s.pairing, r.pairing))
    .where(and(eq(r.difference, d.id), isNull(s.id)));
  const of =
    side === 'ours'
      ? eq(d.kind, 'missing-there')
      : and(isNull(d.ours), isNotNull(d.theirs), ne(d.kind, 'amount'));
  return and(of, notExists(pair));
}

export async function openOf(
  engine: Engine,
  { statement, side, after, limit }: { statement: string; side: OpenSide; after?: string; limit: number },
): Promise<KeptDifference[]> {
  const { fundDifferences: t } = engine.tables;
  const later = after === undefined ? undefined : gt(t.id, after);
  return engine.reader
    .select()
    .from(t)
    .where(and(eq(t.statement, statement), later, isOpen(engine, side)))
    .orderBy(asc(t.id))
    .limit(limit);
}

/** In fen, what stands on one side alone and is in no pair; and how many rows. */
export async function openSums(engine: Engine, statement: string) {
  const { fundDifferences: t } = engine.tables;
  const of = async (side: OpenSide) => {
    const [row] = await engine.reader
      .select({ rows: count(), fen: sql<number>`coalesce(sum(${t[side]}), 0)`.mapWith(Number) })
      .from(t)
      .where(and(eq(t.statement, statement), isOpen(engine, side)));
    return { rows: row?.rows ?? 0, fen: row?.fen ?? 0 };
  };
  return { theirs: await of('theirs'), ours: await of('ours') };
}
