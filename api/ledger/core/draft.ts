/**
 * One transaction being made. Protects rules 2 and 3: entries sum to zero per asset, every balance stays within
 * its account's limits, and what was checked is what is written (the same draft does both).
 */
import type { Account } from './account.ts';
import { exactSum, isAmount, type Amount, type Instant } from './amount.ts';
import type { AssetRow } from './asset.ts';
import type { Terms, Unit } from './command.ts';
import { checkFundEquations, checkSettlement, type Movement } from './invariants.ts';
import { refuse, type Refusal, type RefusalCode } from './refusals.ts';
import type { State } from './state.ts';
import {
  BOOK_SPAN,
  MAX_ENTRIES,
  MAX_LIVE_SERIES,
  type Entry,
  type TallyEntry,
  type Transaction,
  type TransactionTerms,
} from './transaction.ts';

type TallyMove = {
  key: string;
  amount: number;
  floor: number | null;
  ceiling: number | null;
  unique: boolean;
};

const LIMIT_REFUSAL: Partial<Record<Account['role'], RefusalCode>> = {
  available: 'insufficient-points',
  unissued: 'budget-exhausted',
  outside: 'budget-exhausted',
  held: 'hold-exceeded',
  pending: 'award-settled',
};

/** A book is founded, and counters are moved, without moving a point. Everything else moves something. */
const WITHOUT_ENTRIES: ReadonlySet<string> = new Set(['open', 'note']);

export class Draft {
  readonly state: State;
  readonly unit: Unit;
  readonly kind: string;
  readonly bookedAt: Instant;
  holdId: string | null = null;
  reverses: number | null = null;
  terms: TransactionTerms = {};
  readonly #movements = new Map<number, Map<number, Movement>>();
  readonly #ordered: Movement[] = [];
  readonly #tallies: TallyMove[] = [];
  /** How many assets the batch had opened before this transaction. */
  readonly #assetsBefore: number;

  constructor(state: State, unit: Unit, kind: string) {
    this.state = state;
    this.unit = unit;
    this.kind = kind;
    this.bookedAt = state.head.bookedAt;
    this.#assetsBefore = state.newAssets.length;
  }

  /**
   * Adds an amount to a position; movements of one position are merged. A sum that is no longer exact becomes NaN,
   * which nothing brings back into range.
   */
  move(account: Account, asset: AssetRow, amount: Amount): void {
    if (amount === 0) return;
    let ofAccount = this.#movements.get(account.id);
    if (!ofAccount) this.#movements.set(account.id, (ofAccount = new Map()));
    const known = ofAccount.get(asset.id);
    if (known) {
      known.amount = exactSum(known.amount, amount);
      return;
    }
    const movement = { account, asset, amount };
    ofAccount.set(asset.id, movement);
    this.#ordered.push(movement);
  }

  /** A transfer within one asset. */
  transfer(asset: AssetRow, from: Account, to: Account, amount: Amount): void {
    this.move(from, asset, -amount);
    this.move(to, asset, amount);
  }

  /** What a position holds, with what this draft has moved so far. */
  balance(account: Account, asset: AssetRow): Amount {
    const moved = this.#movements.get(account.id)?.get(asset.id)?.amount ?? 0;
    return this.state.balance(account, asset) + moved;
  }

