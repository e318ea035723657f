/** Breaks that outlive the list that found them: carried on by later lists, and settled by the one that has the offset. */
import { and, asc, eq, inArray, isNotNull, ne, notInArray, or, type SQL } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { OpenBreak } from './reconcile/carry-on.ts';

/** Every open break of an estate, the oldest first, with the firm's row that it is about. */
export async function openBreaks({ db, tables }: Engine, estate: string): Promise<OpenBreak[]> {
  const { breaks: b, postedRows: p } = tables;
  const rows = await db
    .select({ found: b, row: p })
    .from(b)
    .leftJoin(p, eq(p.id, b.postedRow))
    .where(and(eq(b.estate, estate), eq(b.state, 'open')))
    .orderBy(asc(b.id));
  return rows.map(({ found, row }) => {
    const { id, version, offset, differenceFen, proposal } = found;
    return { id, version, offset, kind: found.kind as OpenBreak['kind'], differenceFen, proposal, row };
  });
}

/** Which breaks a list has: its own, and those of earlier lists that it had again. */
export function ofList({ db, tables }: Pick<Engine, 'db' | 'tables'>, list: string): SQL | undefined {
  const { breaks: b } = tables;
  return or(eq(b.import, list), inArray(b.id, seenIn({ db, tables }, list)));
}

export type EarlierBreak = { id: string; version: number; kind: string };

/** The open breaks by offset that earlier lists found and this one has not: what its match of the offset settles. */
export async function earlierBreaks(
  { db, tables }: Engine,
  { estate, list }: { estate: string; list: string },
): Promise<Map<string, EarlierBreak[]>> {
  const { breaks: b } = tables;
  const rows = await db
    .select({ id: b.id, version: b.version, kind: b.kind, offset: b.offset })
    .from(b)
    .where(
      and(
        eq(b.estate, estate),
        eq(b.state, 'open'),
        isNotNull(b.offset),
        ne(b.import, list),
        notInArray(b.id, seenIn({ db, tables }, list)),
      ),
    );
  const found = new Map<string, EarlierBreak[]>();
  for (const { offset, ...row } of rows) {
    if (offset !== null) found.set(offset, [...(found.get(offset) ?? []), row]);
  }
  return found;
}

/** How a later list settles a break: by having the offset, or by finding something else about it. */
export function settledBy(list: string, resolution: 'later-list' | 'replaced') {
  return { state: 'resolved' as const, resolution, resolvedBy: 'system', settledImport: list };
}

function seenIn({ db, tables: { breaksSeenAgain: s } }: Pick<Engine, 'db' | 'tables'>, list: string) {
  return db.select({ id: s.breakId }).from(s).where(eq(s.import, list));
}
