/** What every line of a row of bills carries. */
import type { BillRow } from './bills.ts';

export type SharedCells = Omit<BillRow, 'house' | 'item' | 'itemText' | 'period' | 'amountFen'>;
/** While the row is read, with 欠费 and 违约金, against which its other figures are held. */
export type OpenCells = { -readonly [Name in keyof SharedCells]: SharedCells[Name] } & {
  unpaidFen?: number;
  penaltyFen?: number;
};

const SHARED = [
  'periodTo',
  'billNumber',
  'dueDate',
  'paidFen',
  'prepaidFen',
  'balanceFen',
  'pastDueFen',
  'unpaidAgrees',
  'contradicts',
] as const satisfies readonly (keyof SharedCells)[];

/**
 * Set one by one: an object that is spread from others costs three times as much, and a long file has many. Made by a
 * constructor, it holds what is set later in itself; one that is written out would begin a second object for that.
 */
export function lineOf(own: OwnCells, shared: SharedCells): BillRow {
  const line = new Line(own, shared.rowNumber);
  const whole: Record<string, unknown> = line as object as Record<string, unknown>;
  for (const name of SHARED) if (shared[name] !== undefined) whole[name] = shared[name];
  return line;
}

type OwnCells = Pick<BillRow, 'house' | 'item' | 'itemText' | 'period' | 'amountFen'>;

class Line implements OwnCells {
  readonly rowNumber: number;
  readonly house: BillRow['house'];
  readonly item: string;
  readonly itemText: string;
  readonly period: string;
  readonly amountFen: number;

  constructor({ house, item, itemText, period, amountFen }: OwnCells, rowNumber: number) {
    this.rowNumber = rowNumber;
    this.house = house;
    this.item = item;
    this.itemText = itemText;
    this.period = period;
    this.amountFen = amountFen;
  }
}
