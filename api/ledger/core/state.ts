/**
 * The part of one book that a batch is planned on: what was loaded, plus what the units before have changed.
 * Protects: a refused unit leaves no trace (every change is undone).
 */
import type { Account } from './account.ts';
import type { Amount } from './amount.ts';
import type { AssetRow } from './asset.ts';
import type { Content, Row } from './command.ts';
import type { Position, RowState, StoredKey, TallyState } from './loaded.ts';
import { LoadedBook } from './loaded-book.ts';
import { Needs } from './needs.ts';
import type { Transaction } from './transaction.ts';

export type { Head, Position, StoredKey, TallyState } from './loaded.ts';

export class State extends LoadedBook {
  /** What the units that stand keep beside their rows. */
  readonly contents: Content[] = [];

  // — what planning changes, all of it undone when the unit is refused —

  setBalance(position: Position, balance: Amount, entry: number): void {
    const { balance: oldBalance, entry: oldEntry, dirty } = position;
    this.undo.push(() => {
      position.balance = oldBalance;
      position.entry = oldEntry;
      position.dirty = dirty;
    });
    position.balance = balance;
    position.entry = entry;
    position.dirty = true;
  }

  setTally(tally: TallyState, total: number, entry: number): void {
    const { total: oldTotal, entry: oldEntry, dirty } = tally;
    this.undo.push(() => {
      tally.total = oldTotal;
      tally.entry = oldEntry;
      tally.dirty = dirty;
    });
    tally.total = total;
    tally.entry = entry;
    tally.dirty = true;
  }

  changeRow(row: RowState, change: Row, inserted: boolean): void {
    const old = { version: row.version, inserted: row.inserted, change: row.change };
    this.undo.push(() => Object.assign(row, old));
    row.change = { ...row.change, ...change };
    row.inserted = row.inserted || inserted;
    row.version = inserted ? 1 : (row.version ?? 0) + 1;
  }

  keepContents(contents: readonly Content[]): void {
    const { length } = this.contents;
    this.undo.push(() => this.contents.splice(length));
    this.contents.push(...contents);
  }

  addTransaction(transaction: Transaction): void {
    const head = { ...this.head };
    this.undo.push(() => {
      this.transactions.pop();
      Object.assign(this.head, head);
    });
    this.transactions.push(transaction);
    const madeHold = transaction.kind === 'hold' ? transaction.holdId : null;
    if (madeHold) {
      this.holds.set(madeHold, transaction.id);
      this.undo.push(() => this.holds.set(madeHold, null));
    }
    this.head.seq = transaction.seq;
    this.head.entry += transaction.entries.length;
    this.head.tally += transaction.tallies.length;
  }

  /** Where a unit begins; give it to `rollback` to undo all that came after. */
  mark(): number {
    return this.undo.length;
  }
  rollback(mark: number): void {
    while (this.undo.length > mark) this.undo.pop()?.();
  }
  /** Back to what was loaded, to plan the batch again once its needs are loaded. */
  reset(): void {
    this.rollback(0);
    this.needs = new Needs();
  }
  rememberKey(id: string, key: StoredKey): void {
    this.keys.set(id, key);
    this.undo.push(() => this.keys.set(id, null));
  }

  // — what a store writes —

  changedPositions(): Position[] {
    const changed: Position[] = [];
    for (const positions of this.positions.values()) {
      for (const position of positions.values()) if (position.dirty) changed.push(position);
    }
    return changed;
  }
  /** Accounts and assets that this batch's entries are the first to use; one that was only looked at is not opened. */
  opened(): { accounts: Account[]; assets: AssetRow[] } {
    const changed = this.changedPositions();
    const accounts = new Set(changed.map((p) => p.account));
    const assets = new Set(changed.map((p) => p.asset));
    return {
      accounts: this.newAccounts.filter((a) => accounts.has(a.id)),
      assets: this.newAssets.filter((a) => assets.has(a.id)),
    };
  }
  changedTallies(): TallyState[] {
    return [...this.tallies.values()].filter((t) => t.dirty);
  }
  changedRows(): RowState[] {
    return [...this.rows.values()].filter((r) => r.change !== undefined);
  }
}
