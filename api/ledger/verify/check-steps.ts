/**
 * What a step of each kind may do, derived from its entries and from what came before: which roles it moves and in
 * which direction, that nothing ended is spent and nothing live expires, that a debt is netted first and the nearest end
 * is taken first. Nor is a name taken for a fact: what calls itself a budget moves what a budget moves.
 */
import type { Account, Role } from '../core/account.ts';
import { MICRO_PER_FEN } from '../core/amount.ts';
import { isLive, type AssetRow } from '../core/asset.ts';
import type { Entry, Transaction, TransactionTerms } from '../core/transaction.ts';
import type { Finding } from './finding.ts';
import { IdSet } from './id-set.ts';

type Wrong = Pick<Finding, 'rule' | 'zh' | 'en'>;
type Moves = Partial<Record<Role, '+' | '-' | '±'>>;

/** How points come back to a member: debt first, then what has ended, then what can be spent (`creditMember`). */
const CREDITED: Moves = { issued: '-', unissued: '+', owed: '-', debt: '+', available: '+', expired: '+' };
const OWING: Moves = { payable: '-', receivable: '+' };
const GIVEN: Moves = { ...CREDITED, issued: '+', issuer: '-' };

/** The design's posting table: the roles that a step may move, and in which direction. */
const MAY_MOVE: Readonly<Record<string, Moves>> = {
  open: {},
  note: {},
  budget: { outside: '±', unissued: '±' },
  award: { unissued: '-', pending: '+' },
  release: { ...GIVEN, pending: '-' },
  reject: { pending: '-', unissued: '+' },
  credit: { ...GIVEN, unissued: '-' },
  hold: { available: '-', held: '+' },
  capture: { ...CREDITED, ...OWING, held: '-', redeemed: '+', issuer: '+' },
  return: { ...CREDITED, held: '-', issuer: '+' },
  spend: { ...OWING, available: '-', redeemed: '+' },
  refund: { ...CREDITED, redeemed: '-', issuer: '+', payable: '+', receivable: '-' },
  clawback: {
    ...{ available: '-', expired: '-', issuer: '+', issued: '-', unissued: '+' },
    ...{ debt: '-', owed: '+' },
  },
  expire: { available: '-', expired: '+', issued: '-', unissued: '+' },
  pay: { payable: '+', receivable: '-' },
};
/** A payment taken back. */
const PAID_BACK: Moves = { payable: '-', receivable: '+' };
/** Entries given one by one, `post.KIND`: in any direction, of what has no step of its own. */
const POSTED: Moves = {
  ...{ available: '±', expired: '±', debt: '±', issuer: '±' },
  ...{ unissued: '±', outside: '±', issued: '±', owed: '±' },
};

const MEMBERS_OWN: ReadonlySet<Role> = new Set(['available', 'held', 'expired', 'pending', 'debt']);

const wrong = (rule: Finding['rule'], zh: string, en: string): Wrong => ({ rule, zh, en });

const OUT_OF_TURN = wrong(
  5,
  '变动了这种交易不能动的积分、额度或金额',
  'it moves what is not for a transaction of its kind',
);
const SPENT_LATE = wrong(3, '动用了已经到期的积分', 'it takes points that had ended');
const EXPIRED_EARLY = wrong(3, '让还没到期的积分失效', 'it ends points that are still live');
const EXPIRED_IN_PART = wrong(3, '到期的积分没有全部失效', 'it leaves some of the ended points as they were');
const GIVEN_LATE = wrong(3, '把已经到期的积分记为可用', 'it makes ended points available');
const NOT_NETTED = wrong(3, '没有先抵扣欠的积分', 'points come to a member whose debt was not netted first');
const OUT_OF_ORDER = wrong(
  3,
  '没有先用最早到期的积分',
  'it takes points while others of the same fund end sooner',
);
const BETWEEN_MEMBERS = wrong(3, '动了不止一位居民的积分', 'it moves points of several members');
const OVERPAID = wrong(9, '付款超过了应付，或不是整分', 'it pays more than is owed, or parts of a fen');

export class StepCheck {
  /** The series of each promise that are still live, in the order in which they are spent. */
  readonly #live = new Map<string, AssetRow[]>();
  readonly #known = new IdSet();
  /** What members owe, by member and promise. */
  readonly #debts = new Map<string, number>();

