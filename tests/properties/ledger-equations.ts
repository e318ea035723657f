/** What must be true of all that is stored, whatever happened: derived from the positions and entries alone. */
import type { Account } from '../../api/ledger/core/account.ts';
import type { Asset, AssetRow } from '../../api/ledger/core/asset.ts';
import type { Transaction, TransactionTerms } from '../../api/ledger/core/transaction.ts';
import type { StoredBook } from '../support/stored-book.ts';
import { promiseName, seriesName } from './naive-books.ts';

/** All that the equations are about, wherever it is stored; a position's key is `account:asset`. */
export type LedgerAsStored = {
  readonly book: number;
  readonly transactions: readonly Transaction[];
  readonly accounts: ReadonlyMap<unknown, Account>;
  readonly assets: ReadonlyMap<unknown, AssetRow>;
  readonly positions: ReadonlyMap<string, { account: number; asset: number; balance: number }>;
  /** What a counter stands at; 0 if there is none. */
  total(key: string): number;
};

/** A book as it was read from a database. */
export function storedLedger(book: number, stored: StoredBook): LedgerAsStored {
  const entries = stored.transactions.flatMap((t) => t.entries);
  const totals = new Map(stored.tallies.map(({ key, total }) => [key, total]));
  return {
    book,
    transactions: stored.transactions,
    accounts: new Map(entries.map(({ account }) => [account.id, account])),
    assets: new Map(entries.map(({ asset }) => [asset.id, asset])),
    positions: new Map(stored.positions.map((p) => [`${p.account}:${p.asset}`, p])),
    total: (key) => totals.get(key) ?? 0,
  };
}

export function nameOf(asset: Asset): string {
  if (asset.kind === 'cny6') return 'cny6';
  if (asset.kind === 'promise') return promiseName(asset.unit, asset.fund);
  return seriesName(asset.unit, asset.fund, { ...asset, budgetReturns: asset.budgetReturns === 1 });
}

/** Every position that is not zero, as `owner/role/asset` with the counterparty beside the role. */
export function balancesOf(ledger: LedgerAsStored): Map<string, number> {
  const accounts = new Map([...ledger.accounts.values()].map((a) => [a.id, a]));
  const assets = new Map([...ledger.assets.values()].map((a) => [a.id, a]));
  const balances = new Map<string, number>();
  for (const { account, asset, balance } of ledger.positions.values()) {
    const a = accounts.get(account);
    const s = assets.get(asset);
    if (!a || !s) throw new Error('a position of nothing');
    if (balance === 0) continue;
    const arrow = a.role === 'payable' ? '→' : '←';
    const role = a.role + (a.counterparty === '' ? '' : arrow + a.counterparty);
    balances.set(`${a.owner}/${role}/${nameOf(s)}`, balance);
  }
  return balances;
}

const BOUNDED = ['available', 'held', 'expired', 'pending', 'unissued'];

/** Complaints about the books as they stand; none when all is well. Rule 9 for every fund as a whole. */
export function complaints(ledger: LedgerAsStored): string[] {
  const balances = balancesOf(ledger);
  const found: string[] = [];
  const sums = new Map<string, number>();
  const add = (what: string, amount: number): void => void sums.set(what, (sums.get(what) ?? 0) + amount);
  for (const [position, balance] of balances) {
    const [, role = '', asset = ''] = position.split('/');
    if (BOUNDED.includes(role) && balance < 0) found.push(`rule 3: ${position} ${balance}`);
    if (role === 'debt' && balance > 0) found.push(`rule 3: ${position} ${balance}`);
    add(`rule 2: ${asset} sums to`, balance);
    const [kind, unit, fund] = asset.split(' ');
    const promise = `${unit} of ${fund}`;
    if (kind === 'promise' && ['outside', 'unissued', 'pending', 'issued'].includes(role)) {
      add(`rule 9: promised ${promise}`, balance);
    }
    if (role === 'owed' || role === 'debt') add(`rule 9: owed ${promise}`, balance);
    if (role === 'issued') add(`rule 9: issued ${promise}`, balance);
    const isBacked = role === 'expired' ? asset.endsWith(' 0') : BACKED.includes(role);
    if (kind === 'series' && isBacked) add(`rule 9: issued ${promise}`, -balance);
  }
  for (const [what, total] of sums) if (total !== 0) found.push(`${what} ${total}`);
  return [...found, ...holdComplaints(ledger, balances)];
}
const BACKED = ['available', 'held', 'redeemed'];

