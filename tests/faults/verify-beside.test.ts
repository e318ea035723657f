/**
 * Verification beside a working ledger: what is booked while it runs is no finding, whichever question it has just
 * asked, and it leaves the thread to others between any two pieces of what it reads.
 */
import { expect, it } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import {
  BOOK_SPAN,
  openLedger,
  tallyTotals,
  verify,
  type Command,
  type LedgerStore,
  type Unit,
} from '../../api/ledger/index.ts';
import { checkUse } from '../../api/ledger/verify/check-strays.ts';
import { checkPositions, checkResumed } from '../../api/ledger/verify/check-totals.ts';
import { readCounterEnds } from '../../api/ledger/verify/counter-ends.ts';
import { topOf } from '../../api/ledger/verify/read-book.ts';
import { BookCheck } from '../../api/ledger/verify/check-book.ts';
import { Findings } from '../../api/ledger/verify/finding.ts';
import { eachEngine, withSqlite } from '../support/database.ts';
import { BOOK, writeEventfulBook } from '../support/eventful-book.ts';
import { readBook } from '../support/stored-book.ts';

/** A fund and a member whose first points these are, a hold with a voucher number, and what the book's member has. */
function commandsOf(nth: number): Command[] {
  const of = { fund: `new-fund-${nth}`, unit: 'VOL' };
  const member = `newcomer-${nth}`;
  const series = { expiresAt: 9_000_000_000_000, rateMicro: 100_000, budgetReturns: true };
  const terms = { '*': { mode: 'owed' as const, factor: 10_000 } };
  const take = { points: 1, unit: 'VOL' };
  return [
    { do: 'budget', ...of, amount: 100 },
    { do: 'award', member, ...of, amount: 10 },
    { do: 'credit', member: 'member', ...of, amount: 10, series },
    { do: 'credit', member, ...of, amount: 10, series },
    { do: 'hold', hold: `beside-${nth}`, member, redeemer: 'shop', take, endsAt: 9_000_000_000_000, terms },
  ];
}

function postOne(store: LedgerStore, nth: number, now: number): Promise<unknown> {
  const head = { id: `unit-beside-${nth}`, place: 'estate', actor: 'person:maker', source: 'test' };
  const key = { scope: 'test', key: `beside-${nth}` };
  const counters = { number: { prefix: 'DK-2603-', pad: 4 }, uniques: [{ key: `receipt:${nth}` }] };
  const unit: Unit = { ...head, key, requestHash: `beside-${nth}`, ...counters, commands: commandsOf(nth) };
  return store.commit(BOOK, [unit], now);
}

/** The engine, with `before` done before each question is put. */
function asking(engine: Engine, before: () => Promise<unknown>): Engine {
  const reader = new Proxy(engine.reader, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (name !== 'select' || typeof member !== 'function') return bound(member, target);
      return (...fields: unknown[]) =>
        delayed((member as (...f: unknown[]) => object).apply(target, fields), before);
    },
  });
  return { ...engine, reader };
}

/** A query whose rows are asked for once `before` is done: each step of building it gives one like it. */
function delayed(query: object, before: () => Promise<unknown>): object {
  return new Proxy(query, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      if (name === 'then') {
        return (...handlers: unknown[]) =>
          before().then(() => (member as (...h: unknown[]) => unknown).apply(target, handlers));
      }
      return (...args: unknown[]) => {
        const made: unknown = (member as (...a: unknown[]) => unknown).apply(target, args);
        return isQuery(made) ? delayed(made, before) : made;
      };
    },
  });
}

function isQuery(made: unknown): made is object {
  return typeof made === 'object' && made !== null && 'then' in made;
}

function bound(member: unknown, target: object): unknown {
  return typeof member === 'function' ? (member.bind(target) as unknown) : member;
}

eachEngine((_, open) => {
  it('a unit of newcomers before every single question is no finding, and is verified with the rest', async () => {
    const engine = await open();
    const now = await writeEventfulBook(engine);
    const { store, stop } = openLedger(engine, { now: () => now });
    let posted = 0;
    const report = await verify(asking(engine, () => postOne(store, ++posted, now)));
    await stop();
    expect(report.findings).toEqual([]);
    expect(posted).toBeGreaterThan(15);
    expect(report.books[0]?.transactions).toBeGreaterThan(posted);
    const quiet = await verify(engine);
    expect(quiet.findings).toEqual([]);
    expect(quiet.books[0]?.transactions).toBeGreaterThan(report.books[0]?.transactions ?? Infinity);
  });
});

eachEngine((_, open) => {
  it('a counter that moves on after its total was read is no finding, unless it moves on from elsewhere', async () => {
    const engine = await open();
    const now = await writeEventfulBook(engine);
    const { store, stop } = openLedger(engine, { now: () => now });
    let asked = 0;
    // The totals of counters are read before the transactions.
    const begun = () => (++asked > 6 ? postOne(store, asked, now) : Promise.resolve());
    const report = await verify(asking(engine, begun));
    expect(report.findings).toEqual([]);

    const findings = new Findings();
    const top = await topOf(engine, 'tallyEntries', BOOK);
    const ends = await readCounterEnds(engine, { book: BOOK, top, later: new Map() });
    const key = 'number:DK-2603-';
    const number = (await tallyTotals(engine, { book: BOOK, keys: [key] })).get(key) ?? 0;
    expect(number).toBeGreaterThan(1);
    for (const before of [number, number - 1]) {
      const check = new BookCheck(BOOK, findings, ends);
      check.resumed.set(key, { before, transaction: 7 });
      await checkResumed(engine, check, ends);
    }
    await stop();
    expect(findings.kept).toMatchObject([{ rule: 2, transaction: 7 }]);
  });
});

it('nothing is kept of counters that have ended, nor of units and holds', async () => {
  const engine = await withSqlite();
  await writeEventfulBook(engine);
  const top = await topOf(engine, 'tallyEntries', BOOK);
  const ends = await readCounterEnds(engine, { book: BOOK, top, later: new Map() });
  const check = new BookCheck(BOOK, new Findings(), ends);
  for (const t of (await readBook(engine, BOOK)).transactions) {
    const [firstEntry = { id: 0 }, firstTally = { id: 0 }] = [t.entries[0], t.tallies[0]];
    check.add(t, { firstEntry: firstEntry.id, firstTally: firstTally.id, effectiveOfEntries: [] });
  }
  expect([...check.tallies.keys()].filter((key) => !key.startsWith('closed-through:'))).toEqual([]);
  expect([check.heldLess.size, check.units.doubtful.size, check.resumed.size]).toEqual([0, 0, 0]);
});

it('a hundred thousand accounts and positions are read with turns for others between', async () => {
  const engine = await withSqlite();
  const low = BOOK * BOOK_SPAN;
  engine.sqlite.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000)
    insert into accounts (id, book, owner, role, counterparty, floor, ceiling)
      select ${low} + i, ${BOOK}, 'm' || i, 'available', '', 0, null from n;
    insert into positions (account, asset, balance, entry) select id, ${low} + 1, 5, ${low} + 1 from accounts;
  `);
  const check = new BookCheck(BOOK, new Findings());
  let turns = 0;
  const timer = setInterval(() => (turns += 1));
  await checkPositions(engine, check, { entry: low }, { positions: new Map(), tallies: new Map() });
  const ofPositions = turns;
  await checkUse(engine, check);
  clearInterval(timer);
  expect(ofPositions).toBeGreaterThan(10);
  expect(turns - ofPositions).toBeGreaterThan(10);
});
