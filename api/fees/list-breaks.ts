/** Breaks as they are listed: of a posted list, or of an estate in one state, in the order that is asked for. */
import { and, asc, desc, eq, lt, lte, sql, type SQL } from 'drizzle-orm';
import { beyond, type Engine } from '../db/index.ts';
import type { After } from '../platform/index.ts';
import { ofList } from './open-breaks.ts';
import type { BreakRow } from './resolve-break.ts';

/** `most`: the largest difference, too much or too little. */
export const BREAK_SORTS = ['newest', 'oldest', 'most'] as const;
export type BreakSort = (typeof BREAK_SORTS)[number];

/** Where a page of breaks ends, for the next one. */
export function breakKey(sort: BreakSort): (found: Pick<BreakRow, 'id' | 'differenceFen'>) => After {
  return ({ id, differenceFen }) => ({ id, value: sort === 'most' ? Math.abs(differenceFen) : id });
}

/** Breaks that a posted list has, its own and those it had again; the newest first, before the break `before`. */
export async function breaksOfList(
  { reader, tables }: Engine,
  input: { import: string; before?: string; limit: number },
): Promise<BreakRow[]> {
  const { breaks: t } = tables;
  const { import: list, before, limit } = input;
  return reader
    .select()
    .from(t)
    .where(and(ofList({ db: reader, tables }, list), before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
}

/** Breaks of an estate in one state, after the break `before` in the order that is asked for. */
export async function breaksOfEstate(
  { reader, tables: { breaks: t } }: Engine,
  input: { estate: string; state: BreakRow['state']; sort?: BreakSort; before?: After; limit: number },
): Promise<BreakRow[]> {
  const { estate, state, sort = 'newest', before, limit } = input;
  const size = sql<number>`abs(${t.differenceFen})`;
  const [way, order] = sort === 'oldest' ? (['up', asc] as const) : (['down', desc] as const);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.estate, estate), eq(t.state, state), before && isAfter()))
    .orderBy(...(sort === 'most' ? [order(size), order(t.id)] : [order(t.id)]))
    .limit(limit);

  function isAfter(): SQL | undefined {
    if (!before) return undefined;
    if (sort !== 'most') return beyond([t.id], [before.id], way);
    // An index on what is worked out answers the first of these; the second drops what the page before had.
    return and(lte(size, before.value), sql`(${size} < ${before.value} or ${t.id} < ${before.id})`);
  }
}
