/**
 * The SQLite store in a thread of its own, so that requests are read and answered while a batch is planned and written
 * to disk. Keys are looked up here, on a connection that only reads: what is acknowledged is committed, hence seen.
 */
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { connectSqlite } from '../db/index.ts';
import type { Instant } from './core/amount.ts';
import type { Key, Outcome, Unit } from './core/command.ts';
import type { StoredKey } from './core/state.ts';
import { SqliteReader } from './sqlite-load.ts';
import type { LedgerStore, RowTables } from './store.ts';

export type ThreadData = { file: string; rowTables: RowTables };
export type ThreadQuestion = {
  id: number;
  does: 'commit' | 'dryRun';
  book: number;
  units: readonly Unit[];
  now: Instant;
};
export type ThreadAnswer = {
  id: number;
  outcomes?: Outcome[];
  error?: { message: string; code?: string; stack?: string | undefined };
};
type Waiting = { resolve: (outcomes: Outcome[]) => void; reject: (error: Error) => void };

/** The journal takes it for a lost connection: it asks again, and the keys make that a replay. */
const LOST = 'ECONNRESET';

export class SqliteThread implements LedgerStore {
  readonly engine = 'sqlite';
  /** Others gather while the thread writes, so nothing is won by letting it wait: measured, a third more with one turn. */
  readonly gatherTurns = 1;
  readonly #startWorker: () => Worker;
  readonly #connection: Database;
  readonly #reader: SqliteReader;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #asked = 0;

  /** `start` is for a test that must hold the thread in its hands. */
  constructor(file: string, rowTables: RowTables, start: (data: ThreadData) => Worker = startWorker) {
    this.#startWorker = () => start({ file, rowTables });
    this.#connection = connectSqlite(file, { readonly: true });
    this.#reader = new SqliteReader(this.#connection, rowTables);
    this.#worker = this.#start();
  }

  commit(book: number, units: readonly Unit[], now: Instant): Promise<Outcome[]> {
    return this.#ask('commit', book, units, now);
  }

  dryRun(book: number, units: readonly Unit[], now: Instant): Promise<Outcome[]> {
    return this.#ask('dryRun', book, units, now);
  }

  // async, so that a failed look-up rejects as it does on PostgreSQL.
  async findKey(book: number, { scope, key }: Key): Promise<StoredKey | undefined> {
    return this.#reader.key(book, scope, key);
  }

  /** Resolves when the thread has closed its file and is gone. What was asked before is answered first. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker) {
      const gone = new Promise((done) => worker.once('exit', done));
      worker.postMessage('close');
      await gone;
    }
    this.#connection.close();
  }

  #ask(does: ThreadQuestion['does'], book: number, units: readonly Unit[], now: Instant): Promise<Outcome[]> {
    return new Promise((resolve, reject) => {
      const worker = (this.#worker ??= this.#start());
      const id = ++this.#asked;
      worker.postMessage({ id, does, book, units, now } satisfies ThreadQuestion);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #start(): Worker {
    const worker = this.#startWorker();
    worker.on('message', ({ id, outcomes, error }: ThreadAnswer) => {
      const asker = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (outcomes) asker?.resolve(outcomes);
      else asker?.reject(Object.assign(new Error(error?.message), error));
    });
    let cause: unknown;
    worker.on('error', (error) => (cause = error));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const { reject } of this.#waiting.values()) {
        reject(Object.assign(new Error('the writer thread ended', { cause }), { code: LOST }));
      }
      this.#waiting.clear();
    });
    return worker;
  }
}

/** Beside this file: bundled when this runs from a build, and as a source when it runs from sources, as tests do. */
export function startWorker(workerData: ThreadData): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./sqlite-store.worker.mjs', import.meta.url), { workerData });
  }
  const { href } = new URL('./sqlite-store.worker.ts', import.meta.url);
  const source = `import('tsx/esm/api').then(({ register }) => { register(); return import('${href}'); })`;
  return new Worker(source, { eval: true, workerData });
}
