/** Of a list, the rows whose house is one that somebody may mean by what they typed. It only leaves rows out of what an index finds. */
import { and, eq, exists, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import { housePattern } from './rules/house-pattern.ts';

export function houseNamed(
  { reader, tables: { houses: h } }: Pick<Engine, 'reader' | 'tables'>,
  column: Tables['bills']['house'] | Tables['offsets']['house'],
  text = '',
): SQL | undefined {
  const named = housePattern(text).map((one) =>
    and(
      one.building === undefined ? undefined : eq(h.building, one.building),
      one.unit === undefined ? undefined : eq(h.unit, one.unit),
      one.rooms === undefined ? undefined : inArray(h.room, [...one.rooms]),
    ),
  );
  if (named.length === 0) return undefined;
  return exists(
    reader
      .select({ id: h.id })
      .from(h)
      .where(and(sql`${h.id} = ${column}`, or(...named))),
  );
}
