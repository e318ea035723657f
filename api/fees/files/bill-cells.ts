/** What every line of a row of bills carries. */
import type { BillRow } from './bills.ts';

export type SharedCells = Omit<BillRow, 'house' | 'item' | 'itemText' | 'period' | 'amountFen'>;
/** While the row is read. */
export type OpenCells = { -readonly [Name in keyof SharedCells]: SharedCells[Name] };

const SHARED = [
  'periodTo',
  'billNumber',
  'dueDate',
  'paidFen',
  'prepaidFen',
  'balanceFen',
  'unpaidFen',
  'penaltyFen',
  'pastDueFen',
] as const satisfies readonly (keyof SharedCells)[];

/** Set one by one: an object that is spread from others costs three times as much, and a long file has many. */
export function withShared(line: BillRow, shared: SharedCells): BillRow {
  const whole: Record<string, unknown> = line;
  for (const name of SHARED) if (shared[name] !== undefined) whole[name] = shared[name];
  return line;
}
