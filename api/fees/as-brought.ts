/**
 * What a file of bills left behind, as one number: whether anything of it is otherwise by now, whoever changed it and back.
 * The number of two files together is that of the one and of the other, so that a file that comes twice adds to its own.
 */
import { createHash } from 'node:crypto';
import type { Bill } from './bills.ts';
import { billOf, type NewBill } from './plan-bills.ts';

/** The months that its bills are named by, and their number. */
export type Brought = { months: string[]; digest: string };

type Summary = Readonly<Record<string, unknown>>;
type Figures = Pick<
  Bill,
  'house' | 'item' | 'period' | 'periodTo' | 'dueIn' | 'issue' | 'amountFen' | 'paidFen' | 'pastDueFen'
>;

/** `before`: of the same file when it came earlier; what was taken back since counts no more. */
export function broughtBy(added: readonly NewBill[], before?: { summary: Summary }): Brought | undefined {
  const earlier = before && before.summary['undone'] === undefined ? before.summary : undefined;
  const known = earlier && broughtIn(earlier);
  // One of before this was written down stays unknown, whatever it adds.
  if (earlier && !known) return undefined;
  const months = new Set([...(known?.months ?? []), ...added.map(({ row }) => row.period)]);
  return { months: [...months].sort(), digest: digestOf(added.map(billOf), known?.digest) };
}

/** Undefined of a file that was taken in before this was written down. */
export function broughtIn(summary: Summary): Brought | undefined {
  return summary['brought'] as Brought | undefined;
}

/** In whatever order they come. */
export function digestOf(bills: readonly Figures[], earlier = '00'.repeat(32)): string {
  const sum = Buffer.from(earlier, 'hex');
  for (const bill of bills) {
    const { house, item, period, periodTo, dueIn, issue, amountFen, paidFen, pastDueFen } = bill;
    const of = [house, item, period, periodTo, dueIn, issue, amountFen, paidFen, pastDueFen];
    const one = createHash('sha256').update(JSON.stringify(of)).digest();
    for (const [at, byte] of one.entries()) sum[at] = (sum[at] ?? 0) ^ byte;
  }
  return sum.toString('hex');
}
