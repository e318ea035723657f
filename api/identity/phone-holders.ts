import { and, eq, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

/** More than these share no phone. */
const MOST = 20;

/** Who has a phone: whoever gets a code on it can sign in as each of them. A row that was merged is nobody. */
export function phoneHolders(
  { db, tables: { people: t } }: Engine,
  phone: string,
): Promise<{ id: string; name: string | null }[]> {
  return db
    .select({ id: t.id, name: t.name })
    .from(t)
    .where(and(eq(t.phone, phone), isNull(t.mergedInto)))
    .limit(MOST);
}
