/** What an accountant has to do with the firm: breaks, offsets to hand over, lists to bring back, months to close. */
import { and, asc, desc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { waitingAt, workplaces, type ProductDeps } from '../places/index.ts';
import { waitingOf, type Waiter, type WaitingCounter } from '../platform/index.ts';
import { monthOf, periodOfMonth, type Month } from '../programme/index.ts';
import { findWaitingClosing } from './ask-to-close.ts';
import type { ExportBatch } from './batches.ts';
import { monthClosing } from './breaks/carry-break.ts';
import { offsetsWaiting } from './export-offsets.ts';
import { monthsOfPlace, offsetsOfMonth } from './months-of-place.ts';
import type { BreakRow } from './resolve-break.ts';
import { nextToClose } from './rules/month-order.ts';

type Sources = Pick<ProductDeps, 'engine' | 'clock'>;
type Asked = { estate: string; limit: number };

export const exchangeWaiting =
  (deps: ProductDeps): WaitingCounter =>
  async (actor) => {
    const estates = await workplaces(deps, actor, { roles: ['accountant'], kinds: ['estate'] });
    const at = <Row>(read: (sources: Sources, asked: Asked) => Promise<readonly Row[]>) =>
      waitingAt(estates, (estate, limit) => read(deps, { estate, limit }));
    const [breaks, offsets, batches, months] = [
      await at(breaksToResolve),
      await at(({ engine: { reader, tables }, clock }, asked) =>
        offsetsWaiting(reader, tables, { ...asked, now: clock() }),
      ),
      await at(batchesOut),
      await at(monthToClose),
    ];
    const since = ({ estate, createdAt }: { estate: string; createdAt: number }): Waiter => {
      return { place: estate, since: createdAt };
    };
    return [
      ...waitingOf('resolve-break', breaks.rows.map(since), breaks.isCut),
      ...waitingOf('hand-over', offsets.rows.map(since), offsets.isCut),
      ...waitingOf('bring-posted-list', batches.rows.map(since), batches.isCut),
      ...waitingOf(
        'ask-to-close',
        months.rows.map(({ place, over }) => ({ place, since: over })),
      ),
    ];
  };

/**
 * Open, and nobody has asked for anything yet: what was asked for waits for its second person, and what was carried on
 * until its month is the one to close.
 */
async function breaksToResolve(sources: Sources, { estate, limit }: Asked): Promise<BreakRow[]> {
  const { engine } = sources;
  const { breaks: t } = engine.tables;
  const closing = await monthClosing(sources, estate);
  return engine.reader
    .select()
    .from(t)
    .where(
      and(
        ...[eq(t.estate, estate), eq(t.state, 'open'), isNull(t.asked)],
        or(isNull(t.carriedTo), lte(t.carriedTo, closing)),
      ),
    )
    .orderBy(asc(t.id))
    .limit(limit);
}

/** Batches in the firm's hands since its last posted list, the first of them first. */
export async function batchesOut({ engine }: Sources, { estate, limit }: Asked): Promise<ExportBatch[]> {
  const { exportBatches: t, imports: i } = engine.tables;
  const [last] = await engine.reader
    .select({ id: i.id })
    .from(i)
    .where(and(eq(i.place, estate), eq(i.kind, 'posted-list')))
    .orderBy(desc(i.id))
    .limit(1);
  return engine.reader
    .select()
    .from(t)
    .where(and(eq(t.estate, estate), isNull(t.takenBack), last && gt(t.id, last.id)))
    .orderBy(asc(t.id))
    .limit(limit);
}

/** The month whose turn it is, if it is over, nothing of it is still to be handed over, and nobody has asked yet. */
async function monthToClose(
  { engine, clock }: Sources,
  { estate }: Asked,
): Promise<{ place: string; month: Month; over: number }[]> {
  const months = await monthsOfPlace(engine, estate);
  if (months.closed.length === 0 && months.begins === undefined) return [];
  const month = nextToClose(months, monthOf(clock()));
  const { end } = periodOfMonth(month);
  if (clock() < end || (await findWaitingClosing(engine, estate))) return [];
  const { notHandedOver } = await offsetsOfMonth(engine, estate, month);
  return notHandedOver > 0 ? [] : [{ place: estate, month, over: end }];
}
