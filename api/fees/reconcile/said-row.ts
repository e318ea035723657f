/** What is compared of rows over several lists. */
import type { BreakKind, PostedRow } from './reconciliation.ts';

export type SaidRow = Omit<PostedRow, 'remark' | 'period'> & { period: string };

/** A row of an earlier list that is settled. */
export type KeptRow = Omit<SaidRow, 'rowNumber'> & {
  /** Null where it was written off about none of ours. */
  offset: string | null;
  /** Its points were handed over by it. */
  isSettling: boolean;
};

/** A row of an earlier list that was told as a difference, which no list has put right yet. */
export type ToldRow = {
  break: string;
  /** Of the offset, also where the row is written without it. */
  number: string;
  kind: BreakKind;
  /** Whether it is about an offset of ours, and not about the row alone. */
  isOffsets: boolean;
  differenceFen: number;
  row: KeptLine;
};
type KeptLine = Omit<SaidRow, 'rowNumber'>;

export type NumberedOffset = {
  id: string;
  valueFen: number;
  state: 'held' | 'exported' | 'posted' | 'cancelled' | 'returned' | 'reversed';
};

/** All that a row says, apart from where it stands. */
export function sayingOf({
  offsetNumber,
  house,
  item,
  period,
  amountFen,
  postedOn,
  state,
}: KeptLine): string {
  return JSON.stringify([offsetNumber, house, item, period, amountFen, postedOn, state]);
}
