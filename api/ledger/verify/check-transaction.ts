/** What one transaction must satisfy by itself, whatever came before it and whatever its hash says. Pure. */
import { ROLES, isRole } from '../core/account.ts';
import { isAmount } from '../core/amount.ts';
import { checkFundEquations, checkSettlement } from '../core/invariants.ts';
import { BOOK_SPAN, MAX_ENTRIES, type Transaction, type TransactionTerms } from '../core/transaction.ts';
import type { Finding } from './finding.ts';

type Wrong = Pick<Finding, 'rule' | 'zh' | 'en'>;

const wrong = (rule: Finding['rule'], zh: string, en: string): Wrong => ({ rule, zh, en });

export function termsOf(t: Transaction): TransactionTerms | undefined {
  try {
    return JSON.parse(t.terms ?? '{}') as TransactionTerms;
  } catch {
    return undefined;
  }
}

export function checkTransaction(t: Transaction): Wrong[] {
  const found: Wrong[] = [];
  if (t.id !== t.book * BOOK_SPAN + t.seq) {
    found.push(wrong(2, '编号与序号不符', 'its id does not match its sequence number'));
  }
  if (t.effectiveAt > t.bookedAt) {
    found.push(wrong(7, '生效时间晚于记账时间', 'it takes effect after it was booked'));
  }
  if (t.entries.length > MAX_ENTRIES) found.push(wrong(3, '分录太多', 'it has too many entries'));
  found.push(...checkEntries(t));
  const terms = termsOf(t);
  if (!terms) {
    found.push(wrong(1, '结算约定读不懂', 'its terms cannot be read'));
    return found;
  }
  if (checkFundEquations(t.entries)) {
    found.push(wrong(9, '破坏了出资方的恒等式', 'it breaks the equations of a fund'));
  }
  if (t.kind !== 'budget' && t.entries.some(({ account }) => account.role === 'outside')) {
    found.push(wrong(9, '不是批准积分额度，却改了额度', 'it moves a budget, which only an approval does'));
  }
  if (checkSettlement(t.entries, terms, t.kind === 'pay')) {
    found.push(
      wrong(9, '应付金额与核销的积分不符', 'what is payable does not follow from the points redeemed'),
    );
  }
  return found;
}

function checkEntries(t: Transaction): Wrong[] {
  const found: Wrong[] = [];
  const sums = new Map<number, number>();
  for (const { account, asset, amount, balanceAfter } of t.entries) {
    sums.set(asset.id, (sums.get(asset.id) ?? 0) + amount);
    if (!isAmount(amount) || !isAmount(balanceAfter)) {
      found.push(wrong(2, '数量不是安全整数', 'an amount is not a safe integer'));
    }
    if (!isRole(account.role) || ROLES[account.role].kind !== asset.kind) {
      found.push(
        wrong(3, `账户用途 ${account.role} 不能存放这种资产`, `role ${account.role} cannot hold this asset`),
      );
      continue;
    }
    const rule = ROLES[account.role];
    if (rule.of === 'fund' && account.owner !== asset.fund) {
      found.push(wrong(3, '出资方账户与资产的出资方不符', "a fund's account holds another fund's asset"));
    }
    if (account.floor !== rule.floor || account.ceiling !== rule.ceiling) {
      found.push(
        wrong(
          3,
          `账户 ${account.role} 的上下限被改动过`,
          `the limits of account ${account.role} were changed`,
        ),
      );
    }
    const { floor, ceiling } = rule;
    if ((floor !== null && balanceAfter < floor) || (ceiling !== null && balanceAfter > ceiling)) {
      found.push(
        wrong(
          3,
          `账户 ${account.role} 的余额越界`,
          `the balance of account ${account.role} is out of bounds`,
        ),
      );
    }
  }
  if ([...sums.values()].some((sum) => sum !== 0)) {
    found.push(wrong(2, '分录合计不为零', 'its entries do not sum to zero'));
  }
  return found;
}
