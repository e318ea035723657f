/** What a kept row says, in the words for fees that we read by now: a list of before may have been read by others. */
import { feeItem } from './files/fee-item.ts';
import { sayingOf } from './reconcile/said-row.ts';

type Row = Parameters<typeof sayingOf>[0];

export function sayingOfKept(row: Row): string {
  return sayingOf(asReadNow(row));
}

export function asReadNow<Kept extends Pick<Row, 'item'>>(row: Kept): Kept {
  return { ...row, item: feeItem(row.item) };
}
