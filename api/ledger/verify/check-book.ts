/**
 * What the transactions of a book must satisfy together: gap-free sequence, chains of balances and counters, closed
 * months, holds, units. Fed in `seq` order; keeps one number for each position and each counter.
 */
import { closedThroughKey, monthNumberOf, monthOf } from '../core/month.ts';
import { BOOK_SPAN, FORMAT, type Transaction, type TransactionTerms } from '../core/transaction.ts';
import { hashTransaction } from '../proof/canonical.ts';
import { MerkleTree } from '../proof/merkle.ts';
import { ChainedBalances } from './chained-balances.ts';
import { checkCounter } from './check-counters.ts';
import { LimitCheck } from './check-limits.ts';
import { checkHoldEnd, StepCheck } from './check-steps.ts';
import { checkTransaction, termsOf } from './check-transaction.ts';
import type { Finding, Findings } from './finding.ts';
import { IdSet } from './id-set.ts';

export type Chained = { value: number; entry: number };
/** What a unit's key must answer. */
export type PostedUnit = {
  first: number;
  last: number;
  bookedAt: number;
  /** The series of its voucher number, and the number it got there. */
  number: { series: string; nth: number } | undefined;
};
/** What the row of a transaction says beside its contents. */
export type RowFacts = {
  firstEntry: number;
  firstTally: number;
  effectiveOfEntries: readonly number[];
  format?: number;
  entryCount?: number;
  tallyCount?: number;
};
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
  readonly #steps = new StepCheck();
  readonly positions = new ChainedBalances();
  readonly tallies = new Map<string, Chained>();
  /** What the `holds` table must say, by hold. */
  readonly holds = new Map<string, StoredHold>();
  /** `member/asset` → held in the accounts, less what the counters of holds say is left. */
  readonly heldLess = new Map<string, number>();
  readonly units = new Map<string, PostedUnit>();
  readonly usedAccounts = new IdSet();
  readonly usedAssets = new IdSet();
  /** The rules that transactions were decided by, as they cite them. */
  readonly cited = new Map<string, { first: number; count: number }>();
  entries = 0;
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
    this.#chainTallies(t, wrong);
    this.#keepTerms(t);
    this.#keepUnit(t);
    if (t.ruleVersion !== null) this.#keepCitation(t.id, t.ruleVersion);
    if (t.kind === 'capture') this.#checkCapture(t);
    const held = this.#holdTerms.get(t.holdId ?? '');
    const steps = this.#steps.add(t, (account, asset) => this.positions.balance(account, asset));
    for (const found of [...steps, ...checkHoldEnd(t, held)]) this.report(t.id, found);
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

  #keepUnit(t: Transaction): void {
    const known = this.units.get(t.unitId);
    if (known) {
      known.last = t.seq;
      return;
    }
    const number = t.tallies.find(({ key }) => key.startsWith('number:'));
    this.units.set(t.unitId, {
      first: t.seq,
      last: t.seq,
      bookedAt: t.bookedAt,
      number: number && { series: number.key.slice('number:'.length), nth: number.totalAfter },
    });
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
      const before = this.tallies.get(key)?.value ?? 0;
      if (before + amount !== totalAfter) {
        wrong(2, `计数 ${key} 接不上`, `counter ${key} does not follow from the one before`);
      }
      for (const found of checkCounter(counter)) this.report(t.id, found);
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
