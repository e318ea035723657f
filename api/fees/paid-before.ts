/** Money that earlier lists had for bills, of whose offsets no list has said more yet: what posts them now comes second. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { chunksOf } from '../places/index.ts';
import type { PostedRow } from './reconcile/reconciliation.ts';

export async function paidBefore({ db, tables }: Engine, estate: string): Promise<PostedRow[]> {
  const { breaks: b, postedRows: p } = tables;
  const isPayment = eq(p.state, 'paid-otherwise');
  const named = await db
    .selectDistinct({ list: p.import, house: p.house })
    .from(b)
    .innerJoin(p, eq(p.id, b.postedRow))
    .where(and(eq(b.estate, estate), eq(b.state, 'open'), eq(b.kind, 'paid-first'), isPayment));
  const lists = [...new Set(named.map(({ list }) => list))];
  const rows: PostedRow[] = [];
  for (const list of lists) {
    const houses = named.flatMap((each) => (each.list === list ? [each.house] : []));
    for (const some of chunksOf(houses))
      rows.push(
        ...(await db
          .select()
          .from(p)
          .where(and(eq(p.import, list), isPayment, inArray(p.house, some)))),
      );
  }
  return rows;
}
