/**
 * Protects: what a closed month says stays true while later months are closed on top of it. So months are closed one
 * after the other, and opened again from the latest one back.
 */
import { addMonths, type Month } from '../../programme/index.ts';

/** `month`: the one whose turn it is. */
export type MonthRefusal =
  { code: 'month-closed' } | { code: 'month-not-next' | 'month-not-latest'; month: Month };

/** The first month to be closed may be any one: books begin somewhere. `closed` in any order. */
export function closingRefusal(month: Month, closed: readonly Month[]): MonthRefusal | undefined {
  if (closed.includes(month)) return { code: 'month-closed' };
  const latest = latestOf(closed);
  if (latest === undefined) return undefined;
  const next = addMonths(latest, 1);
  return month === next ? undefined : { code: 'month-not-next', month: next };
}

/** `closed` has the month itself in it. */
export function reopeningRefusal(month: Month, closed: readonly Month[]): MonthRefusal | undefined {
  const latest = latestOf(closed) ?? month;
  return month === latest ? undefined : { code: 'month-not-latest', month: latest };
}

function latestOf(closed: readonly Month[]): Month | undefined {
  return [...closed].sort().at(-1);
}
