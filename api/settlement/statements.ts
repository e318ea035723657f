/** Reads of funders' statements: the versions of a fund's month, what differs, and who agreed. */
import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import { getFund, type Month } from '../programme/index.ts';

export type FunderStatement = Tables['funderStatements']['$inferSelect'];
export type FundAgreement = Tables['fundAgreements']['$inferSelect'];
export type KeptDifference = Tables['fundDifferences']['$inferSelect'];

export const SIDES = ['funder', 'staff'] as const;
export type AgreeingSide = (typeof SIDES)[number];

/** More versions than anybody sends of one month. */
const MOST_VERSIONS = 50;

/** The latest first. */
export async function statementsOf(
  { reader, tables: { funderStatements: t } }: Engine,
  { fund, month }: { fund: string; month: Month },
): Promise<FunderStatement[]> {
  return reader
    .select()
    .from(t)
    .where(and(eq(t.fund, fund), eq(t.month, month)))
    .orderBy(desc(t.number))
    .limit(MOST_VERSIONS);
}

export async function findFunderStatement(
  { reader, tables: { funderStatements: t } }: Engine,
  id: string,
): Promise<FunderStatement | undefined> {
  const [row] = await reader.select().from(t).where(eq(t.id, id));
  return row;
}

/** Of a statement, or of a pair of one: where its fund is. */
export async function placeOfStatement(engine: Engine, id: string | undefined): Promise<string | undefined> {
  const statement = id === undefined ? undefined : await findFunderStatement(engine, id);
  return statement && (await getFund(engine, statement.fund))?.place;
}

/** Whoever agrees says why, where it is not plain that both sides say the same. */
export function needsRemark(
  of: Pick<FunderStatement, 'oursFen' | 'theirsFen' | 'differences' | 'rejected'>,
): boolean {
  const { oursFen, theirsFen, differences, rejected } = of;
  return differences > 0 || rejected > 0 || (theirsFen !== null && theirsFen !== oursFen);
}

/** In the order in which they were found: as the rows stand in the statement, then what it does not have. */
export async function differencesOf(
  { reader, tables: { fundDifferences: t } }: Engine,
  { statement, after, limit }: { statement: string; after?: string; limit: number },
): Promise<KeptDifference[]> {
  const later = after === undefined ? undefined : gt(t.id, after);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.statement, statement), later))
    .orderBy(asc(t.id))
    .limit(limit);
}

export async function differencesById(
  { reader, tables: { fundDifferences: t } }: Engine,
  ids: readonly string[],
): Promise<KeptDifference[]> {
  return reader
    .select()
    .from(t)
    .where(inArray(t.id, [...ids]));
}

/** By statement and side; at most two of each. */
export async function agreementsOf(
  { reader, tables: { fundAgreements: t } }: Engine,
  statements: readonly string[],
): Promise<FundAgreement[]> {
  if (statements.length === 0) return [];
  return reader
    .select()
    .from(t)
    .where(inArray(t.statement, [...statements]));
}
