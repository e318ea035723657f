/** The column mappings of a property firm: each name once. */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import { firmServing, type ProductDeps } from '../places/index.ts';
import { dayOf } from '../programme/index.ts';
import type { BillMapping } from './files/bill-mapping.ts';

export type FeeMapping = Tables['feeMappings']['$inferSelect'];

/** Nobody has so many layouts; each import looks for its header among them. */
export const MOST_MAPPINGS = 50;

/** Whose settings hold at an estate: its firm's, or its own where it has none. */
export async function ownerOf(
  { clock, ...sources }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  estate: string,
): Promise<string> {
  return (await firmServing(sources, { estate, day: dayOf(clock()) }))?.id ?? estate;
}

/** All of a firm, the latest saved first: where two are made for one header, the newer is used. */
export async function mappingsOf(
  { db, tables: { feeMappings: t } }: Engine,
  firm: string,
): Promise<FeeMapping[]> {
  const rows = await db.select().from(t).where(eq(t.firm, firm)).orderBy(desc(t.id)).limit(MOST_MAPPINGS);
  return rows.sort((a, b) => b.createdAt - a.createdAt);
}

/**
 * What an estate's files are read by: those of its firm and, before them, what somebody asked for at this very estate and
 * waits for a second person; the firm's other estates have it once that one has approved.
 */
export async function mappingsAt(
  engine: Engine,
  { firm, estate }: { firm: string; estate: string },
): Promise<BillMapping[]> {
  const { firmChanges: t } = engine.tables;
  const rows = await engine.db
    .select({ name: t.name, after: t.after })
    .from(t)
    .where(and(eq(t.firm, firm), eq(t.kind, 'mapping'), eq(t.state, 'waiting'), eq(t.estate, estate)))
    .limit(MOST_MAPPINGS);
  const asked = rows.flatMap(({ name, after }) => {
    const its = after === null ? undefined : (JSON.parse(after) as Pick<BillMapping, 'header' | 'columns'>);
    return its ? [{ name, ...its }] : [];
  });
  const names = new Set(asked.map(({ name }) => name));
  return [...asked, ...(await mappingsOf(engine, firm)).filter(({ name }) => !names.has(name))];
}

/** Newest first, before the one with the id `before`. */
export async function listMappings(
  { reader, tables: { feeMappings: t } }: Engine,
  { firm, before, limit }: { firm: string; before?: string; limit: number },
): Promise<FeeMapping[]> {
  return reader
    .select()
    .from(t)
    .where(and(eq(t.firm, firm), before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
}
