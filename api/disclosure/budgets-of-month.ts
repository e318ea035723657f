/** The budgets that pay for an estate: what was approved and what is left when the month ends, as it was booked. */
import type { Engine } from '../db/index.ts';
import { balancesAsBooked, lastSeqBookedBy } from '../ledger/index.ts';
import { firmOf, type Place, type Places } from '../places/index.ts';
import { isProblem } from '../platform/index.ts';
import { dayOf, fundsAtAll, periodOfMonth, type Fund } from '../programme/index.ts';
import { seqAtEndOf, type MonthOfBook } from './month-of-book.ts';

export type BudgetOfMonth = {
  fund: string;
  unit: string;
  /** Who pays, and for how large a circle: the estate itself, its community … */
  payer: string;
  approved: number;
  approvedInMonth: number;
  /** Set aside for awards that wait for their rating. */
  waiting: number;
  left: number;
};

/**
 * Of the estate, of what lies above it, and of the property firm that served it when the month ended. Shops pay from their own pockets: what they have left
 * is theirs to know.
 */
export async function budgetsOfMonth(
  { engine, places }: { engine: Engine; places: Places },
  estate: Place,
  month: MonthOfBook,
): Promise<BudgetOfMonth[]> {
  const line = await places.lineage(estate.id);
  const day = dayOf(periodOfMonth(month.month).end - 1);
  const firm = await firmOf({ engine, places }, { estate: estate.id, day });
  const payers = [...line, ...(isProblem(firm) ? [] : [firm])];
  const funds = await fundsAtAll(
    engine,
    payers.map(({ id }) => id),
  );
  const { book } = month;
  const before = await lastSeqBookedBy(engine, { book, at: periodOfMonth(month.month).start - 1 });
  const end = await seqAtEndOf(engine, month);
  return Promise.all(
    funds.map(async (fund) => {
      const [was, is] = [await standOf(engine, fund, before), await standOf(engine, fund, end)];
      return {
        fund: fund.name,
        unit: fund.unit,
        payer: payers.find(({ id }) => id === fund.place)?.name ?? '',
        approved: is.approved,
        approvedInMonth: is.approved - was.approved,
        waiting: is.approved - is.unissued - is.issued,
        left: is.unissued,
      };
    }),
  );
}

async function standOf(engine: Engine, { id, book }: Fund, seq: number) {
  const balances = await balancesAsBooked(engine, { book, owner: id, seq });
  const of = (role: string): number => balances.find((b) => b.role === role)?.balance ?? 0;
  return { approved: Math.abs(of('outside')), unissued: of('unissued'), issued: of('issued') };
}