  /** What a tally stands at, with what this draft has added so far. */
  tallied(key: string): number {
    let total = this.state.tally(key).total;
    for (const move of this.#tallies) if (move.key === key) total += move.amount;
    return total;
  }

  count(
    key: string,
    amount: number,
    limits: { floor?: number; ceiling?: number; unique?: boolean } = {},
  ): void {
    const { floor = null, ceiling = null, unique = false } = limits;
    this.#tallies.push({ key, amount, floor, ceiling, unique });
  }

  settle(fund: string, terms: Terms): void {
    this.terms = { ...this.terms, settlement: { ...this.terms.settlement, [fund]: terms } };
  }

  settleWith(redeemer: string): void {
    this.terms = { ...this.terms, redeemer };
  }

  /** Checks everything and writes the transaction into the state; a refusal leaves the state to be rolled back. */
  finish(effectiveAt: Instant): Transaction | Refusal {
    const movements = this.#ordered.filter((m) => m.amount !== 0);
    const refusal = this.#check(movements);
    if (refusal) return this.#refuseAfterAsking(movements, refusal);
    const { state, unit } = this;
    const seq = state.head.seq + 1;
    const id = state.book * BOOK_SPAN + seq;
    const entries = this.#writeEntries(movements);
    if ('code' in entries) return this.#refuseAfterAsking(movements, entries);
    const tallies = this.#writeTallies();
    if ('code' in tallies) return tallies;
    const hasTerms = this.terms.settlement ?? this.terms.hold ?? this.terms.book;
    const transaction: Transaction = {
      id,
      book: state.book,
      seq,
      place: unit.place,
      kind: this.kind,
      effectiveAt,
      bookedAt: this.bookedAt,
      originalEffectiveAt: unit.originalEffectiveAt ?? null,
      unitId: unit.id,
      actor: unit.actor,
      source: unit.source,
      holdId: this.holdId,
      reverses: this.reverses,
      ruleVersion: unit.ruleVersion ?? null,
      terms: hasTerms ? JSON.stringify(this.terms) : null,
      memoCommitment: unit.memoCommitment ?? null,
      entries,
      tallies,
      hash: '',
    };
    state.addTransaction(transaction);
    return transaction;
  }

  /** Touches every position and tally once, so that what is missing is loaded in one round. */
  #refuseAfterAsking(movements: readonly Movement[], refusal: Refusal): Refusal {
    for (const { account, asset } of movements) this.state.position(account, asset);
    for (const { key } of this.#tallies) this.state.tally(key);
    return refusal;
  }

  #check(movements: readonly Movement[]): Refusal | undefined {
    if (movements.length > MAX_ENTRIES || this.#tallies.length > MAX_ENTRIES) {
      return refuse('too-many-entries', { limit: MAX_ENTRIES });
    }
    if (movements.length === 0 && !WITHOUT_ENTRIES.has(this.kind)) return refuse('not-balanced');
    const sums = new Map<number, number>();
    let member: string | undefined;
    let hasMoney = false;
    for (const { account, asset, amount } of movements) {
      if (!isAmount(amount)) return refuse('amount-out-of-range');
      sums.set(asset.id, exactSum(sums.get(asset.id) ?? 0, amount));
      hasMoney ||= asset.kind === 'cny6' || account.role === 'redeemed';
      if (isMemberRole(account)) {
        if (member !== undefined && member !== account.owner) return refuse('between-members');
        member = account.owner;
      }
    }
    for (const sum of sums.values()) {
      if (sum !== 0) return refuse(Number.isNaN(sum) ? 'amount-out-of-range' : 'not-balanced');
    }
    for (const asset of this.state.newAssets.slice(this.#assetsBefore)) {
      if (asset.kind !== 'series') continue;
      if (this.state.liveSeries(asset.unit, asset.fund, this.bookedAt) > MAX_LIVE_SERIES) {
        return refuse('too-many-series', { limit: MAX_LIVE_SERIES });
      }
    }
    const unbalanced = checkFundEquations(movements);
    if (unbalanced || !hasMoney) return unbalanced;
    return checkSettlement(movements, this.terms, this.kind === 'pay');
  }

  #writeEntries(movements: readonly Movement[]): Entry[] | Refusal {
    const { state } = this;
    const entries: Entry[] = [];
    let id = state.head.entry;
    for (const { account, asset, amount } of movements) {
      const position = state.position(account, asset);
      const balanceAfter = position.balance + amount;
      if (!isAmount(balanceAfter)) return refuse('out-of-bounds', { role: account.role });
      if (account.floor !== null && balanceAfter < account.floor) {
        const short = account.floor - balanceAfter;
        return refuse(LIMIT_REFUSAL[account.role] ?? 'out-of-bounds', { role: account.role, short });
      }
      if (account.ceiling !== null && balanceAfter > account.ceiling) {
        return refuse(LIMIT_REFUSAL[account.role] ?? 'out-of-bounds', { role: account.role });
      }
      state.setBalance(position, balanceAfter, ++id);
      entries.push({ id, account, asset, amount, balanceAfter });
    }
    return entries;
  }

  #writeTallies(): TallyEntry[] | Refusal {
    const { state } = this;
    const entries: TallyEntry[] = [];
    let id = state.head.tally;
    for (const { key, amount, floor, ceiling, unique } of this.#tallies) {
      const tally = state.tally(key);
      const totalAfter = tally.total + amount;
      if (!isAmount(totalAfter)) return refuse('cap-exceeded', { key });
      if (ceiling !== null && amount > 0 && totalAfter > ceiling) {
        return unique
          ? refuse('already-done')
          : refuse('cap-exceeded', { key, max: ceiling, left: Math.max(0, ceiling - tally.total) });
      }
      if (floor !== null && totalAfter < floor) return refuse('cap-exceeded', { key, min: floor });
      state.setTally(tally, totalAfter, ++id);
      entries.push({ id, key, amount, totalAfter, floor, ceiling });
    }
    return entries;
  }
}

function isMemberRole({ role }: Account): boolean {
  return (
    role === 'available' || role === 'held' || role === 'expired' || role === 'pending' || role === 'debt'
  );
}
