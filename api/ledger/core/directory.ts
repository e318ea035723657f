/**
 * Accounts and assets of one book that this process has met. They never change once stored, so they are kept
 * between batches; the older half is dropped when there are too many, and met again when needed.
 */
import type { Account } from './account.ts';
import type { AssetRow } from './asset.ts';

const GENERATION = 100_000;

class Generations<K, V> {
  #young = new Map<K, V>();
  #old = new Map<K, V>();

  get(key: K): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }
  set(key: K, value: V): void {
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}

export class Directory {
  readonly #accounts = new Generations<string, Account>();
  readonly #accountsById = new Generations<number, Account>();
  readonly #assets = new Generations<string, AssetRow>();
  readonly #assetsById = new Generations<number, AssetRow>();

  account(key: string): Account | undefined {
    return this.#accounts.get(key);
  }
  accountById(id: number): Account | undefined {
    return this.#accountsById.get(id);
  }
  asset(key: string): AssetRow | undefined {
    return this.#assets.get(key);
  }
  assetById(id: number): AssetRow | undefined {
    return this.#assetsById.get(id);
  }
  addAccount(account: Account): void {
    this.#accounts.set(account.key, account);
    this.#accountsById.set(account.id, account);
  }
  addAsset(asset: AssetRow): void {
    this.#assets.set(asset.key, asset);
    this.#assetsById.set(asset.id, asset);
  }
}
