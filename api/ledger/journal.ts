/**
 * The only way in: units gather while the last batch is written, and are planned and committed together. Protects
 * rules 4 and 6: acknowledged means on disk, a commit with an unknown result is run again (its keys make that a
 * replay), and one unit that the database refuses never fails its neighbours.
 */
import { isPassing } from '../db/index.ts';
import type { Instant } from './core/amount.ts';
import type { Outcome, Unit } from './core/command.ts';
import type { LedgerStore } from './store.ts';

export type Lane = 'interactive' | 'bulk';
export type JournalLimits = { batch: number; bulkPerBatch: number; queue: number; attempts: number };
export type BatchReport = { units: number; milliseconds: number; failed: boolean };

/** One place of so many in a batch. */
const KEPT_FOR_BULK = 50;
export const JOURNAL_LIMITS: JournalLimits = { batch: 1_000, bulkPerBatch: 64, queue: 20_000, attempts: 5 };

/** How long a batch is gathered at most, in turns of the event loop; a turn in which nobody came ends it sooner. */
const MOST_TURNS = 12;

/** Before the second attempt; doubled before each further one. */
const FIRST_PAUSE_MS = 100;

const UNAVAILABLE = {
  full: 'the journal queue is full',
  stopping: 'the journal is stopping',
  unreachable: 'the database cannot be reached',
};

/**
 * The unit should be sent again later under the same key. When the queue was full or the process is stopping, nothing
 * was written; when the database could not be reached, the last attempt may have been, and the key makes it a replay.
 */
export class JournalUnavailable extends Error {
  readonly reason: keyof typeof UNAVAILABLE;
  constructor(reason: keyof typeof UNAVAILABLE, options?: ErrorOptions) {
    super(UNAVAILABLE[reason], options);
    this.name = 'JournalUnavailable';
    this.reason = reason;
  }
}

type Waiting = { unit: Unit; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void };
type Written = { batch: readonly Waiting[]; outcomes?: readonly Outcome[]; error?: unknown };

export class Journal {
  readonly #store: LedgerStore;
  readonly #now: () => Instant;
  readonly #limits: JournalLimits;
  readonly #books = new Map<number, BookQueue>();
  readonly #onBatch: ((report: BatchReport) => void) | undefined;
  #stopping = false;

  constructor(input: {
    store: LedgerStore;
    now: () => Instant;
    limits?: Partial<JournalLimits>;
    onBatch?: (report: BatchReport) => void;
  }) {
    this.#store = input.store;
    this.#now = input.now;
    this.#limits = { ...JOURNAL_LIMITS, ...input.limits };
    this.#onBatch = input.onBatch;
  }

