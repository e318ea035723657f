/** What the firm works on: of an estate the month that is closed next, how far it is, and what comes next. */
import type { Engine } from '../db/index.ts';
import { listImports, type Place, type ProductDeps } from '../places/index.ts';
import { dayOf, findRule, monthOf, periodOfMonth, type Month } from '../programme/index.ts';
import { findWaitingClosing, type ClosureRequest } from './ask-to-close.ts';
import { totalBills, type BillTotals } from './find-bills.ts';
import { countsByMonth, monthsOfPlace, offsetsByStage, type OffsetsByStage } from './months-of-place.ts';
import { openBreaksByMonth, openBreaksOfMonth, type OpenBreaksOfMonth } from './open-breaks.ts';
import { nextToClose, openMonths } from './rules/month-order.ts';
import { nextStep, type NextStep } from './rules/next-step.ts';
import { offsetRuleSchema } from './rules/offset.schemas.ts';
import { batchesOut } from './waiting-exchange.ts';

export type EstateAtWork = {
  estate: Place;
  month: Month;
  bills: BillTotals;
  offsets: OffsetsByStage;
  breaks: OpenBreaksOfMonth;
  /** The last day on which residents can offset; undefined where no rule says one. */
  cutOffDay: string | undefined;
  lastDay: string;
  over: boolean;
  asked: ClosureRequest | undefined;
  next: NextStep;
  /** Months that are not closed yet, the one above first, and how much of each is left to do. */
  open: OpenMonth[];
  /** So many later ones are not closed either. */
  openMore: number;
  /** When the last file of bills came. */
  importedAt: number | undefined;
};
type OpenMonth = {
  month: Month;
  bills: number;
  held: number;
  handedOver: number;
  breaks: number;
  over: boolean;
};

/** An estate that is further behind begins with the oldest. */
const MOST_OPEN = 12;

export async function estateAtWork(
  deps: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  estate: Place,
): Promise<EstateAtWork> {
  const { engine, clock } = deps;
  const now = clock();
  const months = await monthsOfPlace(engine, estate.id);
  // An estate that has nothing yet begins with the month that runs.
  const isNew = months.closed.length === 0 && months.begins === undefined;
  const month = isNew ? monthOf(now) : nextToClose(months, monthOf(now));
  const of = { estate: estate.id, month };
  const { end } = periodOfMonth(month);
  const [bills, offsets, breaks, out, asked, cutOffDay] = [
    await totalBills(engine, { estate: estate.id, period: month }),
    await offsetsByStage(engine, of),
    await openBreaksOfMonth(engine, of),
    await batchesOut(deps, { estate: estate.id, limit: 1 }),
    await findWaitingClosing(engine, estate.id),
    await cutOffOf(deps, of),
  ];
  const lastDay = dayOf(end - 1);
  const over = now >= end;
  const next = nextStep({
    ...{ bills: bills.count, batchesOut: out.length, openBreaks: breaks.count, over },
    ...{ held: offsets.held.count, handedOver: offsets.exported.count, posted: offsets.posted.count },
    ...{ cutOff: dayOf(now) > (cutOffDay ?? lastDay), asked: asked !== undefined },
  });
  const [newest] = await listImports(engine, { place: estate.id, kind: 'bills', limit: 1 });
  const here = { month, bills: bills.count, held: offsets.held.count, handedOver: offsets.exported.count };
  const first = { ...here, breaks: breaks.count, over };
  const all = isNew ? [month] : openMonths(months, monthOf(now));
  const openMore = Math.max(0, all.length - MOST_OPEN);
  const later = all.slice(0, MOST_OPEN).filter((one) => one !== month);
  const open = [first, ...(await openLater(engine, { estate: estate.id, months: later, now }))];
  const rest = { cutOffDay, lastDay, over, asked, next, open, openMore, importedAt: newest?.createdAt };
  return { estate, month, bills, offsets, breaks, ...rest };
}

/** All of them are counted together: an estate that is a year behind asks the database no oftener. */
async function openLater(
  engine: Engine,
  { estate, months, now }: { estate: string; months: readonly Month[]; now: number },
): Promise<OpenMonth[]> {
  if (months.length === 0) return [];
  const { bills, held, exported } = await countsByMonth(engine, { estate, months });
  const breaks = await openBreaksByMonth(engine, estate);
  return months.map((month) => ({
    month,
    bills: bills.get(month) ?? 0,
    held: held.get(month) ?? 0,
    handedOver: exported.get(month) ?? 0,
    breaks: (breaks.get(month) ?? 0) + (breaks.get('') ?? 0),
    over: now >= periodOfMonth(month).end,
  }));
}

async function cutOffOf(
  deps: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  { estate, month }: { estate: string; month: Month },
): Promise<string | undefined> {
  const found = await findRule(deps, { kind: 'offset', place: estate, at: deps.clock() });
  const rule = found && offsetRuleSchema.safeParse(found.body);
  if (!rule?.success) return undefined;
  const lastOfMonth = dayOf(periodOfMonth(month).end - 1);
  const day = `${month}-${String(rule.data.cutOffDay).padStart(2, '0')}`;
  return day < lastOfMonth ? day : lastOfMonth;
}
