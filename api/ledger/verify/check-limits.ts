/**
 * Rule 5, derived from entries alone: what is released or rejected of an award, captured or returned of a hold, and
 * taken back of a spend or a credit never exceeds what is left of it, per member and series, and each links its
 * original. The counters that the journal keeps for this are not asked: whoever forges an entry forges its counter as
 * well.
 */
import type { Role } from '../core/account.ts';
import type { Entry, Transaction } from '../core/transaction.ts';
import type { Finding } from './finding.ts';

type Wrong = Pick<Finding, 'rule' | 'zh' | 'en'>;
type Lines = Map<string, number>;
type Reversed = { lines: Lines; last: number };

/** What was reversed, to be held against its originals once all of the book is read. */
export type OpenReversals = ReadonlyMap<number, Reversed>;

export class LimitCheck {
  /** What is left of each hold and award, by its name, account and asset; used up ones are dropped. */
  readonly #left = new Map<string, number>();
  /** How many of those a hold has. */
  readonly #parts = new Map<string, number>();
  readonly #reversed = new Map<number, Reversed>();

  /** In `seq` order. */
  add(t: Transaction): Wrong[] {
    switch (t.kind) {
      case 'award':
        this.#put(`award ${t.id}`, partsOf(t, 'pending', 1));
        return [];
      case 'hold':
        this.#put(`hold ${t.holdId}`, partsOf(t, 'held', 1));
        return [];
      case 'release':
      case 'reject':
        return this.#take(`award ${t.reverses}`, partsOf(t, 'pending', -1));
      case 'capture':
      case 'return':
        return this.#take(`hold ${t.holdId}`, partsOf(t, 'held', -1));
      case 'refund':
      case 'clawback':
        return this.#reverse(t);
      case 'pay':
        return t.reverses === null ? [] : this.#reverse(t);
      default:
        return [];
    }
  }

  /** Whether anything is left of a hold. */
  isHeld(hold: string): boolean {
    return this.#parts.has(`hold ${hold}`);
  }

  /** Refunds and clawbacks may come years after their originals, which are therefore read again instead of kept. */
  get reversed(): OpenReversals {
    return this.#reversed;
  }

  #put(name: string, parts: Lines): void {
    for (const [part, amount] of parts) {
      const key = `${name} ${part}`;
      if (!this.#left.has(key)) this.#count(name, 1);
      this.#left.set(key, amount);
    }
  }

  #take(name: string, parts: Lines): Wrong[] {
    let isWithin = parts.size > 0;
    for (const [part, amount] of parts) {
      const key = `${name} ${part}`;
      const left = (this.#left.get(key) ?? 0) - amount;
      if (amount < 0 || left < 0) isWithin = false;
      if (left !== 0) this.#left.set(key, left);
      else if (this.#left.delete(key)) this.#count(name, -1);
    }
    return isWithin ? [] : [EXCEEDED];
  }

  #count(name: string, by: number): void {
    if (!name.startsWith('hold ')) return;
    const parts = (this.#parts.get(name) ?? 0) + by;
    if (parts === 0) this.#parts.delete(name);
    else this.#parts.set(name, parts);
  }

  #reverse(t: Transaction): Wrong[] {
    const lines = reversedLines(t);
    const isPlain = lines.size > 0 && [...lines.values()].every((amount) => amount >= 0);
    if (t.reverses === null || t.reverses >= t.id || !isPlain) return [EXCEEDED];
    const known = this.#reversed.get(t.reverses) ?? { lines: new Map<string, number>(), last: t.id };
    for (const [line, amount] of lines) known.lines.set(line, (known.lines.get(line) ?? 0) + amount);
    this.#reversed.set(t.reverses, { ...known, last: t.id });
    return [];
  }
}

/** What is wrong with the reversals of a transaction, given its entries. */
export function checkReversals({ lines }: Reversed, original: readonly Entry[]): Wrong[] {
  const given = givenLines(original);
  const exceeds = [...lines].some(([line, amount]) => amount > (given.get(line) ?? 0));
  return exceeds ? [EXCEEDED] : [];
}

const EXCEEDED: Wrong = {
  rule: 5,
  zh: '冲回、核销或发放的积分超过了原来那一笔剩下的',
  en: 'it reverses, captures or releases more than is left of its original',
};

function partsOf(t: Transaction, role: 'pending' | 'held', sign: 1 | -1): Lines {
  const parts: Lines = new Map();
  for (const { account, asset, amount } of t.entries) {
    if (account.role === role) add(parts, `${account.id}:${asset.id}`, amount * sign);
  }
  return parts;
}

/**
 * What may be taken back of a spend, by series, and of a credit: of each series what was issued of it, and in all what
 * was given by a fund, a part of which may have gone into a debt. Each from the member whose it was, to whom it was
 * given.
 */
function givenLines(entries: readonly Entry[]): Lines {
  const lines: Lines = new Map();
  const whose = memberOf(entries);
  for (const { account, asset, amount } of entries) {
    const { role } = account;
    if (role === 'redeemed' && amount > 0) add(lines, `${whose} redeemed ${asset.id}`, amount);
    if (role === 'payable' && amount > 0) add(lines, `paid ${account.id}`, amount);
    if (role === 'issuer' && amount < 0) add(lines, `${whose} issued ${asset.id}`, -amount);
    if ((role === 'issuer' && amount < 0) || (role === 'debt' && amount > 0)) {
      add(lines, `${whose} given ${asset.unit}|${asset.fund}`, Math.abs(amount));
    }
  }
  return lines;
}

function reversedLines({ kind, entries }: Transaction): Lines {
  const lines: Lines = new Map();
  const whose = memberOf(entries);
  for (const { account, asset, amount } of entries) {
    const { role } = account;
    if (kind === 'pay' && role === 'payable') add(lines, `paid ${account.id}`, -amount);
    if (kind === 'refund' && role === 'redeemed') add(lines, `${whose} redeemed ${asset.id}`, -amount);
    if (kind === 'clawback' && role === 'issuer') add(lines, `${whose} issued ${asset.id}`, amount);
    if (kind === 'clawback' && (role === 'issuer' || role === 'debt')) {
      add(lines, `${whose} given ${asset.unit}|${asset.fund}`, role === 'issuer' ? amount : -amount);
    }
  }
  return lines;
}

const MEMBERS_OWN: ReadonlySet<Role> = new Set(['available', 'held', 'expired', 'pending', 'debt']);

/** Whose points move; where they are several members', which no step of the program makes, all of them. */
function memberOf(entries: readonly Entry[]): string {
  const owners = new Set<string>();
  for (const { account } of entries) if (MEMBERS_OWN.has(account.role)) owners.add(account.owner);
  return [...owners].sort().join(' ');
}

function add(lines: Lines, line: string, amount: number): void {
  lines.set(line, (lines.get(line) ?? 0) + amount);
}
