import { and, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { together } from '../platform/index.ts';

/** The day on which somebody died, as `2026-06-30`; undefined for whoever lives. */
export async function diedOn(
  { reader, tables: { residencies: t } }: Pick<Engine, 'reader' | 'tables'>,
  person: string,
): Promise<string | undefined> {
  const rows = await reader
    .select({ until: t.until })
    .from(t)
    .where(and(eq(t.person, person), eq(t.endReason, 'death')));
  const [first] = rows.flatMap(({ until }) => until ?? []).toSorted();
  // `until` is the first day without them.
  return first && new Date(Date.parse(first) - DAY_MS).toISOString().slice(0, 10);
}

const DAY_MS = 24 * 3_600_000;

/** Asked on each request and at each sale, so together with those of the same moment. */
const deaths = together(async ({ db, tables: { residencies: t } }: Pick<Engine, 'db' | 'tables'>, people) => {
  const rows = await db
    .selectDistinct({ person: t.person })
    .from(t)
    .where(and(inArray(t.person, [...people]), eq(t.endReason, 'death')));
  return new Map(rows.map(({ person }) => [person, true]));
});

/**
 * Protects: nobody acts for the dead. A death is registered where somebody lived, as the reason for which that ended; a
 * correction of the reason takes it back.
 */
export async function hasDied(engine: Pick<Engine, 'db' | 'tables'>, person: string): Promise<boolean> {
  return (await deaths(engine, person)) === true;
}
