/**
 * A ledger as one would write it after reading design.md §3 once: balances in a map, history in lists, everything
 * copied before each unit. It shares no code with the core; only its commands' types and the refusals' names.
 */
import type { Unit } from '../../api/ledger/core/command.ts';
import { refuse } from './naive-books.ts';
import { FIRST_ID, NaivePostings } from './naive-postings.ts';

export type Result = { transactions: number[]; number: string | undefined };

export class NaiveLedger extends NaivePostings {
  /** Throws `Refused` and leaves everything as it was. */
  run(unit: Unit): Result {
    const before = structuredClone(this.books);
    try {
      return this.#unit(unit);
    } catch (error) {
      this.books = before;
      throw error;
    }
  }

  /** The latest closed month of a place. */
  closedThrough(place: string): string | undefined {
    const months = this.#counter(`closed-through:${place}`) - 1;
    if (months < 0) return undefined;
    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
  }

  #unit(unit: Unit): Result {
    const effectiveAt = unit.effectiveAt ?? this.now;
    if (effectiveAt > this.now) refuse('effective-in-future');
    const month = new Date(effectiveAt + 8 * 3_600_000).toISOString().slice(0, 7);
    if ((this.closedThrough(unit.place) ?? '') >= month) refuse('month-closed');
    let number: string | undefined;
    for (const { key, was } of unit.tallies ?? []) {
      if (was !== undefined && this.#counter(key) !== was) refuse('version-conflict');
    }
    for (const { key } of unit.uniques ?? []) {
      if (this.#counter(`used ${key}`) > 0) refuse('already-done');
    }
    for (const change of unit.rows ?? []) {
      if (!('update' in change)) continue;
      const version = this.books.rows.get(change.id);
      if (version === undefined) refuse('row-not-found');
      if (version !== change.version) refuse('version-conflict');
    }
    const isMoved = unit.tallies?.some(({ add, was }) => add !== 0 || was === undefined);
    const counts = isMoved || unit.uniques?.length || unit.number;
    const transactions: number[] = [];
    for (const command of unit.commands) {
      const id = FIRST_ID + ++this.books.seq;
      this.command(command, id);
      this.checkLimits();
      if (transactions.length === 0) number = this.#count(unit);
      transactions.push(id);
    }
    if (unit.commands.length === 0 && counts) {
      number = this.#count(unit);
      transactions.push(FIRST_ID + ++this.books.seq);
    }
    for (const change of unit.rows ?? []) {
      const id = 'insert' in change ? String(change.values['id']) : change.id;
      const version = this.books.rows.get(id);
      if ('insert' in change && version !== undefined) refuse('version-conflict');
      if ('update' in change && version === undefined) refuse('row-not-found');
      if ('update' in change && version !== change.version) refuse('version-conflict');
      this.books.rows.set(id, (version ?? 0) + 1);
    }
    return { transactions, number };
  }

  /** Caps, business keys and the voucher number; they belong to the unit's first transaction. */
  #count(unit: Unit): string | undefined {
    for (const { key, add, max = Infinity } of unit.tallies ?? []) {
      if (add > 0 && this.#counter(key) + add > max) refuse('cap-exceeded');
      this.books.counters.set(key, this.#counter(key) + add);
    }
    for (const { key } of unit.uniques ?? []) {
      if (this.#counter(`used ${key}`) > 0) refuse('already-done');
      this.books.counters.set(`used ${key}`, 1);
    }
    if (!unit.number) return undefined;

    const next = this.#counter(`voucher ${unit.number.prefix}`) + 1;
    this.books.counters.set(`voucher ${unit.number.prefix}`, next);
    return unit.number.prefix + String(next).padStart(unit.number.pad, '0');
  }

  #counter(key: string): number {
    return this.books.counters.get(key) ?? 0;
  }
}
