/** What is open about a list's rows, and about the offsets that may be theirs. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { BreakRow } from '../resolve-break.ts';

export async function breaksAboutRows(
  { db, tables: { breaks: b } }: Engine,
  list: string,
  rows: readonly string[],
): Promise<BreakRow[]> {
  return db
    .select()
    .from(b)
    .where(and(eq(b.import, list), eq(b.state, 'open'), inArray(b.postedRow, [...rows])));
}

/** The open breaks of a list that ask which row posts their offset. */
export async function askingForRows({ db, tables: { breaks: b, offsets: o } }: Engine, list: string) {
  return db
    .select({ found: b, offset: o })
    .from(b)
    .innerJoin(o, eq(o.id, b.offset))
    .where(and(eq(b.import, list), eq(b.state, 'open'), eq(b.proposal, 'choose')));
}
