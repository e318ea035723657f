import { and, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

/**
 * Protects: nobody acts for the dead. A death is registered where somebody lived, as the reason for which that ended; a
 * correction of the reason takes it back.
 */
export async function hasDied(
  { db, tables: { residencies: t } }: Pick<Engine, 'db' | 'tables'>,
  person: string,
): Promise<boolean> {
  const [row] = await db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.person, person), eq(t.endReason, 'death')))
    .limit(1);
  return row !== undefined;
}
