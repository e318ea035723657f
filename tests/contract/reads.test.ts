/** What the ledger's reads answer, against the naive list of all entries, on both engines. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import {
  balancesAsBooked,
  balancesAsOf,
  balancesOf,
  listTransactions,
  statementOf,
} from '../../api/ledger/index.ts';
import type { Balance, Command, Role, SeriesTerms } from '../../api/ledger/index.ts';
import type { Transaction } from '../../api/ledger/core/transaction.ts';
import { startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown } from '../support/demo-programme.ts';
import type { DemoTown } from '../support/demo-programme.ts';
import { readBook } from '../support/stored-book.ts';

/** Subqueries count as well. */
function countingQueries(engine: Engine): { engine: Engine; queries: () => number } {
  let count = 0;
  const reader = new Proxy(engine.reader, {
    get(target, name) {
      if (name === 'select') count++;
      return Reflect.get(target, name) as unknown;
    },
  });
  return { engine: { ...engine, reader }, queries: () => count };
}

const DAY_MS = 86_400_000;
/** Beyond whatever time the random histories come to. */
const FAR_END = Date.parse('2100-01-01T00:00:00+08:00');
const BOOK = 1;
const MEMBER_ROLES = ['available', 'held', 'expired', 'pending', 'debt'] as const satisfies readonly Role[];

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let members: string[];
  let shop: string;

  beforeAll(async () => {
    app = await startApp(await open());
    town = await demoTown(app);
    shop = (await town.merchant()).id;
    members = [uuid(), uuid(), uuid()];
  });

  const book = async (): Promise<Transaction[]> => (await readBook(app.engine, BOOK)).transactions;
  const line = (b: Balance) => `${b.role}/${b.counterparty} ${b.asset} ${b.balance}`;

  /** Σ of all entries of an owner that had taken effect by then. */
  function sumsAsOf(transactions: readonly Transaction[], owner: string, at: number): string[] {
    const sums = new Map<string, number>();
    for (const { effectiveAt, entries } of transactions) {
      if (effectiveAt > at) continue;
      for (const { account, asset, amount } of entries) {
        const key = `${account.role}/${account.counterparty} ${asset.id}`;
        if (account.owner === owner) sums.set(key, (sums.get(key) ?? 0) + amount);
      }
    }
    return [...sums]
      .filter(([, sum]) => sum !== 0)
      .map(([key, sum]) => `${key} ${sum}`)
      .sort();
  }

  const terms = { '*': { mode: 'owed' as const, factor: 10_000 } };
  const series: SeriesTerms = { expiresAt: FAR_END, rateMicro: 100_000, budgetReturns: true };
  const credit = (member: string, amount: number, until = series) => {
    const { id: fund, unit } = town.volunteerFund;
    return { do: 'credit' as const, member, fund, unit, amount, series: until };
  };
  const spend = (member: string, points: number) => {
    return { do: 'spend' as const, member, redeemer: shop, take: { points, unit: 'VOL' }, terms };
  };

  type Step = {
    member: number;
    points: number;
    waitDays: number;
    lateDays: number;
    kind: string;
    place: number;
  };
  const step: fc.Arbitrary<Step> = fc.record({
    member: fc.nat(2),
    points: fc.integer({ min: 1, max: 9 }),
    waitDays: fc.integer({ min: 0, max: 20 }),
    /** How long before it is booked it took effect. */
    lateDays: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 })),
    kind: fc.constantFrom('credit', 'credit', 'spend', 'close'),
    place: fc.nat(1),
  });

  /** Plays a step; what the rules refuse (a closed month, too few points) is no matter here. */
  async function play({ member, points, waitDays, lateDays, kind, place }: Step): Promise<void> {
    app.clock.now += waitDays * DAY_MS;
    const at = [town.estate, shop][place]!;
    const who = members[member]!;
    const effectiveAt = app.clock.now - lateDays * DAY_MS;
    const month = new Date(effectiveAt + 8 * 3_600_000).toISOString().slice(0, 7);
    const done =
      kind === 'close'
        ? town.closeMonth(at, month)
        : town.posted([kind === 'credit' ? credit(who, points) : spend(who, points)], {
            place: at,
            effectiveAt,
          });
    await done.catch(() => undefined);
  }

  it('a balance as of any past moment is the sum of what had taken effect, late entries and closed months included', async () => {
    const check = async (steps: Step[], ago: number[]): Promise<void> => {
      for (const one of steps) await play(one);
      const transactions = await book();
      for (const owner of [...members, town.volunteerFund.id, shop]) {
        for (const days of ago) {
          const at = app.clock.now - days * DAY_MS;
          const found = await balancesAsOf(app.engine, { book: BOOK, owner, effectiveAt: at });
          expect(found.map(line).sort()).toEqual(sumsAsOf(transactions, owner, at));
        }
        const now = await balancesOf(app.engine, { book: BOOK, owner });
        expect(now.map(line).sort()).toEqual(sumsAsOf(transactions, owner, app.clock.now));
      }
    };
    const steps = fc.array(step, { minLength: 10, maxLength: 14 });
    const ago = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 3 });
    await fc.assert(fc.asyncProperty(steps, ago, check), { numRuns: 6, endOnFailure: true });
    expect((await book()).length).toBeGreaterThan(20);
  });

  it('a balance as booked at a transaction is the sum of its entries up to it, whatever came later', async () => {
    const check = async (steps: Step[], picks: number[]): Promise<void> => {
      for (const one of steps) await play(one);
      const transactions = await book();
      for (const pick of [0, ...picks.map((n) => n % (transactions.length + 1)), transactions.length + 5]) {
        const until = transactions.filter(({ seq }) => seq <= pick);
        for (const owner of [...members, town.volunteerFund.id, shop]) {
          const found = await balancesAsBooked(app.engine, { book: BOOK, owner, seq: pick });
          expect(found.map(line).sort()).toEqual(sumsAsOf(until, owner, Infinity));
        }
      }
    };
    const steps = fc.array(step, { minLength: 6, maxLength: 10 });
    const picks = fc.array(fc.nat(1_000), { minLength: 4, maxLength: 4 });
    await fc.assert(fc.asyncProperty(steps, picks, check), { numRuns: 4, endOnFailure: true });
  });

  it('an entry booked today that took effect last month changes last month’s reading, and another place’s close does not hide it', async () => {
    const member = uuid();
    app.clock.now += 40 * DAY_MS;
    const then = app.clock.now;
    await town.posted([credit(member, 10)], { place: shop });
    app.clock.now += 40 * DAY_MS;
    const month = new Date(then + 8 * 3_600_000).toISOString().slice(0, 7);
    await town.closeMonth(town.estate, month);
    await town.posted([credit(member, 7)], { place: shop, effectiveAt: then });
    const late = town.posted([credit(member, 5)], { place: town.estate, effectiveAt: then });
    await expect(late).rejects.toThrow('month-closed');
    const availableAt = async (effectiveAt: number) =>
      (await balancesAsOf(app.engine, { book: BOOK, owner: member, effectiveAt })).map(
        ({ balance }) => balance,
      );
    expect(await availableAt(then)).toEqual([17]);
    expect(await availableAt(then - 1)).toEqual([]);
  });

  it('pages of a statement have no gaps and no doubles, whatever their size and whoever posts in between', async () => {
    const owners = [...members, town.volunteerFund.id, shop];
    const check = async (owner: number, limit: number, onlyMine: boolean): Promise<void> => {
      const who = owners[owner]!;
      const expected = (await book())
        .flatMap((t) => t.entries)
        .filter(({ account }) => account.owner === who)
        .filter(({ account }) => !onlyMine || (MEMBER_ROLES as readonly Role[]).includes(account.role))
        .map(({ id }) => id)
        .reverse();
      const seen: number[] = [];
      let before: number | undefined;
      do {
        const page = await statementOf(app.engine, {
          ...{ book: BOOK, owner: who, limit },
          ...(before !== undefined && { before }),
          ...(onlyMine && { roles: MEMBER_ROLES }),
        });
        seen.push(...page.lines.map(({ entry }) => entry));
        before = page.next;
        await town.posted([credit(members[0]!, 1)]);
      } while (before !== undefined);
      expect(seen).toEqual(expected);
    };
    const arbitraries = [fc.nat(owners.length - 1), fc.integer({ min: 3, max: 40 }), fc.boolean()] as const;
    await fc.assert(fc.asyncProperty(...arbitraries, check), { numRuns: 8, endOnFailure: true });
  });

  it('a book’s transactions come newest first, each once', async () => {
    const expected = (await book()).map(({ id }) => id).reverse();
    const seen: number[] = [];
    let before: number | undefined;
    do {
      const page = await listTransactions(app.engine, {
        book: BOOK,
        limit: 7,
        ...(before !== undefined && { before }),
      });
      seen.push(...page.heads.map(({ id }) => id));
      before = page.next;
    } while (before !== undefined);
    expect(seen).toEqual(expected);
    expect(await listTransactions(app.engine, { book: 2, limit: 7 })).toEqual({ heads: [], next: undefined });
  });

  describe('a shop that takes the points of very many funds', () => {
    const FUNDS = 230;
    const OF_ONE_FUND = 1_050;
    let owner: string;
    let before: number;

    /** Commands in units as large as they may be. */
    async function postAll(commands: readonly Command[], effectiveAt = app.clock.now): Promise<void> {
      for (let from = 0; from < commands.length; from += 60) {
        await town.posted(commands.slice(from, from + 60), { effectiveAt });
      }
    }

    beforeAll(async () => {
      owner = uuid();
      const member = uuid();
      const { unit } = town.volunteerFund;
      const funds = Array.from({ length: FUNDS }, () => uuid());
      await postAll(funds.map((fund) => ({ do: 'budget', fund, unit, amount: 10_000 })));
      await postAll(funds.map((fund) => ({ do: 'credit', member, fund, unit, amount: 2_000, series })));
      before = app.clock.now;
      app.clock.now += DAY_MS;
      // One transaction takes from no more series than it may have entries for.
      const steps = [...Array(22).fill(20_000), 18_943].map((points: number) => spent(owner, member, points));
      // Booked a day late in part, so that what follows the moment has to be read as well.
      await postAll(
        Array.from({ length: OF_ONE_FUND }, () => spent(owner, member, 1)),
        before,
      );
      await postAll(steps, before + DAY_MS / 2);
    }, 60_000);

    const spent = (redeemer: string, member: string, points: number): Command => {
      return { do: 'spend', member, redeemer, take: { points, unit: town.volunteerFund.unit }, terms };
    };

    it('is read as of any moment as the sum of its entries, in a few queries', async () => {
      const transactions = await book();
      for (const effectiveAt of [before - 1, before, before + DAY_MS / 2, app.clock.now]) {
        const { engine, queries } = countingQueries(app.engine);
        const found = await balancesAsOf(engine, { book: BOOK, owner, effectiveAt });
        expect(found.map(line).sort()).toEqual(sumsAsOf(transactions, owner, effectiveAt));
        expect(queries()).toBeLessThan(10);
      }
    });

    it('has a statement without gaps', async () => {
      const expected = (await book())
        .flatMap((t) => t.entries)
        .filter(({ account }) => account.owner === owner)
        .map(({ id }) => id)
        .reverse();
      const { engine, queries } = countingQueries(app.engine);
      const page = await statementOf(engine, { book: BOOK, owner, limit: 500 });
      expect(queries()).toBeLessThan(5);
      expect(page.lines.map(({ entry }) => entry)).toEqual(expected.slice(0, 500));
      const rest = await statementOf(app.engine, { book: BOOK, owner, limit: 9_999, before: page.next! });
      expect(rest.lines.map(({ entry }) => entry)).toEqual(expected.slice(500));
    });
  });
});