  /** Resolves when the unit is on disk or refused; rejects with `JournalUnavailable` or what the database said. */
  commit(book: number, unit: Unit, lane: Lane = 'interactive'): Promise<Outcome> {
    if (this.#stopping) return Promise.reject(new JournalUnavailable('stopping'));
    const queue = this.#queue(book);
    if (queue.length >= this.#limits.queue) return Promise.reject(new JournalUnavailable('full'));
    return queue.add(unit, lane);
  }

  /** What `commit` would answer now, with nothing written. */
  async dryRun(book: number, unit: Unit): Promise<Outcome> {
    const [outcome] = await this.#store.dryRun(book, [unit], this.#now());
    if (!outcome) throw new Error('a dry run gave no outcome');
    return outcome;
  }

  /** The answer kept under a key, looked up before anything else is. */
  async find(book: number, key: Unit['key']): ReturnType<LedgerStore['findKey']> {
    return this.#store.findKey(book, key);
  }

  /** Units waiting or being written, over all books. */
  get waiting(): number {
    let total = 0;
    for (const queue of this.#books.values()) total += queue.length;
    return total;
  }

  /** Takes no more units and resolves when everything that was taken is answered. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#books.values()].map((queue) => queue.end()));
  }

  #queue(book: number): BookQueue {
    let queue = this.#books.get(book);
    if (!queue) {
      const run = (units: Unit[]): Promise<Outcome[]> => this.#run(book, units);
      this.#books.set(
        book,
        (queue = new BookQueue(run, this.#limits, this.#store.gatherTurns ?? MOST_TURNS)),
      );
    }
    return queue;
  }

  async #run(book: number, units: Unit[]): Promise<Outcome[]> {
    const started = performance.now();
    let failed = true;
    try {
      const outcomes = await this.#store.commit(book, units, this.#now());
      failed = false;
      return outcomes;
    } finally {
      this.#onBatch?.({ units: units.length, milliseconds: performance.now() - started, failed });
    }
  }
}

/** The two lanes of one book, and its single loop. */
class BookQueue {
  readonly #run: (units: Unit[]) => Promise<Outcome[]>;
  readonly #limits: JournalLimits;
  readonly #turns: number;
  readonly #lanes: Record<Lane, Waiting[]> = { interactive: [], bulk: [] };
  #inFlight = 0;
  /** Cleared in the same step that finds the lanes empty, so that no unit can slip in between and wait for ever. */
  #draining = false;
  #ending = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(run: (units: Unit[]) => Promise<Outcome[]>, limits: JournalLimits, turns: number) {
    this.#run = run;
    this.#limits = limits;
    this.#turns = turns;
  }

  get length(): number {
    return this.#lanes.interactive.length + this.#lanes.bulk.length + this.#inFlight;
  }

  add(unit: Unit, lane: Lane): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#lanes[lane].push({ unit, resolve, reject });
      if (!this.#draining) this.#loop = this.#drain();
    });
  }

  /** Resolves when everything that was taken is answered. A database that is away is waited for once, not by every batch. */
  async end(): Promise<void> {
    this.#ending = true;
    while (this.#draining) await this.#loop;
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    do {
      await this.#gather();
      let writing = this.#write(this.#take());
      for (;;) {
        const { batch, outcomes, error } = await writing;
        const isNext = outcomes !== undefined && this.#gathered > 0;
        if (isNext) writing = this.#write(this.#take());
        if (outcomes) answer(batch, outcomes);
        else await this.#afterFailure(batch, error);
        this.#inFlight -= batch.length;
        if (!isNext) break;
        // A store that answers at once must not keep new requests out.
        await nextTurn();
      }
    } while (this.#gathered > 0);
    this.#draining = false;
  }

  get #gathered(): number {
    return this.#lanes.interactive.length + this.#lanes.bulk.length;
  }

  /**
   * Lets requests that are still being read join the batch: a commit costs the disk the same for one unit as for sixty.
   * A till that is alone waits two turns, some microseconds.
   */
  async #gather(): Promise<void> {
    let before = -1;
    for (let turn = 0; turn < this.#turns && before < this.#gathered; turn++) {
      if (this.#lanes.interactive.length >= this.#limits.batch) return;
      before = this.#gathered;
      await nextTurn();
    }
  }

  /** However many tills wait, bulk work has a few places of every batch, so that it never stands still. */
  #take(): Waiting[] {
    const { batch, bulkPerBatch } = this.#limits;
    const kept = Math.min(this.#lanes.bulk.length, bulkPerBatch, Math.floor(batch / KEPT_FOR_BULK));
    const interactive = this.#lanes.interactive.splice(0, batch - kept);
    const room = Math.min(bulkPerBatch, batch - interactive.length);
    const taken = [...interactive, ...this.#lanes.bulk.splice(0, room)];
    this.#inFlight += taken.length;
    return taken;
  }

  /** Never rejects: what went wrong is `error`, and nobody has been answered yet. */
  async #write(batch: readonly Waiting[]): Promise<Written> {
    try {
      return { batch, outcomes: await this.#persist(batch.map(({ unit }) => unit)) };
    } catch (error) {
      return { batch, error };
    }
  }

  /** Something in the batch is refused by the database: each unit by itself, so that only that one fails. */
  async #afterFailure(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (error instanceof JournalUnavailable || batch.length === 1) {
      for (const { reject } of batch) reject(error);
      if (this.#ending && error instanceof JournalUnavailable) this.#giveUp();
      return;
    }
    for (const one of batch) {
      const written = await this.#write([one]);
      if (written.outcomes) answer(written.batch, written.outcomes);
      else one.reject(written.error);
    }
  }

  /** Of what still waits nothing was written. */
  #giveUp(): void {
    const waiting = [...this.#lanes.interactive.splice(0), ...this.#lanes.bulk.splice(0)];
    for (const { reject } of waiting) reject(new JournalUnavailable('stopping'));
  }

  /** Runs the units again while what went wrong may pass; a commit with an unknown result becomes a replay. */
  async #persist(units: Unit[]): Promise<Outcome[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#run(units);
      } catch (error) {
        if (!isPassing(error)) throw error;
        if (attempt >= this.#limits.attempts) throw new JournalUnavailable('unreachable', { cause: error });
        await new Promise((done) => setTimeout(done, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
      }
    }
  }
}

function answer(batch: readonly Waiting[], outcomes: readonly Outcome[]): void {
  for (const [i, { resolve, reject }] of batch.entries()) {
    const outcome = outcomes[i];
    if (outcome) resolve(outcome);
    else reject(new Error('the store gave too few outcomes'));
  }
}

function nextTurn(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
