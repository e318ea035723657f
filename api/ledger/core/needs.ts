/**
 * Protects: a position that is not loaded is unknown, not zero. Planning notes what it misses here; the store
 * loads it, inside the same database transaction, and the batch is planned again.
 */
import type { AccountRef } from './account.ts';
import type { Asset } from './asset.ts';

export class Needs {
  readonly accounts = new Map<string, AccountRef>();
  readonly assets = new Map<string, Asset>();
  /** `account:asset` → both ids. */
  readonly positions = new Map<string, readonly [account: number, asset: number]>();
  /** Accounts whose positions other than zero are all wanted. */
  readonly holdings = new Set<number>();
  /** Promises (`unit|fund`) whose series are all wanted. */
  readonly promises = new Map<string, { unit: string; fund: string }>();
  readonly tallies = new Set<string>();
  readonly transactions = new Set<number>();
  readonly holds = new Set<string>();
  readonly rows = new Map<string, { table: string; id: string }>();
  readonly keys = new Map<string, { scope: string; key: string }>();
  #count = 0;

  /** How many things were asked for so far; a unit that raised it has to be planned again. */
  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.accounts.clear();
    this.assets.clear();
    this.positions.clear();
    this.holdings.clear();
    this.promises.clear();
    this.tallies.clear();
    this.transactions.clear();
    this.holds.clear();
    this.rows.clear();
    this.keys.clear();
    this.#count = 0;
  }

  account(key: string, ref: AccountRef): void {
    this.accounts.set(key, ref);
    this.#count++;
  }
  asset(key: string, asset: Asset): void {
    this.assets.set(key, asset);
    this.#count++;
  }
  position(account: number, asset: number): void {
    this.positions.set(`${account}:${asset}`, [account, asset]);
    this.#count++;
  }
  holdingsOf(account: number): void {
    this.holdings.add(account);
    this.#count++;
  }
  promise(unit: string, fund: string): void {
    this.promises.set(`${unit}|${fund}`, { unit, fund });
    this.#count++;
  }
  tally(key: string): void {
    this.tallies.add(key);
    this.#count++;
  }
  transaction(id: number): void {
    this.transactions.add(id);
    this.#count++;
  }
  hold(id: string): void {
    this.holds.add(id);
    this.#count++;
  }
  row(table: string, id: string): void {
    this.rows.set(`${table}/${id}`, { table, id });
    this.#count++;
  }
  key(scope: string, key: string): void {
    this.keys.set(`${scope} ${key}`, { scope, key });
    this.#count++;
  }
}
