/**
 * Rule 6 from outside: a process posts until it is killed with SIGKILL in the middle of its load, again and again on one
 * database. Whatever it had acknowledged is there exactly once, every chain holds, and `verify` finds nothing.
 */
import assert from 'node:assert/strict';
import type { DatabaseTarget, Engine } from '../../api/db/index.ts';
import { openLedger, verify, type Outcome, type Unit } from '../../api/ledger/index.ts';
import { withEngine } from '../support/sites.ts';
import { faultsOf, readBook, type StoredBook } from '../support/stored-book.ts';
import { openingUnits, unitOfKey } from './posting-load.ts';
import { PostingProcess } from './posting-process.ts';

const BOOK = 1;

export type KillRound = {
  round: number;
  /** Units acknowledged in all rounds up to this one. */
  acknowledged: number;
  /** Transactions in the book: those that were acknowledged, and those that were killed before they could be. */
  transactions: number;
};

/** Throws at the first thing that is not as it should be. Nobody else may have the migrated database open. */
export async function killRounds(
  target: DatabaseTarget,
  rounds: number,
  onRound: (round: KillRound) => void = () => undefined,
): Promise<KillRound> {
  await withEngine(target, (engine) => commitAll(engine, openingUnits()));
  const acknowledged = new Map<string, string>();
  let last: KillRound = { round: 0, acknowledged: 0, transactions: 2 };
  let child = new PostingProcess(target, 'run1');
  try {
    for (let round = 1; round <= rounds; round++) {
      const killed = postUntilKilled(child, killedAfter(round), acknowledged);
      // The next one loads its program meanwhile; it touches the database when it is told to begin.
      if (round < rounds) child = new PostingProcess(target, `run${round + 1}`);
      await killed;
      const book = await withEngine(target, assertWhole);
      assert.deepEqual(lostOrTwice(book, acknowledged), []);
      last = { round, acknowledged: acknowledged.size, transactions: book.transactions.length };
      onRound(last);
    }
  } finally {
    child.kill();
  }
  await withEngine(target, (engine) => assertReplays(engine, [...acknowledged.keys()]));
  return last;
}

/** Between 13 and 70 acknowledgements, so that it is killed on cold and on warm caches. */
function killedAfter(round: number): number {
  return 10 + (1 + ((round - 1) % 20)) * 3;
}

/** Lets a process post, and kills it when it has acknowledged some more units. */
async function postUntilKilled(
  child: PostingProcess,
  count: number,
  acknowledged: Map<string, string>,
): Promise<void> {
  let seen = 0;
  const end = await child.run((key, status) => {
    acknowledged.set(key, status);
    if (++seen === count) child.kill();
  });
  assert.equal(end, 'SIGKILL', 'the posting process ended by itself');
}

async function assertWhole(engine: Engine): Promise<StoredBook> {
  const book = await readBook(engine, BOOK);
  assert.deepEqual(faultsOf(book), []);
  assert.deepEqual((await verify(engine)).findings, []);
  const numbers = numbersOf(book);
  assert.deepEqual(
    numbers,
    numbers.map((_, i) => `V-${String(i + 1).padStart(6, '0')}`),
  );
  return book;
}

/** Acknowledged units that have no key, another status, or not exactly one transaction if they were posted. */
function lostOrTwice(book: StoredBook, acknowledged: ReadonlyMap<string, string>): string[] {
  const statuses = new Map(book.keys.map(({ key, status }) => [key, status]));
  const times = new Map<string, number>();
  for (const { unitId } of book.transactions) times.set(unitId, (times.get(unitId) ?? 0) + 1);
  const twice = [...times].filter(([, count]) => count > 1).map(([unit]) => `${unit} twice`);
  const lost = [...acknowledged].filter(
    ([key, status]) =>
      statuses.get(key) !== status || (times.get(`unit ${key}`) ?? 0) !== (status === 'posted' ? 1 : 0),
  );
  return [...twice, ...lost.map(([key]) => `${key} lost`)];
}

function numbersOf(book: StoredBook): string[] {
  const answers = book.keys.map(({ answer }) => JSON.parse(answer) as { number?: string });
  return answers.flatMap(({ number }) => (number === undefined ? [] : [number])).sort();
}

/** What was acknowledged before a crash is answered from its key afterwards, and nothing is posted again. */
async function assertReplays(engine: Engine, keys: readonly string[]): Promise<void> {
  const before = (await readBook(engine, BOOK)).transactions.length;
  const outcomes = await commitAll(engine, keys.map(unitOfKey));
  assert.deepEqual(
    outcomes.filter(({ replayed }) => !replayed),
    [],
  );
  assert.equal((await readBook(engine, BOOK)).transactions.length, before, 'a replay posted again');
}

/** More at once would wait in a full queue. */
const AT_ONCE = 500;

async function commitAll(engine: Engine, units: readonly Unit[]): Promise<Outcome[]> {
  const ledger = openLedger(engine, { now: Date.now });
  const outcomes: Outcome[] = [];
  for (let from = 0; from < units.length; from += AT_ONCE) {
    const some = units.slice(from, from + AT_ONCE);
    outcomes.push(...(await Promise.all(some.map((unit) => ledger.journal.commit(BOOK, unit)))));
  }
  await ledger.stop();
  return outcomes;
}
