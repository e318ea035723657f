/** What a row of bills is refused for, in words. */
import type { duplicateReason } from '../../platform/files/index.ts';
import { formatYuan } from '../../platform/money/index.ts';

export type Reason = ReturnType<typeof duplicateReason>;

export const PAID_OF_WHICH: Reason = {
  code: 'paid-of-which',
  zh: '一行有几项费用，只收了一部分，看不出收的是哪一项。请把这一户一项费用写一行',
  en: 'a part of several items was received, and of which the row does not say; give each item of this house a row of its own',
};

/** Taken as it stands, the house would have paid more than it owes. */
export const PREPAID_TWICE: Reason = {
  code: 'prepaid-twice',
  zh: '已收和预存抵扣加起来超过应收，是不是已收里已经包括预存抵扣？请加上欠费一列，或在列对应里把预存抵扣设为不用',
  en: 'received and paid ahead make more than is due; perhaps the one counts in the other: add a column of what is unpaid, or map 预存抵扣 to nothing',
};

export const PREPAID_AHEAD: Reason = {
  code: 'prepaid-ahead',
  zh: '预缴的比这张账单多，按已缴清算，余下的留给以后的账单，由物业记着',
  en: 'more was paid ahead than this bill; it counts as paid, and the rest stays with the firm for later bills',
};

export const PREPAID_LEFT: Reason = {
  code: 'prepaid-left',
  zh: '欠费里没有减去预存抵扣，按欠费算，预存不算已缴',
  en: 'what is unpaid is not less by what was paid ahead: it goes by that, and what was paid ahead does not count as paid',
};

export const PAID_AHEAD: Reason = {
  code: 'paid-ahead',
  zh: '是负数，说明这户有预缴款，按没有欠费算',
  en: 'below nothing, so this house has paid ahead; it counts as having no arrears',
};

/** Which of the two is right only the firm knows. */
export const OTHER_AMOUNT = 'duplicate-other-amount';

export function otherAmount(earlier: number, fen: number): Reason {
  return {
    code: OTHER_AMOUNT,
    zh: `和第 ${earlier} 行是同一笔，那一行是 ${formatYuan(fen)} 元，金额不一样。请问清哪个对，只留一行`,
    en: `row ${earlier} is the same charge with ${formatYuan(fen)}; find out which is right and keep one`,
  };
}

export function itemTwice(earlier: number): Reason {
  return {
    code: 'item-twice',
    zh: `同一户同一月的同一项费用在第 ${earlier} 行也有，只是账单编号不同。请合成一行，或写成两个收费项目（如“车位费1”“车位费2”）`,
    en: `row ${earlier} charges the same item to the same house and month under another bill number; join them, or give them two item names`,
  };
}
