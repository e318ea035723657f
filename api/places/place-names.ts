import { inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

const AT_ONCE = 500;

/** What places are called, by their ids; one that is not there is left out. */
export async function placeNames(
  { reader, tables: { places: t } }: Engine,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const rows = await reader
      .select({ id: t.id, name: t.name })
      .from(t)
      .where(inArray(t.id, ids.slice(at, at + AT_ONCE)));
    for (const { id, name } of rows) names.set(id, name);
  }
  return names;
}
