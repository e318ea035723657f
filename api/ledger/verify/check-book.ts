/**
 * What the transactions of a book must satisfy together: gap-free sequence, chains of balances and counters, closed
 * months, holds. Fed in `seq` order; keeps one number for each position and each counter.
 */
import { closedThroughKey, monthNumberOf, monthOf } from '../core/month.ts';
import { BOOK_SPAN, type Transaction, type TransactionTerms } from '../core/transaction.ts';
import { MerkleTree } from '../proof/merkle.ts';
import { LimitCheck } from './check-limits.ts';
import { checkTransaction, termsOf } from './check-transaction.ts';
import type { Finding, Findings } from './finding.ts';

export type Chained = { value: number; entry: number };
export type StoredHold = {
  tx: number;
  member: string;
  redeemer: string;
  place: string;
  endsAt: number;
  lines: string;
};
type Wrong = Pick<Finding, 'rule' | 'zh' | 'en'>;

export class BookCheck {
  readonly book: number;
  readonly tree = new MerkleTree();
  readonly limits = new LimitCheck();
  /** `account:asset` → balance and last entry. */
  readonly positions = new Map<string, Chained>();
  readonly tallies = new Map<string, Chained>();
  /** What the `holds` table must say, by hold. */
  readonly holds = new Map<string, StoredHold>();
  /** `member/asset` → held in the accounts, less what the counters of holds say is left. */
  readonly heldLess = new Map<string, number>();
  readonly usedAccounts = new Set<number>();
  readonly usedAssets = new Set<number>();
  founding: { code: string; name: string; createdAt: number } | undefined;
  readonly #findings: Findings;
  #seq = 0;
  #bookedAt = 0;
  #entry: number;
  #tally: number;
  readonly #holdTerms = new Map<string, NonNullable<TransactionTerms['hold']>>();

  constructor(book: number, findings: Findings) {
    this.book = book;
    this.#findings = findings;
    this.#entry = book * BOOK_SPAN;
    this.#tally = book * BOOK_SPAN;
  }

  report(transaction: number | null, { rule, zh, en }: Wrong): void {
    this.#findings.add({ rule, book: this.book, transaction, zh, en });
  }

