/** Funds: who pays for points. The fund for a unit at a place is that of the nearest place upwards. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Places } from '../places/index.ts';
import { problem, together, type Deps, type Problem } from '../platform/index.ts';

export type Fund = {
  id: string;
  book: number;
  place: string;
  name: string;
  unit: string;
  rateMicro: number;
  budgetReturns: boolean;
};

/** By `place unit`. */
const fundAt = together(async ({ reader, tables: { funds } }: Engine, keys) => {
  const places = new Set(keys.map((key) => key.slice(0, key.indexOf(' '))));
  const rows = await reader
    .select()
    .from(funds)
    .where(inArray(funds.place, [...places]));
  return new Map(rows.map((row): [string, Fund] => [`${row.place} ${row.unit}`, row]));
});

export async function findFund(
  { engine, places }: { engine: Engine; places: Places },
  input: { place: string; unit: string },
): Promise<Fund | undefined> {
  const line = await places.lineage(input.place);
  const found = await Promise.all(line.map(({ id }) => fundAt(engine, `${id} ${input.unit}`)));
  return found.find((fund) => fund !== undefined);
}

export async function getFund(engine: Engine, id: string): Promise<Fund | undefined> {
  const { funds } = engine.tables;
  const [row] = await engine.reader.select().from(funds).where(eq(funds.id, id));
  return row;
}

/** The funds of one place, the first one first, after the fund `after`. */
export async function fundsAt(
  { reader, tables: { funds: t } }: Engine,
  { place, after, limit }: { place: string; after?: string; limit: number },
): Promise<Fund[]> {
  const later = after === undefined ? undefined : gt(t.id, after);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), later))
    .orderBy(asc(t.id))
    .limit(limit);
}

const AT_ONCE = 500;

/** All funds of several places, in the order of their ids. */
export async function fundsAtAll(engine: Engine, places: readonly string[]): Promise<Fund[]> {
  const { funds } = engine.tables;
  const found: Fund[] = [];
  for (let at = 0; at < places.length; at += AT_ONCE) {
    const some = places.slice(at, at + AT_ONCE);
    for (let after = ''; ;) {
      const rows = await engine.reader
        .select()
        .from(funds)
        .where(and(inArray(funds.place, some), gt(funds.id, after)))
        .orderBy(asc(funds.id))
        .limit(AT_ONCE);
      found.push(...rows);
      const last = rows.at(-1);
      if (last === undefined || rows.length < AT_ONCE) break;
      after = last.id;
    }
  }
  return places.length > AT_ONCE ? found.toSorted((a, b) => (a.id < b.id ? -1 : 1)) : found;
}

/** Funds by their ids; whatever is none is left out. */
export async function fundsById(engine: Engine, ids: readonly string[]): Promise<Map<string, Fund>> {
  const { funds } = engine.tables;
  if (ids.length === 0) return new Map();
  const rows = await engine.reader
    .select()
    .from(funds)
    .where(inArray(funds.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

export async function fundsOf(engine: Engine, book: number): Promise<Fund[]> {
  const { funds } = engine.tables;
  return engine.reader.select().from(funds).where(eq(funds.book, book)).orderBy(asc(funds.id));
}

const unitsKnown = new WeakMap<Engine, Map<number, Set<string>>>();

/** Whether anybody in the book gives points of this unit. A unit that is known stays known, so a till asks but once. */
export async function isUnitOf(
  engine: Engine,
  { book, unit }: { book: number; unit: string },
): Promise<boolean> {
  const books = unitsKnown.get(engine) ?? new Map<number, Set<string>>();
  unitsKnown.set(engine, books);
  if (books.get(book)?.has(unit)) return true;
  const units = new Set((await fundsOf(engine, book)).map((fund) => fund.unit));
  books.set(book, units);
  return units.has(unit);
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
