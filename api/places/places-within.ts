/** A place and all that lies within it, level by level. */
import { inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

const PARENTS_AT_ONCE = 200;

/** Undefined where more than `most` lie within. */
export async function placesWithin(
  engine: Engine,
  { place, most }: { place: string; most: number },
): Promise<string[] | undefined> {
  const found = [place];
  for (let level = [place]; level.length > 0;) {
    const next: string[] = [];
    for (let at = 0; at < level.length; at += PARENTS_AT_ONCE) {
      const parents = level.slice(at, at + PARENTS_AT_ONCE);
      next.push(...(await childrenOf(engine, parents, most - found.length + 1)));
      if (found.length + next.length > most) return undefined;
    }
    found.push(...next);
    level = next;
  }
  return found;
}

async function childrenOf(
  { reader, tables: { places: t } }: Engine,
  parents: readonly string[],
  most: number,
): Promise<string[]> {
  const rows = await reader
    .select({ id: t.id })
    .from(t)
    .where(inArray(t.parent, [...parents]))
    .limit(most);
  return rows.map(({ id }) => id);
}
