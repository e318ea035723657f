/** Offsets of the worked month and the rows by which the firm posts them, for the matcher. */
import type { OurOffset, PostedRow } from '../../api/fees/reconcile/reconciliation.ts';

/** An offset of the worked month; number 3 is DK-2606-0003 on 3-2-0503. */
export function ours(n: number, changes: Partial<OurOffset> = {}): OurOffset {
  const padded = String(n).padStart(4, '0');
  return {
    id: `o${n}`,
    number: `DK-2606-${padded}`,
    house: `3-2-05${padded.slice(2)}`,
    item: '物业服务费',
    period: '2026-06',
    valueFen: 1_000,
    offsetOn: '2026-06-10',
    exportedOn: '2026-06-10',
    billIssue: 1,
    bill: { issue: 1, amountFen: 11_832, cancelled: false },
    ...changes,
  };
}

/** The firm's row for an offset, as it should be. */
export function theirs(offset: OurOffset, rowNumber: number, changes: Partial<PostedRow> = {}): PostedRow {
  return {
    id: `r${rowNumber}`,
    rowNumber,
    offsetNumber: offset.number,
    house: offset.house,
    item: offset.item,
    period: offset.period,
    amountFen: offset.valueFen,
    postedOn: '2026-06-11',
    state: 'posted',
    remark: '',
    ...changes,
  };
}
