/** Which house is meant where a firm writes something else: decided by a person, remembered for the next file. */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import { findHouseByName, parseHouse, type House, type ProductDeps } from '../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';

export type HouseNameRow = Tables['houseNames']['$inferSelect'] & { code: House };

type Decision = { estate: string; written: string; house: string; version: number; actor: Actor };

/** `house` is its code, `3-2-0501`; `version` is 0 for what nobody has decided yet. */
export async function decideHouse(
  { engine: shared, ids, clock }: Pick<ProductDeps, 'engine' | 'ids' | 'clock'>,
  { estate, written, version, actor, ...said }: Decision,
): Promise<HouseNameRow | Problem> {
  const parsed = parseHouse({ room: said.house });
  const found = 'house' in parsed ? await findHouseByName(shared, { ...parsed.house, estate }) : undefined;
  if (!found) return problem('invalid-input', { fields: [noSuchHouse(said.house)] });
  return shared.exclusively(`house-names:${estate}`, async (engine) => {
    const { houseNames: t } = engine.tables;
    const [before] = await engine.db
      .select()
      .from(t)
      .where(and(eq(t.estate, estate), eq(t.written, written)));
    if ((before?.version ?? 0) !== version) return problem('changed-meanwhile');
    const news = { house: found.id, decidedBy: actorText(actor), version: version + 1, createdAt: clock() };
    const row = { id: before?.id ?? ids(), estate, written, ...news };
    await engine.atomically((db) => [
      before ? db.update(t).set(news).where(eq(t.id, before.id)) : db.insert(t).values(row),
    ]);
    return { ...row, code: found };
  });
}

/** `version`: as it was seen; 0 for what nobody has decided. Bills that were taken in by it stay. */
export function forgetHouse(
  shared: Engine,
  { estate, written, version }: Pick<Decision, 'estate' | 'written' | 'version'>,
): Promise<Problem | undefined> {
  return shared.exclusively(`house-names:${estate}`, async (engine) => {
    const { houseNames: t } = engine.tables;
    const own = and(eq(t.estate, estate), eq(t.written, written));
    const [before] = await engine.db.select({ version: t.version }).from(t).where(own);
    if ((before?.version ?? 0) !== version) return problem('changed-meanwhile');
    if (before) await engine.atomically((db) => [db.delete(t).where(own)]);
    return undefined;
  });
}

/** By what is written. An estate has as many as its people decided one by one. */
export async function decidedHouses(
  { db, tables: { houseNames: t, houses } }: Engine,
  estate: string,
): Promise<Map<string, House>> {
  const rows = await db
    .select({ written: t.written, house: houses })
    .from(t)
    .innerJoin(houses, eq(houses.id, t.house))
    .where(eq(t.estate, estate));
  return new Map(rows.map(({ written, house }) => [written, house]));
}

/** Newest first, before the one with the id `before`. */
export async function listHouseNames(
  { reader, tables: { houseNames: t, houses } }: Engine,
  { estate, before, limit }: { estate: string; before?: string; limit: number },
): Promise<HouseNameRow[]> {
  const rows = await reader
    .select({ name: t, code: houses })
    .from(t)
    .innerJoin(houses, eq(houses.id, t.house))
    .where(and(eq(t.estate, estate), before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
  return rows.map(({ name, code }) => ({ ...name, code }));
}

function noSuchHouse(code: string) {
  return {
    field: 'house',
    zh: `花名册里没有“${code}”这套房屋，请写成 3-2-0501 这样，开头的 0 也要写上`,
    en: `The roster has no house “${code}”; write it like 3-2-0501, leading zeros included`,
  };
}
