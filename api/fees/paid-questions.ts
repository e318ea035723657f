/** What a file of bills says, or leaves unsaid, of payments and hardly means. */
import { houseCode, type Question } from '../places/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { billOf, type BillChanges } from './plan-bills.ts';

/** Less is due than was received before: what is too much goes back, or stands for another bill. */
export function paidBeyond({ added }: BillChanges): Question | undefined {
  const beyond = added.filter(
    ({ row, before }) => row.paidFen === undefined && (before?.paidFen ?? 0) > row.amountFen,
  );
  const [first] = beyond;
  if (!first) return undefined;
  const { rowNumber, house, item, period, amountFen } = first.row;
  const [code, yuan, paid] = [houseCode(house), formatYuan(amountFen), formatYuan(billOf(first).paidFen)];
  return {
    code: 'paid-beyond',
    zh: `有 ${beyond.length} 笔账单改了金额，以前说的已收比新的金额还多，例如第 ${rowNumber} 行 ${code} ${period} ${item}，新的是 ${yuan} 元，已收 ${paid} 元。这份文件没有写已收，导入后已收照旧。多收的钱由物业退给住户或另记`,
    en: `Bills whose new amount is less than what was received before: ${beyond.length}; row ${rowNumber}, ${code} ${item} of ${period}, is ${yuan} now and ${paid} was received, for one. The file says nothing of payments, so what was received stands. The firm gives back or keeps for another bill what is too much`,
  };
}
