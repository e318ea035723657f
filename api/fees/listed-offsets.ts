/** What a kept posted list is to settle: offsets that it matched, and those that it returns. */
import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Offset } from './offsets.ts';

export async function matchedOffsets({ db, tables }: Engine, id: string): Promise<Offset[]> {
  const { postedRows: p, offsets: t } = tables;
  const rows = await db
    .select({ offset: t })
    .from(p)
    .innerJoin(t, eq(t.id, p.matchedOffset))
    .where(and(eq(p.import, id), eq(p.state, 'posted'), eq(t.state, 'exported')))
    .orderBy(asc(t.id));
  return rows.map(({ offset }) => offset);
}

export async function returnedOffsets({ db, tables }: Engine, id: string) {
  const { breaks: b, offsets: t, postedRows: p } = tables;
  return db
    .select({ offset: t, found: { id: b.id, version: b.version }, postedOn: p.postedOn })
    .from(b)
    .innerJoin(t, eq(t.id, b.offset))
    .leftJoin(p, eq(p.id, b.postedRow))
    .where(
      and(
        ...[eq(b.import, id), eq(b.kind, 'returned'), eq(b.proposal, 'release'), eq(b.state, 'open')],
        eq(t.state, 'exported'),
      ),
    )
    .orderBy(asc(t.id));
}

/** By offset, the day of the firm's row. */
export async function daysOf({ db, tables: { postedRows: t } }: Engine, list: string) {
  const rows = await db
    .select({ offset: t.matchedOffset, day: t.postedOn })
    .from(t)
    .where(and(eq(t.import, list), isNotNull(t.matchedOffset), eq(t.state, 'posted')));
  return new Map(rows.map(({ offset, day }) => [offset ?? '', day]));
}
