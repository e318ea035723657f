/** `kill -9` in the middle of load, twenty times: what was acknowledged is there once, and every chain holds. */
import { expect, it, onTestFinished } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { openLedger } from '../../api/ledger/index.ts';
import { eachEngine, openForTest } from '../support/database.ts';
import { faultsOf, readBook, type StoredBook } from '../support/stored-book.ts';
import { openingUnit, unitOfKey } from './posting-load.ts';
import { PostingProcess } from './posting-process.ts';

const KILLS = 20;

eachEngine((_name, open) => {
  it(`rule 6: after ${KILLS} kills in the middle of load everything acknowledged is there exactly once`, async () => {
    const engine = await open();
    await withLedger(engine, (commit) => commit([openingUnit()]));
    await engine.close();
    const acknowledged = new Map<string, string>();
    let last: StoredBook | undefined;
    let child = new PostingProcess(engine.target, 'run1');
    onTestFinished(() => child.kill());
    for (let kill = 1; kill <= KILLS; kill++) {
      const killed = postUntilKilled(child, 10 + kill * 3, acknowledged);
      // The next one loads its program meanwhile; it touches the database when it is told to begin.
      if (kill < KILLS) child = new PostingProcess(engine.target, `run${kill + 1}`);
      await killed;
      const reopened = await openForTest(engine.target);
      last = await readBook(reopened, 1);
      await reopened.close();
      expect(faultsOf(last)).toEqual([]);
      expect(missing(last, acknowledged)).toEqual([]);
    }
    expect(acknowledged.size).toBeGreaterThan(KILLS * 20);
    expect(numbersOf(last)).toEqual(numbersOf(last).map((_, i) => `V-${String(i + 1).padStart(6, '0')}`));
    await expectReplays(await openForTest(engine.target), [...acknowledged.keys()]);
  });
});

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
  expect(end).toBe('SIGKILL');
}

/** Acknowledged units that have no key, another status, or not exactly one transaction if they were posted. */
function missing(book: StoredBook, acknowledged: ReadonlyMap<string, string>): string[] {
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

function numbersOf(book: StoredBook | undefined): string[] {
  const answers = (book?.keys ?? []).map(({ answer }) => JSON.parse(answer) as { number?: string });
  return answers.flatMap(({ number }) => (number === undefined ? [] : [number])).sort();
}

/** What was acknowledged before a crash is answered from its key afterwards, and nothing is posted again. */
async function expectReplays(engine: Engine, keys: readonly string[]): Promise<void> {
  const before = (await readBook(engine, 1)).transactions.length;
  await withLedger(engine, async (commit) => {
    const outcomes = await commit(keys.map(unitOfKey));
    expect(outcomes.filter(({ replayed }) => !replayed)).toEqual([]);
  });
  expect((await readBook(engine, 1)).transactions).toHaveLength(before);
}

type Commit = (units: ReturnType<typeof unitOfKey>[]) => Promise<{ replayed: boolean }[]>;

async function withLedger(engine: Engine, work: (commit: Commit) => Promise<unknown>): Promise<void> {
  const ledger = openLedger(engine, { now: Date.now });
  await work((units) => Promise.all(units.map((unit) => ledger.journal.commit(1, unit))));
  await ledger.stop();
}
