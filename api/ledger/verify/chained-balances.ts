/**
 * What the entries of a book come to, position by position: a few dozen bytes each, since a book may have millions and
 * verification holds them all. Open addressing over plain numbers, in many small shards: none takes long to grow.
 */
const SHARDS = 256;
const FIRST_SLOTS = 16;

const FREE = 0;
const TAKEN = 1;
/** Taken, and there is a row of the position. */
const STORED = 2;

type Shard = {
  states: Uint8Array;
  accounts: Float64Array;
  assets: Float64Array;
  balances: Float64Array;
  entries: Float64Array;
  taken: number;
};

function emptyShard(slots: number): Shard {
  const numbers = (): Float64Array => new Float64Array(slots);
  return {
    states: new Uint8Array(slots),
    accounts: numbers(),
    assets: numbers(),
    balances: numbers(),
    entries: numbers(),
    taken: 0,
  };
}

function mixed(account: number, asset: number): number {
  let hash = Math.imul(account % 0xffffffff, 0x9e3779b1) ^ Math.imul(asset % 0xffffffff, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

export class ChainedBalances {
  readonly #shards = Array.from({ length: SHARDS }, () => emptyShard(FIRST_SLOTS));

  /** What a position holds after the entries that were added; 0 where there was none. */
  balance(account: number, asset: number): number {
    const [shard, slot] = this.#find(account, asset);
    return shard.balances[slot] ?? 0;
  }

  set(account: number, asset: number, balance: number, entry: number): void {
    let [shard, slot] = this.#find(account, asset);
    if (shard.states[slot] === FREE) {
      if (shard.taken * 3 > shard.states.length * 2) [shard, slot] = this.#grow(account, asset);
      shard.taken++;
      shard.states[slot] = TAKEN;
      shard.accounts[slot] = account;
      shard.assets[slot] = asset;
    }
    shard.balances[slot] = balance;
    shard.entries[slot] = entry;
  }

  /** Says that there is a row of this position, and gives what it should say; undefined when no entry made it. */
  match(account: number, asset: number): { balance: number; entry: number } | undefined {
    const [shard, slot] = this.#find(account, asset);
    if (shard.states[slot] === FREE) return undefined;
    shard.states[slot] = STORED;
    return { balance: shard.balances[slot] ?? 0, entry: shard.entries[slot] ?? 0 };
  }

  /** Positions of which no row was matched. */
  *unmatched(): Generator<{ account: number; asset: number }> {
    for (const { states, accounts, assets } of this.#shards) {
      for (let slot = states.indexOf(TAKEN); slot >= 0; slot = states.indexOf(TAKEN, slot + 1)) {
        yield { account: accounts[slot] ?? 0, asset: assets[slot] ?? 0 };
      }
    }
  }

  #find(account: number, asset: number): [Shard, number] {
    const hash = mixed(account, asset);
    const shard = this.#shards[hash % SHARDS] ?? emptyShard(FIRST_SLOTS);
    return [shard, slotOf(shard, hash, account, asset)];
  }

  #grow(account: number, asset: number): [Shard, number] {
    const index = mixed(account, asset) % SHARDS;
    const old = this.#shards[index] ?? emptyShard(FIRST_SLOTS);
    const grown = emptyShard(old.states.length * 2);
    grown.taken = old.taken;
    for (const [from, state] of old.states.entries()) {
      if (state === FREE) continue;
      const [ofAccount, ofAsset] = [old.accounts[from] ?? 0, old.assets[from] ?? 0];
      const to = slotOf(grown, mixed(ofAccount, ofAsset), ofAccount, ofAsset);
      grown.states[to] = state;
      grown.accounts[to] = ofAccount;
      grown.assets[to] = ofAsset;
      grown.balances[to] = old.balances[from] ?? 0;
      grown.entries[to] = old.entries[from] ?? 0;
    }
    this.#shards[index] = grown;
    return this.#find(account, asset);
  }
}

/** The slot of a position, or the free one that it would take. */
function slotOf({ states, accounts, assets }: Shard, hash: number, account: number, asset: number): number {
  const mask = states.length - 1;
  let slot = (hash >>> 8) & mask;
  while (states[slot] !== FREE && (accounts[slot] !== account || assets[slot] !== asset)) {
    slot = (slot + 1) & mask;
  }
  return slot;
}
