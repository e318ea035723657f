/** The column mappings of a property firm: each name once, and each version only by whoever has seen the one before. */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import { firmServing, type ProductDeps } from '../places/index.ts';
import { dayOf } from '../programme/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';
import { mappingFault, type BillMapping } from './files/bill-mapping.ts';
import { faultField } from './mapping-faults.ts';

export type FeeMapping = Tables['feeMappings']['$inferSelect'];
type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock'>;

/** Nobody has so many layouts; each import looks for its header among them. */
const MOST = 50;

export async function saveMapping(
  { engine: shared, places, ids, clock }: Deps,
  input: BillMapping & { estate: string; version: number; actor: Actor },
): Promise<FeeMapping | Problem> {
  const { estate, version, actor, name, header, columns } = input;
  const fault = mappingFault({ header, columns });
  if (fault) return problem('invalid-input', { fields: [faultField(fault)] });
  const firm = await ownerOf({ engine: shared, places, clock }, estate);
  return shared.exclusively(`fee-mappings:${firm}`, async (engine) => {
    const { feeMappings: t } = engine.tables;
    const all = await mappingsOf(engine, firm);
    const before = all.find((mapping) => mapping.name === name);
    if (before && version === 0) return problem('already-exists', { fields: [nameTaken] });
    if ((before?.version ?? 0) !== version) return problem('changed-meanwhile');
    if (!before && all.length >= MOST) return problem('invalid-input', { fields: [tooMany] });
    const news = { header, columns, savedBy: actorText(actor), version: version + 1, createdAt: clock() };
    const row = { id: before?.id ?? ids(), firm, name, ...news };
    await engine.atomically((db) => [
      before ? db.update(t).set(news).where(eq(t.id, before.id)) : db.insert(t).values(row),
    ]);
    return row;
  });
}

/** Whose mappings an estate's files are read by: its firm's, or its own where it has none. */
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
  const rows = await db.select().from(t).where(eq(t.firm, firm)).limit(MOST);
  return rows.sort((a, b) => b.createdAt - a.createdAt);
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

const nameTaken = {
  field: 'name',
  zh: '已经有这个名称的方案，请换一个名称',
  en: 'There is a mapping of this name already; choose another',
};
const tooMany = {
  field: 'name',
  zh: `一家物业最多保存 ${MOST} 个方案，请修改已有的方案`,
  en: `A firm keeps at most ${MOST} mappings; change one of those it has`,
};
