/** How a firm's software wants a batch written: kept by version, each with who changed it and when. */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { firmServing, type Place, type ProductDeps } from '../places/index.ts';
import { dayOf } from '../programme/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';
import { usualLayout, type ExportLayout } from './rules/export-layout.ts';

export type LayoutVersion = Engine['tables']['exportLayouts']['$inferSelect'];
/** `version` is undefined while the firm has said nothing. */
export type LayoutInForce = {
  firm: Place | undefined;
  layout: ExportLayout;
  version: LayoutVersion | undefined;
};

type LayoutDeps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock'>;

/** The layout of the firm that looks after an estate. */
export async function layoutAt(
  { engine, places, clock }: Pick<LayoutDeps, 'engine' | 'places' | 'clock'>,
  estate: string,
): Promise<LayoutInForce> {
  const firm = await firmServing({ engine, places }, { estate, day: dayOf(clock()) });
  const [version] = firm ? await listLayouts(engine, { firm: firm.id, limit: 1 }) : [];
  return { firm, layout: version?.body ?? usualLayout, version };
}

/** The newest first, before the version `before`. */
export async function listLayouts(
  { reader, tables: { exportLayouts: t } }: Engine,
  { firm, before, limit }: { firm: string; before?: number; limit: number },
): Promise<LayoutVersion[]> {
  const earlier = before === undefined ? undefined : lt(t.number, before);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.firm, firm), earlier))
    .orderBy(desc(t.number))
    .limit(limit);
}

/** `after`: the number of the version that was shown, 0 for none; another one since is not written over. */
export async function saveLayout(
  deps: LayoutDeps,
  input: { estate: string; layout: ExportLayout; after: number; actor: Actor },
): Promise<LayoutInForce | Problem> {
  const { engine, ids, clock } = deps;
  const { firm, version } = await layoutAt(deps, input.estate);
  if (!firm) return problem('no-firm');
  if ((version?.number ?? 0) !== input.after) return problem('changed-meanwhile');
  const row = {
    ...{ id: ids(), version: 1, firm: firm.id, number: input.after + 1, body: input.layout },
    ...{ madeBy: actorText(input.actor), createdAt: clock() },
  };
  const { exportLayouts: t } = engine.tables;
  const saved = await engine.db.insert(t).values(row).onConflictDoNothing().returning({ id: t.id });
  return saved.length === 1 ? { firm, layout: row.body, version: row } : problem('changed-meanwhile');
}
