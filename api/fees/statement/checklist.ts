/** What is looked at before a month is closed, in the order in which it is done. */
import { and, count, eq, isNotNull } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { listImports, type ProductDeps } from '../../places/index.ts';
import { isExpiryDue, monthOf, periodOfMonth, type Month } from '../../programme/index.ts';
import { totalBills } from '../find-bills.ts';
import { monthsOfPlace, offsetsByStage } from '../months-of-place.ts';
import { carriedBeyond, openBreaksOfMonth } from '../open-breaks.ts';
import { nextToClose } from '../rules/month-order.ts';
import type { CHECKS } from './statement.schemas.ts';

/** `blocks`: the month cannot be closed before it is done. `told`: it can, and whoever closes it knows. */
export type Check = {
  check: (typeof CHECKS)[number];
  state: 'done' | 'told' | 'blocks';
  count: number;
  valueFen?: number;
  differenceFen?: number;
};
export type Checklist = { month: Month; checks: Check[] };

export async function closingChecklist(
  deps: Pick<ProductDeps, 'engine' | 'clock'>,
  { place, book }: { place: string; book: number },
): Promise<Checklist> {
  const { engine, clock } = deps;
  const month = nextToClose(await monthsOfPlace(engine, place), monthOf(clock()));
  const { end } = periodOfMonth(month);
  const bills = await totalBills(engine, { estate: place, period: month });
  const { held, exported, posted } = await offsetsByStage(engine, { estate: place, month });
  const lists = await listImports(engine, { place, kind: 'posted-list', limit: 1 });
  const breaks = await openBreaksOfMonth(engine, { estate: place, month });
  const { list: _, ...carried } = await carriedBeyond(engine, { estate: place, month });
  const asked = await countAsked(engine, place);
  const isOver = clock() >= end;
  const isDue = isOver && (await isExpiryDue(engine, book, end));
  const hasList = lists.length > 0 || exported.count + posted.count === 0;
  const stateIf = (done: boolean, otherwise: 'told' | 'blocks') => (done ? 'done' : otherwise);
  return {
    month,
    checks: [
      { check: 'over', state: stateIf(isOver, 'blocks'), count: 0 },
      {
        check: 'bills',
        state: stateIf(bills.count > 0, 'told'),
        count: bills.count,
        valueFen: bills.amountFen,
      },
      {
        check: 'handed-over',
        state: stateIf(held.count === 0, 'blocks'),
        count: held.count,
        valueFen: held.valueFen,
      },
      {
        check: 'posted-list',
        state: stateIf(hasList && exported.count === 0, 'told'),
        count: exported.count,
        valueFen: exported.valueFen,
      },
      { check: 'breaks', state: stateIf(breaks.count === 0, 'told'), ...breaks },
      // Known, signed for with the month, and looked at again with the next one.
      ...(carried.count > 0 ? [{ check: 'carried' as const, state: 'told' as const, ...carried }] : []),
      { check: 'approvals', state: stateIf(asked === 0, 'told'), count: asked },
      { check: 'expiry', state: stateIf(isOver && !isDue, 'blocks'), count: 0 },
    ],
  };
}

/** Resolutions of breaks that wait for a second person. */
async function countAsked({ reader, tables: { breaks: t } }: Engine, estate: string): Promise<number> {
  const [row] = await reader
    .select({ count: count() })
    .from(t)
    .where(and(eq(t.estate, estate), eq(t.state, 'open'), isNotNull(t.asked)));
  return row?.count ?? 0;
}