  add(
    t: Transaction,
    stored: { firstEntry: number; firstTally: number; effectiveOfEntries: readonly number[] },
  ): void {
    const wrong = (rule: Finding['rule'], zh: string, en: string): void =>
      this.report(t.id, { rule, zh, en });
    for (const found of [...checkTransaction(t), ...this.limits.add(t)]) this.report(t.id, found);
    if (t.seq !== this.#seq + 1)
      wrong(2, `序号不连续：前一笔是 ${this.#seq}`, `a gap: the one before is ${this.#seq}`);
    if (t.bookedAt < this.#bookedAt) wrong(7, '记账时间倒退', 'it was booked before the one before it');
    if (stored.firstEntry !== this.#entry + 1)
      wrong(2, '分录编号不连续', 'its entries do not follow the last ones');
    if (stored.firstTally !== this.#tally + 1)
      wrong(2, '计数编号不连续', 'its counters do not follow the last ones');
    if (stored.effectiveOfEntries.some((at) => at !== t.effectiveAt)) {
      wrong(2, '分录的生效时间与交易不符', 'an entry takes effect at another time than its transaction');
    }
    this.#seq = t.seq;
    this.#bookedAt = t.bookedAt;
    this.tree.add(Buffer.from(t.hash, 'hex'));
    if ((this.tallies.get(closedThroughKey(t.place))?.value ?? 0) >= monthNumberOf(t.effectiveAt)) {
      const month = monthOf(t.effectiveAt);
      wrong(7, `记入了已关账的月份 ${month}`, `it takes effect in the closed month ${month}`);
    }
    this.#chainEntries(t, wrong);
    this.#chainTallies(t, wrong);
    this.#keepTerms(t);
    if (t.kind === 'capture') this.#checkCapture(t);
  }

  #chainEntries(t: Transaction, wrong: (rule: 2, zh: string, en: string) => void): void {
    for (const { id, account, asset, amount, balanceAfter } of t.entries) {
      if (id !== ++this.#entry) {
        wrong(2, `分录 ${id} 的编号不连续`, `entry ${id} is out of order`);
        this.#entry = id;
      }
      const key = `${account.id}:${asset.id}`;
      const before = this.positions.get(key)?.value ?? 0;
      if (before + amount !== balanceAfter) {
        wrong(
          2,
          `分录 ${id} 的余额接不上`,
          `the balance after entry ${id} does not follow from the one before`,
        );
      }
      this.positions.set(key, { value: balanceAfter, entry: id });
      this.usedAccounts.add(account.id);
      this.usedAssets.add(asset.id);
      if (account.role === 'held') this.#addHeld(account.owner, asset.id, amount);
    }
  }

  #chainTallies(t: Transaction, wrong: (rule: 2 | 3, zh: string, en: string) => void): void {
    if (t.holdId !== null && t.kind === 'hold') {
      const hold = termsOf(t)?.hold;
      if (hold) this.#holdTerms.set(t.holdId, hold);
    }
    for (const { id, key, amount, totalAfter, floor, ceiling } of t.tallies) {
      if (id !== ++this.#tally) {
        wrong(2, `计数 ${id} 的编号不连续`, `counter entry ${id} is out of order`);
        this.#tally = id;
      }
      const before = this.tallies.get(key)?.value ?? 0;
      if (before + amount !== totalAfter) {
        wrong(2, `计数 ${key} 接不上`, `counter ${key} does not follow from the one before`);
      }
      if (
        (floor !== null && totalAfter < floor) ||
        (ceiling !== null && amount > 0 && totalAfter > ceiling)
      ) {
        wrong(3, `计数 ${key} 越界`, `counter ${key} is out of bounds`);
      }
      this.tallies.set(key, { value: totalAfter, entry: id });
      const [kind, hold = '', asset = ''] = key.split(':');
      if (kind === 'hold') this.#addHeld(this.#holdTerms.get(hold)?.member ?? '', Number(asset), -amount);
    }
  }

  /** What is captured is settled as its hold says, with whom it says (trap 9). */
  #checkCapture(t: Transaction): void {
    const hold = this.#holdTerms.get(t.holdId ?? '');
    const { settlement = {}, redeemer } = termsOf(t) ?? {};
    const held = new Map(Object.entries(hold?.settlement ?? {}));
    const isAsHeld =
      redeemer === hold?.redeemer &&
      Object.entries(settlement).every(
        ([fund, terms]) => JSON.stringify(terms) === JSON.stringify(held.get(fund)),
      );
    if (isAsHeld) return;
    const [zh, en] = ['结算方式与预留时约定的不同', 'it is not settled on the terms of its hold'];
    this.report(t.id, { rule: 9, zh, en });
  }

  #addHeld(member: string, asset: number, amount: number): void {
    const key = `${member}/${asset}`;
    this.heldLess.set(key, (this.heldLess.get(key) ?? 0) + amount);
  }

  #keepTerms(t: Transaction): void {
    const terms = termsOf(t);
    if (t.kind === 'open' && t.seq === 1 && terms?.book) this.founding = terms.book;
    if (t.kind !== 'hold' || !terms?.hold) return;
    const { id, member, redeemer, endsAt } = terms.hold;
    if (id !== t.holdId || this.holds.has(id)) {
      const [zh, en] = [`预留 ${id} 的编号不是它自己的`, `hold ${id} goes by a name that is not its own`];
      this.report(t.id, { rule: 5, zh, en });
    }
    const lines = t.entries.filter((e) => e.account.role === 'held').map((e) => [e.asset.id, e.amount]);
    this.holds.set(id, { tx: t.id, member, redeemer, place: t.place, endsAt, lines: JSON.stringify(lines) });
  }
}