/** What holds have left, as their counters say, is what members' held positions hold. */
function holdComplaints(ledger: LedgerAsStored, balances: ReadonlyMap<string, number>): string[] {
  const left = new Map<string, number>();
  const assets = new Map([...ledger.assets.values()].map((a) => [a.id, a]));
  for (const t of ledger.transactions) {
    if (t.kind !== 'hold') continue;
    const { hold } = JSON.parse(t.terms ?? '{}') as TransactionTerms;
    for (const { account, asset } of t.entries) {
      if (account.role !== 'held') continue;
      const position = `${hold?.member}/held/${nameOf(assets.get(asset.id) ?? asset)}`;
      left.set(position, (left.get(position) ?? 0) + ledger.total(`hold:${t.holdId}:${asset.id}`));
    }
  }
  const positions = new Set([...left.keys(), ...[...balances.keys()].filter((p) => p.includes('/held/'))]);
  return [...positions]
    .filter((position) => (left.get(position) ?? 0) !== (balances.get(position) ?? 0))
    .map((position) => `hold counters: ${position}`);
}

/** Rule 2 over the whole history: gap-free sequence, zero sums, and `balance_after` chains to the positions. */
export function historyComplaints(ledger: LedgerAsStored): string[] {
  const found: string[] = [];
  const running = new Map<string, number>();
  let previous = 0;
  for (const [nth, t] of ledger.transactions.entries()) {
    if (t.seq !== nth + 1 || t.id !== ledger.book * 2 ** 40 + t.seq) found.push(`gap at ${t.seq}`);
    if (t.bookedAt < previous || t.effectiveAt > t.bookedAt) found.push(`time at ${t.seq}`);
    previous = t.bookedAt;
    const sums = new Map<number, number>();
    for (const { account, asset, amount, balanceAfter } of t.entries) {
      sums.set(asset.id, (sums.get(asset.id) ?? 0) + amount);
      const position = `${account.id}:${asset.id}`;
      running.set(position, (running.get(position) ?? 0) + amount);
      if (running.get(position) !== balanceAfter) found.push(`balance_after in ${t.seq}`);
    }
    for (const total of sums.values()) if (total !== 0) found.push(`transaction ${t.seq} sums to ${total}`);
  }
  for (const [position, { balance }] of ledger.positions) {
    if (balance !== (running.get(position) ?? 0)) found.push(`position ${position} is not its entries`);
  }
  return [...found, ...payableComplaints(ledger)];
}

/** Rule 9, last part: what a fund owes is redeemed × rate × factor − paid, under the terms of each transaction. */
function payableComplaints(ledger: LedgerAsStored): string[] {
  const owes = new Map<string, number>();
  const owe = (payer: string, payee: string, micro: number): void => {
    owes.set(`${payer}→${payee}`, (owes.get(`${payer}→${payee}`) ?? 0) + micro);
  };
  for (const { entries, terms: text, kind } of ledger.transactions) {
    const { settlement = {}, redeemer = '' } = JSON.parse(text ?? '{}') as TransactionTerms;
    for (const { account, asset, amount } of entries) {
      if (kind === 'pay' && account.role === 'payable') owe(account.owner, account.counterparty, -amount);
      const terms = settlement[asset.fund];
      if (account.role !== 'redeemed' || !terms || terms.mode === 'stocked') continue;
      const micro = (amount * asset.rateMicro * terms.factor) / 10_000;
      const party = terms.mode === 'clearing' ? terms.via : redeemer;
      owe(asset.fund, party, micro);
      if (party !== redeemer) owe(party, redeemer, micro);
    }
  }
  const balances = balancesOf(ledger);
  return [...ledger.accounts.values()]
    .filter((a) => a.role === 'payable')
    .filter((a) => {
      const balance = balances.get(`${a.owner}/payable→${a.counterparty}/cny6`) ?? 0;
      return balance + (owes.get(`${a.owner}→${a.counterparty}`) ?? 0) !== 0;
    })
    .map((a) => `rule 9: ${a.key} is not redeemed × rate × factor − paid`);
}
