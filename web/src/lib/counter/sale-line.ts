/** A purchase or a redemption as one line of a day's list, and who may still take it back. */
type Common = {
  id: string;
  customer: { name: string; tail: string };
  points: string;
  unit: string;
  at: string;
  mine: boolean;
};
type Purchase = Common & { receipt: string; amount: string; state: 'credited' | 'taken-back' };
type Redemption = Common & { goods: string; state: 'taken' | 'undone' };

/** `free`: at once; `reason`: with a reason; `manager`: not by this person; `done`: undone already. */
export type Undoing = 'free' | 'reason' | 'manager' | 'done';

export type SaleLine = Common & {
  about: { receipt: string; amount: string } | { goods: string };
  undo: Undoing;
};

/** The calendar day in the programme's zone, which has no summer time. */
function dayOf(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** So many days after a day of the calendar, or before it. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whoever made it undoes it the same day; after that, or for a colleague's, the manager with a reason. */
export function saleLine(sale: Purchase | Redemption, today: string, isManager: boolean): SaleLine {
  const { id, customer, points, unit, at, mine, state } = sale;
  const isUndone = state === 'taken-back' || state === 'undone';
  const isFree = mine && dayOf(at) === today;
  const undo = isUndone ? 'done' : isFree ? 'free' : isManager ? 'reason' : 'manager';
  const about = 'goods' in sale ? { goods: sale.goods } : { receipt: sale.receipt, amount: sale.amount };
  return { id, customer, points, unit, at, mine, about, undo };
}
