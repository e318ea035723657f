/**
 * What the transactions of a book must satisfy together: gap-free sequence, chains of balances and counters, closed
 * months, holds, units. Fed in `seq` order; keeps one number for each position, and of counters and holds those that are
 * under way.
 */
import { closedThroughKey, monthNumberOf, monthOf } from '../core/month.ts';
import {
  BOOK_SPAN,
  FORMAT,
  type TallyEntry,
  type Transaction,
  type TransactionTerms,
} from '../core/transaction.ts';
import { hashTransaction } from '../proof/canonical.ts';
import { MerkleTree } from '../proof/merkle.ts';
import { ChainedBalances } from './chained-balances.ts';
import { checkCounter } from './check-counters.ts';
import { LimitCheck } from './check-limits.ts';
import { checkHoldEnd, StepCheck } from './check-steps.ts';
import { checkTransaction, termsOf } from './check-transaction.ts';
import type { Finding, Findings } from './finding.ts';
import type { CounterEnds } from './counter-ends.ts';
import { IdSet } from './id-set.ts';
import { PostedUnits } from './posted-units.ts';

export type Chained = { value: number; entry: number };
/** What the row of a transaction says beside its contents. */
export type RowFacts = {
  firstEntry: number;
  firstTally: number;
  effectiveOfEntries: readonly number[];
  format?: number;
  entryCount?: number;
  tallyCount?: number;
};
type Wrong = Pick<Finding, 'rule' | 'zh' | 'en'>;

export class BookCheck {
  readonly book: number;
  readonly tree = new MerkleTree();
  readonly limits = new LimitCheck();
  readonly #steps = new StepCheck();
  readonly positions = new ChainedBalances();
  readonly tallies = new Map<string, Chained>();
  /** What the first of these said that a counter stood at, of counters that ended before and moved on since. */
  readonly resumed = new Map<string, { before: number; transaction: number }>();
  /** The transactions that made a hold. */
  readonly holds = new IdSet();
  /** `member/asset` → held in the accounts, less what the counters of holds say is left. */
  readonly heldLess = new Map<string, number>();
  readonly units = new PostedUnits();
  readonly usedAccounts = new IdSet();
  readonly usedAssets = new IdSet();
  /** The rules that transactions were decided by, as they cite them. */
  readonly cited = new Map<string, { first: number; count: number }>();
  entries = 0;
  founding: { code: string; name: string; createdAt: number } | undefined;
  readonly #findings: Findings;
  readonly #ends: CounterEnds | undefined;
  #seq = 0;
  #bookedAt = 0;
  #entry: number;
  #tally: number;
  readonly #holdTerms = new Map<string, NonNullable<TransactionTerms['hold']>>();

  /** `ends`: what the totals of counters say; without them no chain is let go of. */
  constructor(book: number, findings: Findings, ends?: CounterEnds) {
    this.book = book;
    this.#ends = ends;
    this.#findings = findings;
    this.#entry = book * BOOK_SPAN;
    this.#tally = book * BOOK_SPAN;
  }

  report(transaction: number | null, { rule, zh, en }: Wrong): void {
    this.#findings.add({ rule, book: this.book, transaction, zh, en });
  }

