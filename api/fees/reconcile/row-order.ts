/** Which of two rows comes first, and which may be about the other. Pure. */
import type { SaidRow } from './said-row.ts';

/** Whether a returned row is about a posted one: of its amount, or of none, and not before it. */
export function takesBack(returned: Dated, posted: Dated): boolean {
  return (returned.amountFen === 0 || returned.amountFen === posted.amountFen) && isAfter(returned, posted);
}

/** Whether a row posts anew what one took back of the first. */
export function takesThePlace(row: Dated, { first, row: back }: { first: Dated; row: Dated }): boolean {
  return row.amountFen === first.amountFen && isAfter(row, back);
}

export type Line = Omit<SaidRow, 'rowNumber'>;
type Dated = Pick<SaidRow, 'amountFen' | 'postedOn'>;

/** Where one of them has no day, it may be. */
export function isAfter(one: Dated, other: Dated): boolean {
  return one.postedOn === null || other.postedOn === null || one.postedOn >= other.postedOn;
}

export function inTime(one: SaidRow, other: SaidRow): number {
  const [a, b] = [one.postedOn ?? '', other.postedOn ?? ''];
  return a === b ? one.rowNumber - other.rowNumber : a < b ? -1 : 1;
}

export function takeOut<Item>(from: Item[], fits: (item: Item) => boolean): Item | undefined {
  const nth = from.findIndex(fits);
  return nth === -1 ? undefined : from.splice(nth, 1)[0];
}
