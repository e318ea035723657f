/** Offsets as the rows have them, with what each member gave. */
import { and, desc, eq, inArray } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { resolveBreak } from '../../api/fees/index.ts';
import { partsOfOffset } from '../../api/fees/offset-parts.ts';
import type { ProductDeps } from '../../api/places/index.ts';
import { actorText, isProblem, type PersonActor } from '../../api/platform/index.ts';

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

/** Of every bill line so many thousandths, rounded down: the demo's rule. */
const SHARE = 300;

/**
 * What has just been taken for a bill is, together with all that was taken of its line, no more than the rule lets points
 * pay of its newest issue; and beside what was received in money no more than the bill says, unless two people said so.
 */
export async function expectRoom(
  { db, tables }: Engine,
  { offset, house, byTwo = false }: { offset: string; house: string; byTwo?: boolean },
): Promise<void> {
  const { bills: t, offsets: o } = tables;
  const all = await db.select().from(o).where(eq(o.house, house));
  if (all.find(({ id }) => id === offset)?.state !== 'posted') return;
  const [bill] = await db.select().from(t).where(eq(t.house, house)).orderBy(desc(t.issue)).limit(1);
  const taken = all
    .filter(({ state }) => state === 'posted')
    .reduce((sum, { valueFen }) => sum + valueFen, 0);
  expect(bill?.state).toBe('open');
  expect(taken).toBeLessThanOrEqual(Math.floor((bill!.amountFen * SHARE) / 1_000));
  if (!byTwo) expect(bill!.paidFen + taken).toBeLessThanOrEqual(bill!.amountFen);
}

type Accepting = {
  estate: string;
  houses: readonly string[];
  /** One after the other; what takes two waits for the second. */
  people: readonly PersonActor[];
};

/** What the firm has posted although its bill is another one by now, accepted where that is possible. Whether any was. */
export async function acceptOpen(deps: ProductDeps, { estate, houses, people }: Accepting): Promise<boolean> {
  const { breaks: t, offsets: o } = deps.engine.tables;
  const open = await deps.engine.db
    .select({ id: t.id, offset: o })
    .from(t)
    .innerJoin(o, eq(o.id, t.offset))
    .where(
      and(eq(t.estate, estate), eq(t.state, 'open'), eq(o.state, 'exported'), inArray(o.house, [...houses])),
    )
    .orderBy(t.id);
  let isAny = false;
  for (const { id, offset } of open)
    for (const actor of people) {
      const [before] = await deps.engine.db.select().from(t).where(eq(t.id, id));
      if (before?.state !== 'open') break;
      const ask = { key: uuid(), scope: `place:${estate}` };
      const said = { resolution: 'accept' as const, comment: '账单放得下' };
      const done = await resolveBreak(deps, { break: id, ...said, actor, ...ask });
      if (isProblem(done)) continue;
      const [after] = await deps.engine.db.select().from(t).where(eq(t.id, id));
      if (after?.state !== 'resolved') continue;
      isAny = true;
      const byTwo = before.asked !== null && before.asked.by !== actorText(actor);
      await expectRoom(deps.engine, { offset: offset.id, house: offset.house, byTwo });
    }
  return isAny;
}
