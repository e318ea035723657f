/** How a firm's software wants a batch written: kept by version, each with who changed it and when. */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { firmServing, type Place, type ProductDeps } from '../places/index.ts';
import { dayOf } from '../programme/index.ts';
import { usualLayout, type ExportLayout } from './rules/export-layout.ts';

export type LayoutVersion = Engine['tables']['exportLayouts']['$inferSelect'];
/** `version` is undefined while the firm has said nothing. */
export type LayoutInForce = {
  firm: Place | undefined;
  layout: ExportLayout;
  version: LayoutVersion | undefined;
};

/** The layout of the firm that looks after an estate. */
export async function layoutAt(
  { engine, places, clock }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
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
