/** How a month stands: still running, over but not counted to its end, or final. */
import type { Engine } from '../db/index.ts';
import { BOOK_SPAN, lastSeqBookedBy } from '../ledger/index.ts';
import { problem, type Clock, type Instant, type Problem } from '../platform/index.ts';
import { monthOf, periodOfMonth, type Month } from '../programme/index.ts';
import { countedOf } from './count-book.ts';

export type MonthOfBook = {
  book: number;
  month: Month;
  /** `running`: figures may still change; `counting`: it is over, and what was booked last is still to be counted. */
  state: 'running' | 'counting' | 'final';
  /** What was booked before this instant is in the figures. */
  until: Instant;
  /** The first month with anything in it, and the present one. */
  first: Month;
  last: Month;
};

/** `month-to-come` for one that has not begun, `not-found` for one before the book. */
export async function monthOfBook(
  { engine, clock }: { engine: Engine; clock: Clock },
  { book, month }: { book: number; month: Month },
): Promise<MonthOfBook | Problem> {
  const now = clock();
  const last = monthOf(now);
  if (month > last) return problem('month-to-come');
  const counted = await countedOf(engine, book);
  const first = counted?.firstMonth ?? last;
  if (month < first) return problem('not-found');
  const { start, end } = periodOfMonth(month);
  const until = Math.min(counted?.until ?? start, end);
  const state = until === end ? 'final' : now < end ? 'running' : 'counting';
  return { book, month, state, until, first, last };
}

/** The `seq` up to which the month's figures count: that of its last transaction, or of the last one counted. */
export async function seqAtEndOf(engine: Engine, { book, state, until }: MonthOfBook): Promise<number> {
  if (state === 'final') return lastSeqBookedBy(engine, { book, at: until - 1 });
  const counted = await countedOf(engine, book);
  return counted === undefined ? 0 : counted.transaction - book * BOOK_SPAN;
}
