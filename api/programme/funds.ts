/** Funds: who pays for points. The fund for a unit at a place is that of the nearest place upwards. */
import { and, asc, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Places } from '../places/index.ts';
import { problem, type Deps, type Problem } from '../platform/index.ts';

export type Fund = {
  id: string;
  book: number;
  place: string;
  name: string;
  unit: string;
  rateMicro: number;
  budgetReturns: boolean;
};

export async function findFund(
  { engine, places }: { engine: Engine; places: Places },
  input: { place: string; unit: string },
): Promise<Fund | undefined> {
  const { funds } = engine.tables;
  for (const { id } of await places.lineage(input.place)) {
    const [row] = await engine.reader
      .select()
      .from(funds)
      .where(and(eq(funds.place, id), eq(funds.unit, input.unit)));
    if (row) return row;
  }
  return undefined;
}

export async function getFund(engine: Engine, id: string): Promise<Fund | undefined> {
  const { funds } = engine.tables;
  const [row] = await engine.reader.select().from(funds).where(eq(funds.id, id));
  return row;
}

export async function fundsOf(engine: Engine, book: number): Promise<Fund[]> {
  const { funds } = engine.tables;
  return engine.reader.select().from(funds).where(eq(funds.book, book)).orderBy(asc(funds.id));
}

/** Opens a fund of a place for one unit; its budget is approved apart. */
export async function addFund(
  { engine, ids, clock }: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  input: Omit<Fund, 'id'>,
): Promise<Fund | Problem> {
  const { funds } = engine.tables;
  const row = { ...input, id: ids(), version: 1, createdAt: clock() };
  const made = await engine.db.insert(funds).values(row).onConflictDoNothing().returning({ id: funds.id });
  return made.length === 1 ? { ...input, id: row.id } : problem('already-exists');
}
