/**
 * What planning may ask of one book: what a store has loaded, and what was opened since. A position that is not loaded is
 * a need, never zero. State is built on it by inheritance and not beside it, so that nothing is passed on or made anew for an
 * entry: they are one object, of which this half answers and the other changes.
 */
import { accountKey, ROLES, type Account, type Role } from './account.ts';
import type { Amount, Instant } from './amount.ts';
import { assetKey, isLive, type Asset, type AssetRow } from './asset.ts';
import type { Directory } from './directory.ts';
import {
  UNKNOWN_ACCOUNT,
  UNKNOWN_ASSET,
  type Head,
  type Position,
  type RowState,
  type StoredKey,
  type TallyState,
} from './loaded.ts';
import { Needs } from './needs.ts';
import type { Transaction } from './transaction.ts';

/** An engine that answers without a wait; a batch on it is planned once. On others, what is missing becomes a need. */
export interface Source {
  /** Puts an answer to each need into the state: not there is an answer too. */
  load(state: LoadedBook, needs: Needs): void;
}

export class LoadedBook {
  readonly book: number;
  readonly head: Head;
  readonly directory: Directory;
  needs = new Needs();
  readonly newAccounts: Account[] = [];
  readonly newAssets: AssetRow[] = [];
  readonly transactions: Transaction[] = [];
  readonly #accounts = new Map<string, Account | null>();
  readonly #assets = new Map<string, AssetRow | null>();
  protected readonly positions = new Map<number, Map<number, Position>>();
  readonly #complete = new Set<number>();
  readonly #promises = new Map<string, AssetRow[]>();
  protected readonly tallies = new Map<string, TallyState>();
  readonly #stored = new Map<number, Transaction | null>();
  protected readonly rows = new Map<string, RowState>();
  protected readonly holds = new Map<string, number | null>();
  readonly keys = new Map<string, StoredKey | null>();
  /** How to take back what was changed, the latest last. */
  protected readonly undo: (() => void)[] = [];
  readonly #source: Source | undefined;
  readonly #trustsKeys: boolean;

  /**
   * `trustsKeys`: a key is taken to be new without a look-up, because the store's insert of it fails where it was not,
   * and the batch is then planned again.
   */
  constructor(
    book: number,
    head: Head,
    directory: Directory,
    { source, trustsKeys = false }: { source?: Source; trustsKeys?: boolean } = {},
  ) {
    this.book = book;
    this.head = head;
    this.directory = directory;
    this.#source = source;
    this.#trustsKeys = trustsKeys;
  }

  // — what a store brings —

  putAccount(key: string, account: Account | null): void {
    if (account) this.directory.addAccount(account);
    this.#accounts.set(key, account);
  }
  putAsset(key: string, asset: AssetRow | null): void {
    if (asset) this.directory.addAsset(asset);
    this.#assets.set(key, asset);
  }
  putPosition(account: number, asset: number, balance: Amount, entry: number): void {
    const positions = this.#positionsOf(account);
    if (!positions.has(asset)) positions.set(asset, { account, asset, balance, entry, dirty: false });
  }
  putHoldingsComplete(account: number): void {
    this.#complete.add(account);
    this.#positionsOf(account);
  }
  putPromise(unit: string, fund: string, assets: AssetRow[]): void {
    for (const asset of assets) this.directory.addAsset(asset);
    this.#promises.set(`${unit}|${fund}`, assets);
  }
  putTally(key: string, total: number, entry: number): void {
    if (!this.tallies.has(key)) this.tallies.set(key, { key, total, entry, dirty: false });
  }
  /** With its accounts and assets: what it gives back may be taken again by the next command. */
  putTransaction(id: number, transaction: Transaction | null): void {
    for (const { account, asset } of transaction?.entries ?? []) {
      this.directory.addAccount(account);
      this.directory.addAsset(asset);
    }
    this.#stored.set(id, transaction);
  }
  putHold(id: string, transaction: number | null): void {
    this.holds.set(id, transaction);
  }
  putRow(table: string, id: string, version: number | undefined): void {
    const key = `${table}/${id}`;
    if (!this.rows.has(key)) this.rows.set(key, { table, id, version, inserted: false, change: undefined });
  }

  // — what planning asks —

  /** The answer kept under a key; null when there is none, undefined when that is not known yet. */
  storedKey(scope: string, key: string): StoredKey | null | undefined {
    const known = this.keys.get(`${scope} ${key}`);
    return known === undefined && this.#trustsKeys ? null : this.lookUpKey(scope, key);
  }

  /** The same, never on trust: for a unit that will write nothing under its key. */
  lookUpKey(scope: string, key: string): StoredKey | null | undefined {
    const id = `${scope} ${key}`;
    const known = this.keys.get(id);
    if (known !== undefined) return known;
    this.needs.key(scope, key);
    return this.#answered() ? this.keys.get(id) : undefined;
  }

  account(owner: string, role: Role, counterparty = ''): Account {
    const key = accountKey(owner, role, counterparty);
    const known = this.#accounts.get(key) ?? this.directory.account(key);
    if (known) return known;
    if (this.#accounts.get(key) === undefined) {
      this.needs.account(key, { owner, role, counterparty });
      return this.#answered() ? this.account(owner, role, counterparty) : UNKNOWN_ACCOUNT;
    }
    return this.#openAccount(key, owner, role, counterparty);
  }

