/**
 * 记账凭证: what a month's statement is in the firm's own books. Protects: debits equal credits to the fen. Everything comes
 * out of figures that were rounded before; nothing is rounded here.
 */
import type { PostedRow, Settlement } from '../statement/figures.ts';

export type Account = { code: string; name: string };
export type FirmAccounts = {
  /** What funders, or the clearing party, are to pay. */
  settlement: Account;
  /** What the firm gives itself (积分让利); `gain` where it is owed more than its bills fell by. */
  concession: Account;
  gain: Account;
  /** Fees that residents owe; `items` where a fee item has an account of its own. */
  receivable: Account;
  items: readonly (Account & { item: string })[];
};

export type VoucherLine = Account & { summary: string; debitFen: number; creditFen: number };
export type Voucher = { lines: VoucherLine[]; totalFen: number; attachments: number };

/** Where a firm begins; its accountant is asked to look at each of them. */
export const USUAL_ACCOUNTS: FirmAccounts = {
  settlement: { code: '1221', name: '其他应收款—积分结算款' },
  concession: { code: '6601', name: '销售费用—积分让利' },
  gain: { code: '6051', name: '其他业务收入—积分结算差额' },
  receivable: { code: '1122', name: '应收账款—物业费' },
  items: [],
};

/** Debits first; what is taken back below zero (红字) on the side of what it takes back. A month in which nothing was posted has no lines. */
export function voucherOf(
  {
    settlement,
    values,
    writeOffs = [],
    takenBack = [],
  }: {
    settlement: Settlement;
    values: readonly PostedRow[];
    writeOffs?: readonly { item: string; valueFen: number; count: number }[];
    /** Below zero: write-offs of the day `on` that this month takes back. */
    takenBack?: readonly { item: string; on: string; valueFen: number; count: number }[];
  },
  { month, accounts }: { month: string; accounts: FirmAccounts },
): Voucher {
  const { owedFen, concessionFen, postedFen } = settlement;
  const posting = `${spoken(month)}积分抵扣物业费`;
  const reversing = `${spoken(month)}红字冲回积分抵扣`;
  const writing = `${spoken(month)}差异转销（物业承担）`;
  const debit = (account: Account, fen: number, summary = posting): VoucherLine => {
    const { code, name } = account;
    return { summary, code, name, debitFen: Math.max(0, fen), creditFen: Math.max(0, -fen) };
  };
  const feeOf = (item: string): Account =>
    accounts.items.find((each) => each.item === item) ?? accountOf(accounts, item);
  const credit = (account: Account, fen: number, summary: string): VoucherLine => ({
    ...{ ...bare(account), summary, debitFen: 0, creditFen: fen },
  });
  // 红字: what was taken back stands below zero on the side of what it takes back.
  const items = values.map(({ item, posted }) =>
    credit(feeOf(item), posted, posted < 0 ? reversing : posting),
  );
  // A bill fell by more than points were put against it: the firm's own loss, like what it gives itself.
  const lost = writeOffs.reduce((total, { valueFen }) => total + valueFen, 0);
  const writtenOff = [
    debit(accounts.concession, lost, writing),
    ...writeOffs.map(({ item, valueFen }) => debit(feeOf(item), -valueFen, writing)),
  ];
  // 红字: what was written wrongly stands on its own sides once more, below zero, so that the sides' sums are what they should be.
  const inRed = takenBack.flatMap(({ item, on, valueFen }): VoucherLine[] => {
    const summary = `红字冲销${spoken(on)}的差异转销`;
    return [
      { ...bare(accounts.concession), summary, debitFen: valueFen, creditFen: 0 },
      { ...bare(feeOf(item)), summary, debitFen: 0, creditFen: valueFen },
    ];
  });
  const summary = postedFen < 0 ? reversing : posting;
  // Of a month that takes back more than it posts, what the firm gives itself comes back to it.
  const isGain = postedFen < 0 ? concessionFen > 0 : concessionFen < 0;
  const given = isGain
    ? credit(accounts.gain, -concessionFen, summary)
    : { ...bare(accounts.concession), summary, debitFen: concessionFen, creditFen: 0 };
  const owed = { ...bare(accounts.settlement), summary, debitFen: owedFen, creditFen: 0 };
  const lines = [owed, given, ...items, ...writtenOff, ...inRed].filter(
    ({ debitFen, creditFen }) => debitFen !== 0 || creditFen !== 0,
  );
  return {
    lines: lines.toSorted((a, b) => Number(b.debitFen !== 0) - Number(a.debitFen !== 0)),
    totalFen: lines.reduce((total, { debitFen }) => total + debitFen, 0),
    attachments:
      values.reduce((total, { counts }) => total + Math.abs(counts.posted), 0) +
      [...writeOffs, ...takenBack].reduce((total, { count }) => total + count, 0),
  };
}

/** A month or a day as a 摘要 has it: `2026年6月`, `2026年6月22日`. */
function spoken(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day === undefined ? '' : `${day}日`}`;
}

function bare({ code, name }: Account): Account {
  return { code, name };
}

/** The general account, with the item beside its name. */
function accountOf({ receivable: { code, name } }: FirmAccounts, item: string): Account {
  return { code, name: `${name}（${item}）` };
}
