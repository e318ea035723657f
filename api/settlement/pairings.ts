/** Reads of what persons paired by hand: the pairs of a statement, their rows, and what is still open on either side. */
import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  max,
  ne,
  notExists,
  or,
  sql,
} from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import type { Field } from './rules/difference.ts';
import { isOfOurs, isOfTheirs, leftOpen } from './rules/pairing.ts';
import { differencesById, type FunderStatement, type KeptDifference } from './statements.ts';

export type FundPairing = Tables['fundPairings']['$inferSelect'];
export type FundSplit = Tables['fundPairingSplits']['$inferSelect'];
/** How often something was ever paired and split, and when last: a later look that counts the same shows the same. */
export type Handwork = { pairs: number; splits: number; lastAt: number | null };
type Counted = { pairs: number; oursRows: number; differing: number; handwork: Handwork };
const UNTOUCHED: Counted = {
  ...{ pairs: 0, oursRows: 0, differing: 0, handwork: { pairs: 0, splits: 0, lastAt: null } },
};
export const OPEN_SIDES = ['theirs', 'ours'] as const;
export type OpenSide = (typeof OPEN_SIDES)[number];

/** The statement with what is left of its differences now. */
export function withPairs<One extends Pick<FunderStatement, 'differences'>>(
  statement: One,
  counted: Counted = UNTOUCHED,
): One & { paired: number; handwork: Handwork } {
  const differences = leftOpen(statement.differences, counted);
  return { ...statement, differences, paired: counted.pairs, handwork: counted.handwork };
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
      ...{ statement: p.statement, pairs: count(), splits: count(s.id) },
      ...{ pairedAt: max(p.at), splitAt: max(s.at) },
      oursRows: sql<number>`sum(case when ${s.id} is null then ${p.oursRows} else 0 end)`.mapWith(Number),
      differing:
        sql<number>`sum(case when ${s.id} is null and ${p.oursFen} <> ${p.theirsFen} then 1 else 0 end)`.mapWith(
          Number,
        ),
    })
    .from(p)
    .leftJoin(s, eq(s.pairing, p.id))
    .where(inArray(p.statement, [...statements]))
    .groupBy(p.statement);
  const counted = rows.map(({ statement, pairs, splits, pairedAt, splitAt, ...still }): [string, Counted] => {
    const handwork = { pairs, splits, lastAt: Math.max(pairedAt ?? 0, splitAt ?? 0) };
    return [statement, { ...still, pairs: pairs - splits, handwork }];
  });
  return new Map(counted);
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

/** In the order in which they were paired, those that were split, too; or only what was paired or split after an instant. */
export async function pairingsOf(
  { reader, tables }: Engine,
  {
    statement,
    after = 0,
    since,
    limit,
  }: { statement: string; after?: number; since?: number; limit: number },
): Promise<PairingRead[]> {
  const { fundPairings: p, fundPairingRows: r, fundPairingSplits: s, fundDifferences: d } = tables;
  const later = since === undefined ? undefined : or(gt(p.at, since), gt(s.at, since));
  const found = await reader
    .select({ pairing: p, split: s })
    .from(p)
    .leftJoin(s, eq(s.pairing, p.id))
    .where(and(eq(p.statement, statement), gt(p.number, after), later))
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

/** Those of the named rows that are of one side alone still, and in no pair. */
export async function openAmong(
  engine: Engine,
  { statement, ids }: { statement: string; ids: readonly string[] },
): Promise<KeptDifference[]> {
  const rows = await differencesById(engine, ids);
  const paired = await pairingOf(engine, ids);
  const isStillOpen = (row: KeptDifference) =>
    row.statement === statement && (isOfTheirs(row) || isOfOurs(row)) && !paired.has(row.id);
  return rows.filter(isStillOpen).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What is owed for documents and what is owed in the end are no one sum. */
export const OPEN_FIELDS = ['accepted', 'closing'] as const satisfies readonly Field[];
type OpenField = (typeof OPEN_FIELDS)[number];
export type OpenSums = Readonly<Record<OpenField, Readonly<Record<OpenSide, { rows: number; fen: number }>>>>;

/** In fen, what stands on one side alone and is in no pair; and how many rows: each kind by itself. */
export async function openSums(engine: Engine, statement: string): Promise<OpenSums> {
  const { fundDifferences: t } = engine.tables;
  const of = async (side: OpenSide) => {
    const summed = (field: OpenField) => ({
      rows: sql<number>`coalesce(sum(case when ${t.field} = ${field} then 1 else 0 end), 0)`.mapWith(Number),
      fen: sql<number>`coalesce(sum(case when ${t.field} = ${field} then ${t[side]} else 0 end), 0)`.mapWith(
        Number,
      ),
    });
    const [row] = await engine.reader
      .select({ accepted: summed('accepted'), closing: summed('closing') })
      .from(t)
      .where(and(eq(t.statement, statement), isOpen(engine, side)));
    return row ?? { accepted: { rows: 0, fen: 0 }, closing: { rows: 0, fen: 0 } };
  };
  const [theirs, ours] = [await of('theirs'), await of('ours')];
  return {
    accepted: { theirs: theirs.accepted, ours: ours.accepted },
    closing: { theirs: theirs.closing, ours: ours.closing },
  };
}