  asset(asset: Asset): AssetRow {
    const key = assetKey(asset);
    const known = this.#assets.get(key) ?? this.directory.asset(key);
    if (known) return known;
    if (this.#assets.get(key) === undefined) {
      this.needs.asset(key, asset);
      return this.#answered() ? this.asset(asset) : UNKNOWN_ASSET;
    }
    return this.#openAsset(key, asset);
  }

  /** Series of a promise that can still be spent at `at`, those of this batch included. */
  liveSeries(unit: string, fund: string, at: Instant): number {
    const series = this.#promises.get(`${unit}|${fund}`);
    if (!series) {
      this.needs.promise(unit, fund);
      return this.#answered() ? this.liveSeries(unit, fund, at) : 0;
    }
    const isOfPromise = (a: AssetRow): boolean => a.kind === 'series' && a.unit === unit && a.fund === fund;
    return [...series, ...this.newAssets.filter(isOfPromise)].filter((a) => isLive(a, at)).length;
  }

  position(account: Account, asset: AssetRow): Position {
    const positions = this.positions.get(account.id);
    const known = positions?.get(asset.id);
    if (known) return known;
    const isNew = this.#isNew(account, asset);
    if (isNew || this.#complete.has(account.id)) return this.#zero(account.id, asset.id);
    if (account.id >= 0 && asset.id >= 0) {
      this.needs.position(account.id, asset.id);
      if (this.#answered()) return this.position(account, asset);
    }
    return { account: account.id, asset: asset.id, balance: 0, entry: 0, dirty: false };
  }

  balance(account: Account, asset: AssetRow): Amount {
    return this.position(account, asset).balance;
  }

  /** Every position of an account that is not zero. */
  holdings(account: Account): Position[] {
    if (account.id < 0) return [];
    if (!this.#complete.has(account.id)) {
      if (!this.newAccounts.includes(account)) {
        this.needs.holdingsOf(account.id);
        return this.#answered() ? this.holdings(account) : [];
      }
      this.#complete.add(account.id);
    }
    return [...this.#positionsOf(account.id).values()].filter((p) => p.balance !== 0);
  }

  tally(key: string): TallyState {
    const known = this.tallies.get(key);
    if (known) return known;
    this.needs.tally(key);
    if (this.#answered()) return this.tally(key);
    return { key, total: 0, entry: 0, dirty: false };
  }

  /** A stored transaction of this book; undefined when there is none (or it is not loaded yet). */
  transaction(id: number): Transaction | undefined {
    const made = this.transactions[id - (this.transactions[0]?.id ?? Infinity)];
    if (made) return made;
    const known = this.#stored.get(id);
    if (known !== undefined) return known ?? undefined;
    this.needs.transaction(id);
    return this.#answered() ? this.transaction(id) : undefined;
  }

  /** The transaction that made a hold; undefined when there is none (or it is not loaded yet). */
  holdTransaction(id: string): number | undefined {
    const known = this.holds.get(id);
    if (known !== undefined) return known ?? undefined;
    this.needs.hold(id);
    return this.#answered() ? this.holdTransaction(id) : undefined;
  }

  row(table: string, id: string): RowState {
    const known = this.rows.get(`${table}/${id}`);
    if (known) return known;
    this.needs.row(table, id);
    if (this.#answered()) return this.row(table, id);
    return { table, id, version: undefined, inserted: false, change: undefined };
  }

  /** True when what was just needed has been answered at once. */
  #answered(): boolean {
    if (!this.#source) return false;
    this.#source.load(this, this.needs);
    this.needs.clear();
    return true;
  }

  #openAccount(key: string, owner: string, role: Role, counterparty: string): Account {
    const { floor, ceiling } = ROLES[role];
    const account: Account = { id: ++this.head.account, key, owner, role, counterparty, floor, ceiling };
    this.newAccounts.push(account);
    this.#accounts.set(key, account);
    this.undo.push(() => {
      this.newAccounts.pop();
      this.#accounts.set(key, null);
      this.positions.delete(account.id);
      this.#complete.delete(account.id);
      this.head.account--;
    });
    return account;
  }

  #openAsset(key: string, asset: Asset): AssetRow {
    const row: AssetRow = { ...asset, id: ++this.head.asset, key };
    this.newAssets.push(row);
    this.#assets.set(key, row);
    this.undo.push(() => {
      this.newAssets.pop();
      this.#assets.set(key, null);
      for (const positions of this.positions.values()) positions.delete(row.id);
      this.head.asset--;
    });
    return row;
  }

  #isNew(account: Account, asset: AssetRow): boolean {
    const lastAccount = this.newAccounts[0]?.id ?? Infinity;
    const lastAsset = this.newAssets[0]?.id ?? Infinity;
    return account.id >= lastAccount || asset.id >= lastAsset;
  }

  #zero(account: number, asset: number): Position {
    const position = { account, asset, balance: 0, entry: 0, dirty: false };
    if (account >= 0 && asset >= 0) this.#positionsOf(account).set(asset, position);
    return position;
  }

  #positionsOf(account: number): Map<number, Position> {
    let positions = this.positions.get(account);
    if (!positions) this.positions.set(account, (positions = new Map()));
    return positions;
  }
}
