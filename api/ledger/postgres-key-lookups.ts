/**
 * Keys looked up before anything else, many at a time: those that are asked for while a query is under way wait for it
 * and go together in the next, so that a busy till costs the database a few queries and not one a request.
 */
import type { Pool } from 'pg';
import type { Key } from './core/command.ts';
import type { StoredKey } from './core/state.ts';
import { lookUpKeys, storedKey } from './postgres-lookups.ts';

type Waiting = {
  key: Key;
  resolve: (found: StoredKey | undefined) => void;
  reject: (error: unknown) => void;
};

const MAX_TOGETHER = 1_000;

export class KeyLookups {
  readonly #pool: Pool;
  readonly #waiting = new Map<number, Waiting[]>();
  readonly #asking = new Set<number>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  find(book: number, key: Key): Promise<StoredKey | undefined> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(book);
      if (waiting) waiting.push({ key, resolve, reject });
      else this.#waiting.set(book, [{ key, resolve, reject }]);
      if (!this.#asking.has(book)) void this.#ask(book);
    });
  }

  async #ask(book: number): Promise<void> {
    this.#asking.add(book);
    await new Promise((gathered) => setImmediate(gathered));
    for (let wave = this.#take(book); wave.length > 0; wave = this.#take(book))
      await this.#answer(book, wave);
    this.#asking.delete(book);
  }

  #take(book: number): Waiting[] {
    return this.#waiting.get(book)?.splice(0, MAX_TOGETHER) ?? [];
  }

  async #answer(book: number, wave: readonly Waiting[]): Promise<void> {
    const found = new Map<string, StoredKey>();
    const lookup = lookUpKeys(
      book,
      wave.map(({ key }) => key),
      (row) => found.set(`${row.scope} ${row.key}`, storedKey(row)),
    );
    try {
      const { statement, values } = lookup.query;
      lookup.take(await this.#pool.query({ ...statement, values: [...values] }));
      for (const { key, resolve } of wave) resolve(found.get(`${key.scope} ${key.key}`));
    } catch (error) {
      for (const { reject } of wave) reject(error);
    }
  }
}
