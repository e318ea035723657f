/**
 * Protects: what a closed month says stays true while later months are closed on top of it. So months are closed one
 * after the other, and opened again from the latest one back.
 */
import { addMonths, type Month } from '../../programme/index.ts';

/** `month`: the one whose turn it is. */
export type MonthRefusal =
  | { code: 'month-closed' }
  | { code: 'month-not-first' | 'month-not-next' | 'month-not-latest'; month: Month };

/**
 * How far a place is: its closed months in any order, and the first month with a bill or an offset in it, which is the
 * first to be closed. Undefined while it has neither; then any may be the first.
 */
export type MonthsOfPlace = { closed: readonly Month[]; begins: Month | undefined };

export function closingRefusal(month: Month, { closed, begins }: MonthsOfPlace): MonthRefusal | undefined {
  if (closed.includes(month)) return { code: 'month-closed' };
  const latest = latestClosed(closed);
  if (latest === undefined) {
    return begins === undefined || month === begins ? undefined : { code: 'month-not-first', month: begins };
  }
  const next = addMonths(latest, 1);
  return month === next ? undefined : { code: 'month-not-next', month: next };
}

/** The month that is closed next, over or not; `present` is the month that runs. */
export function nextToClose({ closed, begins }: MonthsOfPlace, present: Month): Month {
  const latest = latestClosed(closed);
  return latest === undefined ? (begins ?? addMonths(present, -1)) : addMonths(latest, 1);
}

/** From the month whose turn it is to the one that runs: what is not closed yet, at most `most` of them. */
export function openMonths(months: MonthsOfPlace, present: Month): Month[] {
  const open: Month[] = [];
  for (let month = nextToClose(months, present); month <= present;) {
    open.push(month);
    month = addMonths(month, 1);
  }
  return open;
}

/** `closed` has the month itself in it. */
export function reopeningRefusal(month: Month, closed: readonly Month[]): MonthRefusal | undefined {
  const latest = latestClosed(closed) ?? month;
  return month === latest ? undefined : { code: 'month-not-latest', month: latest };
}

export function latestClosed(closed: readonly Month[]): Month | undefined {
  return [...closed].sort().at(-1);
}
