/**
 * What a person was shown of a file of bills, as one number: each row as it is read, and what is refused. A mapping or a
 * house that somebody decides between the check and the acceptance makes another.
 */
import { createHash } from 'node:crypto';
import { problem, type Problem } from '../platform/index.ts';
import { joinMonths } from '../programme/index.ts';
import type { BillsRead } from './read-bills.ts';

export function digestOfBills({ found, parsed }: Pick<BillsRead, 'found' | 'parsed'>): string {
  const hash = createHash('sha256');
  for (const { row, house } of found) {
    const { item, period, periodTo, amountFen, paidFen, pastDueFen, dueDate, billNumber } = row;
    const months = joinMonths({ period, ...(periodTo !== undefined && { periodTo }) });
    hash.update(
      `${JSON.stringify([row.rowNumber, house, item, months, amountFen, paidFen, pastDueFen, dueDate, billNumber])}\n`,
    );
  }
  for (const { rowNumber } of parsed.rejected) hash.update(`${rowNumber}\n`);
  return hash.digest('hex');
}

/** Nothing is taken in otherwise than it was shown; whoever sends no digest has shown nothing. */
export function shownOtherwise(shown: string | undefined, digest: string): Problem | undefined {
  if (shown === undefined || shown === digest) return undefined;
  const zh =
    '检查以后，列对应或房号的指定有人改过，现在读出来的和刚才显示的不一样。什么都没有导入，请看过现在的结果再导入';
  const en =
    'A column mapping or a house was decided otherwise since the check, and the file reads differently now. Nothing was taken in; look at it as it is now';
  return problem('changed-meanwhile', { detail: { zh, en } });
}