  /** In `seq` order; `balance` is that of a position after this transaction. */
  add(t: Transaction, balance: (account: number, asset: number) => number): Wrong[] {
    const found = new Set<Wrong>();
    const moves = movesOf(t);
    let member: string | undefined;
    for (const { account, asset, amount, balanceAfter } of t.entries) {
      const { role, owner } = account;
      if (!mayMove(moves, role, amount)) found.add(OUT_OF_TURN);
      if (MEMBERS_OWN.has(role)) {
        if (member !== undefined && member !== owner) found.add(BETWEEN_MEMBERS);
        member = owner;
      }
      if (role === 'debt') this.#owe(`${owner}|${asset.unit}|${asset.fund}`, balanceAfter);
      if (asset.kind === 'series') this.#meet(asset);
    }
    for (const entry of t.entries) this.#checkEntry(t, entry, balance, found);
    return [...found];
  }

  #checkEntry(
    { kind, bookedAt }: Transaction,
    { account, asset, amount, balanceAfter }: Entry,
    balance: (account: number, asset: number) => number,
    found: Set<Wrong>,
  ): void {
    const { role, owner } = account;
    if (kind.startsWith('post.')) return;
    const hasEnded = !isLive(asset, bookedAt);
    if (role === 'available' && amount < 0 && (kind === 'spend' || kind === 'hold')) {
      if (hasEnded) found.add(SPENT_LATE);
      if (this.#isSoonerLeft({ account, asset, at: bookedAt, balance })) found.add(OUT_OF_ORDER);
    }
    if (kind === 'expire' && role === 'available') {
      if (!hasEnded) found.add(EXPIRED_EARLY);
      if (balanceAfter !== 0) found.add(EXPIRED_IN_PART);
    }
    const isPaid = kind === 'pay' && role === 'payable';
    if (isPaid && ((amount > 0 && balanceAfter > 0) || amount % MICRO_PER_FEN !== 0)) found.add(OVERPAID);
    if (amount <= 0 || (role !== 'available' && role !== 'expired')) return;
    if (role === 'expired' && !hasEnded) found.add(EXPIRED_EARLY);
    if (role === 'available' && hasEnded) found.add(GIVEN_LATE);
    if (kind !== 'expire' && this.#debts.has(`${owner}|${asset.unit}|${asset.fund}`)) found.add(NOT_NETTED);
  }

  #owe(key: string, balance: number): void {
    if (balance === 0) this.#debts.delete(key);
    else this.#debts.set(key, balance);
  }

  #meet(asset: AssetRow): void {
    if (this.#known.has(asset.id)) return;
    this.#known.add(asset.id);
    const key = `${asset.unit}|${asset.fund}`;
    const series = this.#live.get(key) ?? [];
    series.push(asset);
    this.#live.set(key, series.sort(inOrder));
  }

  /**
   * Whether an account still holds points of the same unit and fund that end sooner than those taken. Of other funds it
   * may: a step may be asked to take those of one fund alone, and nothing in it says so.
   */
  #isSoonerLeft(taken: {
    account: Account;
    asset: AssetRow;
    at: number;
    balance: (account: number, asset: number) => number;
  }): boolean {
    const { account, asset, at, balance } = taken;
    const series = this.#live.get(`${asset.unit}|${asset.fund}`) ?? [];
    while (series[0] && !isLive(series[0], at)) series.shift();
    for (const sooner of series) {
      if (inOrder(sooner, asset) >= 0) return false;
      if (balance(account.id, sooner.id) > 0) return true;
    }
    return false;
  }
}

/** A hold has its end before it, and is captured before that. */
export function checkHoldEnd(t: Transaction, hold: TransactionTerms['hold']): Wrong[] {
  if ((t.kind !== 'hold' && t.kind !== 'capture') || !hold || hold.endsAt > t.bookedAt) return [];
  return [wrong(5, '预留到期之后才预留或核销', 'a hold is made or captured after its end')];
}

function movesOf({ kind, reverses }: Transaction): Moves {
  if (kind.startsWith('post.')) return POSTED;
  return kind === 'pay' && reverses !== null ? PAID_BACK : (MAY_MOVE[kind] ?? {});
}

function mayMove(moves: Moves, role: Role, amount: number): boolean {
  const direction = moves[role];
  return direction === '±' || direction === (amount > 0 ? '+' : '-');
}

/** As `byExpiry` of the core. */
function inOrder(a: AssetRow, b: AssetRow): number {
  return a.expiresAt - b.expiresAt || a.id - b.id;
}
