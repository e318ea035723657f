/** Whose turn it is where several lines of a house are unpaid: the oldest first, and a month's items in their order. */
import type { Day, Month } from '../../programme/rules/index.ts';
import { offsetRefusals as refuse, type OffsetRefusal } from './offset-refusal.ts';
import { termsOfItem, type OffsetRule } from './offset-rule.ts';

/** Another line of the house: `leftFen` is still to pay of it, `offsetFen` of it are offset and in force. */
export type WaitingLine = {
  item: string;
  period: Month;
  amountFen: number;
  leftFen: number;
  offsetFen: number;
};

type Turn = { bill: { item: string; period: Month }; waiting: readonly WaitingLine[]; day: Day };

/** The line that comes before this one, as a refusal; undefined where it is this one's turn. */
export function inTurn(rule: OffsetRule, { bill, waiting, day }: Turn): OffsetRefusal | undefined {
  const unpaid = waiting.filter(({ leftFen }) => leftFen > 0);
  if (rule.arrears === 'oldest-first') {
    const running = day.slice(0, 7);
    const [oldest] = unpaid
      // Who pays ahead (预缴) waits for no month to come of which points have paid their share.
      .filter(({ period, offsetFen }) => period < bill.period && (period <= running || offsetFen === 0))
      .sort((one, other) => (one.period < other.period ? -1 : 1));
    if (oldest) return refuse.olderFirst(oldest);
  }
  if (rule.itemOrder !== 'as-listed') return undefined;
  const place = (item: string) => rule.feeItems.indexOf(item);
  const [before] = unpaid
    .filter(({ period, offsetFen }) => period === bill.period && offsetFen === 0)
    .filter(({ item }) => place(item) !== -1 && place(item) < place(bill.item))
    .filter((line) => canBePaid(rule, line, day))
    .sort((one, other) => place(one.item) - place(other.item));
  return before && refuse.otherItemFirst(before);
}

/** Nobody waits for a line that points cannot pay today. */
function canBePaid(rule: OffsetRule, { item, amountFen }: WaitingLine, day: Day): boolean {
  const { minBillFen, maxShare, from = day, until = day } = termsOfItem(rule, item);
  return amountFen >= minBillFen && Number(maxShare) > 0 && from <= day && day <= until;
}
