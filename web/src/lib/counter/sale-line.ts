/** A purchase or a redemption as one line of the day's list, and who may still take it back. */
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

/** Lines by the day on which they were made, the newest day first: yesterday's are not taken for today's. */
export function linesByDay<Line extends { at: string }>(
  lines: readonly Line[],
): { day: string; lines: Line[] }[] {
  const days: { day: string; lines: Line[] }[] = [];
  for (const line of lines) {
    const day = dayOf(line.at);
    const last = days.at(-1);
    if (last?.day === day) last.lines.push(line);
    else days.push({ day, lines: [line] });
  }
  return days;
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