  add(t: Transaction, stored: RowFacts): void {
    const wrong = (rule: Finding['rule'], zh: string, en: string): void =>
      this.report(t.id, { rule, zh, en });
    // The root is of what is there: of a transaction that was changed, the hash it has now.
    const hash = hashTransaction(t);
    if (hash !== t.hash) {
      wrong(1, '内容与它的哈希不符，被改动过', 'its contents do not match its hash: something was changed');
    }
    this.tree.add(Buffer.from(hash, 'hex'));
    this.#checkRow(t, stored, wrong);
    for (const found of [...checkTransaction(t), ...this.limits.add(t)]) this.report(t.id, found);
    if (t.seq !== this.#seq + 1)
      wrong(2, `序号不连续：前一笔是 ${this.#seq}`, `a gap: the one before is ${this.#seq}`);
    if (t.bookedAt < this.#bookedAt) wrong(7, '记账时间倒退', 'it was booked before the one before it');
    this.#seq = t.seq;
    this.#bookedAt = t.bookedAt;
    if ((this.tallies.get(closedThroughKey(t.place))?.value ?? 0) >= monthNumberOf(t.effectiveAt)) {
      const month = monthOf(t.effectiveAt);
      wrong(7, `记入了已关账的月份 ${month}`, `it takes effect in the closed month ${month}`);
    }
    this.#chainEntries(t, wrong);
    const isNamed = this.#holdTerms.has(t.holdId ?? '');
    this.#chainTallies(t, wrong);
    this.#keepTerms(t, isNamed);
    this.units.add(t);
    if (t.ruleVersion !== null) this.#keepCitation(t.id, t.ruleVersion);
    if (t.kind === 'capture') this.#checkCapture(t);
    const held = this.#holdTerms.get(t.holdId ?? '');
    const steps = this.#steps.add(t, (account, asset) => this.positions.balance(account, asset));
    for (const found of [...steps, ...checkHoldEnd(t, held)]) this.report(t.id, found);
    if (t.holdId !== null && !this.limits.isHeld(t.holdId)) this.#holdTerms.delete(t.holdId);
  }

  #checkRow(
    t: Transaction,
    stored: RowFacts,
    wrong: (rule: Finding['rule'], zh: string, en: string) => void,
  ): void {
    const { format = FORMAT, entryCount = t.entries.length, tallyCount = t.tallies.length } = stored;
    if (format !== FORMAT || t.book !== this.book) {
      wrong(1, '格式或账簿编号被改动过', 'its format or book was changed');
    }
    if (entryCount !== t.entries.length || tallyCount !== t.tallies.length) {
      wrong(2, '分录或计数的条数不符', 'it has another number of entries or counters');
    }
    if (stored.firstEntry !== this.#entry + 1)
      wrong(2, '分录编号不连续', 'its entries do not follow the last ones');
    if (stored.firstTally !== this.#tally + 1)
      wrong(2, '计数编号不连续', 'its counters do not follow the last ones');
    if (stored.effectiveOfEntries.some((at) => at !== t.effectiveAt)) {
      wrong(2, '分录的生效时间与交易不符', 'an entry takes effect at another time than its transaction');
    }
  }

  #keepCitation(transaction: number, citation: string): void {
    const known = this.cited.get(citation);
    if (known) known.count++;
    else this.cited.set(citation, { first: transaction, count: 1 });
  }

  #chainEntries(t: Transaction, wrong: (rule: 2, zh: string, en: string) => void): void {
    for (const { id, account, asset, amount, balanceAfter } of t.entries) {
      if (id !== ++this.#entry) {
        wrong(2, `分录 ${id} 的编号不连续`, `entry ${id} is out of order`);
        this.#entry = id;
      }
      const before = this.positions.balance(account.id, asset.id);
      if (before + amount !== balanceAfter) {
        wrong(
          2,
          `分录 ${id} 的余额接不上`,
          `the balance after entry ${id} does not follow from the one before`,
        );
      }
      this.positions.set(account.id, asset.id, balanceAfter, id);
      this.entries++;
      this.usedAccounts.add(account.id);
      this.usedAssets.add(asset.id);
      if (account.role === 'held') this.#addHeld(account.owner, asset.id, amount);
    }
  }

  #chainTallies(t: Transaction, wrong: (rule: 2, zh: string, en: string) => void): void {
    if (t.holdId !== null && t.kind === 'hold') {
      const hold = termsOf(t)?.hold;
      if (hold) this.#holdTerms.set(t.holdId, hold);
    }
    for (const counter of t.tallies) {
      const { id, key, amount, totalAfter } = counter;
      if (id !== ++this.#tally) {
        wrong(2, `计数 ${id} 的编号不连续`, `counter entry ${id} is out of order`);
        this.#tally = id;
      }
      const before = this.#counterBefore(t, counter);
      if (before + amount !== totalAfter) {
        wrong(2, `计数 ${key} 接不上`, `counter ${key} does not follow from the one before`);
      }
      for (const found of checkCounter(counter)) this.report(t.id, found);
      if (this.#isEnd(counter)) this.tallies.delete(key);
      else this.tallies.set(key, { value: totalAfter, entry: id });
      const [kind, hold = '', asset = ''] = key.split(':');
      if (kind === 'hold') this.#addHeld(this.#holdTerms.get(hold)?.member ?? '', Number(asset), -amount);
    }
  }

  /** Of a counter whose chain was let go of, what the entry claims; that is looked up when all is read. */
  #counterBefore({ id: transaction }: Transaction, { id, key, amount, totalAfter }: TallyEntry): number {
    const known = this.tallies.get(key);
    if (known || !this.#ends || id <= this.#ends.top) return known?.value ?? 0;
    const before = totalAfter - amount;
    this.resumed.set(key, { before, transaction });
    return before;
  }

  /** The month that is closed is asked for with each transaction. */
  #isEnd({ id, key }: TallyEntry): boolean {
    return this.#ends?.ends.has(id) === true && !key.startsWith('closed-through:');
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
    const less = (this.heldLess.get(key) ?? 0) + amount;
    if (less === 0) this.heldLess.delete(key);
    else this.heldLess.set(key, less);
  }

  /** `isNamed`: another hold that is under way goes by this one's name. */
  #keepTerms(t: Transaction, isNamed: boolean): void {
    const terms = termsOf(t);
    if (t.kind === 'open' && t.seq === 1 && terms?.book) this.founding = terms.book;
    if (t.kind !== 'hold' || !terms?.hold) return;
    const { id } = terms.hold;
    this.holds.add(t.id);
    if (id !== t.holdId || isNamed) {
      const [zh, en] = [`预留 ${id} 的编号不是它自己的`, `hold ${id} goes by a name that is not its own`];
      this.report(t.id, { rule: 5, zh, en });
    }
  }
}
