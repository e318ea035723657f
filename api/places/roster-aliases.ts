/** By what other names and phones a roster may know somebody: those of registrations that were merged into theirs. */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPerson } from '../identity/index.ts';
import type { RosterRow } from './files/roster.ts';
import { chunksOf } from './imports.ts';
import type { Places } from './place-tree.ts';
import type { Alias } from './roster-plan.ts';

/** Of whoever lives or lived in the estate, and of whoever of the same book was once known by a phone of the file. */
export async function aliasesOf(
  engine: Engine,
  places: Places,
  { estate, rows }: { estate: string; rows: readonly RosterRow[] },
): Promise<{ aliases: Alias[]; keepers: Alias[] }> {
  const { houses: h, residencies: r, people: p } = engine.tables;
  const columns = { id: p.mergedInto, name: p.name, phone: p.phone };
  const found = await engine.db
    .selectDistinct(columns)
    .from(h)
    .innerJoin(r, eq(r.house, h.id))
    .innerJoin(p, eq(p.mergedInto, r.person))
    .where(eq(h.estate, estate));
  const book = (await places.bookOf(estate)) ?? 0;
  const phones = [...new Set(rows.flatMap(({ phone }) => (phone === undefined ? [] : [phone])))];
  for (const some of chunksOf(phones)) {
    const merged = await engine.db
      .select(columns)
      .from(p)
      .where(and(inArray(p.phone, some), isNotNull(p.mergedInto)));
    for (const row of merged) if ((await places.booksOf(row.id ?? '')).has(book)) found.push(row);
  }
  const aliases = found.flatMap(({ id, name, phone }) =>
    id === null || name === null ? [] : [{ id, name, phone }],
  );
  const keepers = new Map<string, Alias>();
  for (const { id } of aliases) {
    const keeper = keepers.has(id) ? undefined : await findPerson(engine, id);
    if (keeper && keeper.name !== null) keepers.set(id, { id, name: keeper.name, phone: keeper.phone });
  }
  return { aliases, keepers: [...keepers.values()] };
}
