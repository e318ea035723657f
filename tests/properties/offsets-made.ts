/** Offsets as the rows have them, with what each member gave. */
import { desc, eq, inArray } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { partsOfOffset } from '../../api/fees/offset-parts.ts';

export type State = 'held' | 'exported' | 'posted' | 'cancelled' | 'returned' | 'reversed';
export type Made = {
  id: string;
  home: number;
  number: string;
  valueFen: number;
  state: State;
  parts: Part[];
};
type Part = { member: string; points: Readonly<Record<string, number>> };

export async function offsetsOf(engine: Engine, houses: readonly string[]): Promise<Made[]> {
  const { offsets: t } = engine.tables;
  const rows = await engine.db
    .select()
    .from(t)
    .where(inArray(t.house, [...houses]))
    .orderBy(t.id);
  return Promise.all(
    rows.map(async ({ id, house, number, valueFen, state, member, points }) => {
      const kept = await partsOfOffset(engine, id);
      const parts = kept.map((part) => ({ member: part.member, points: part.points }));
      return {
        ...{ id, home: houses.indexOf(house), number, valueFen, state },
        parts: parts.length > 0 ? parts : [{ member, points }],
      };
    }),
  );
}

/** What a machine has taken for a bill is, beside what was received in money, no more than its newest issue says. */
export async function expectRoom(
  { db, tables }: Engine,
  { offset, house }: { offset: string; house: string },
): Promise<void> {
  const { bills: t, offsets: o } = tables;
  const all = await db.select().from(o).where(eq(o.house, house));
  if (all.find(({ id }) => id === offset)?.state !== 'posted') return;
  const [bill] = await db.select().from(t).where(eq(t.house, house)).orderBy(desc(t.issue)).limit(1);
  const taken = all
    .filter(({ state }) => state === 'posted')
    .reduce((sum, { valueFen }) => sum + valueFen, 0);
  expect(bill?.state).toBe('open');
  expect(bill!.paidFen + taken).toBeLessThanOrEqual(bill!.amountFen);
}
