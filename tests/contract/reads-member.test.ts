/** What a member's statement makes of the ledger's lines, on both engines, where there are more than one read brings. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Command, SeriesTerms } from '../../api/ledger/index.ts';
import { memberMovements, memberPoints, type Movement } from '../../api/programme/index.ts';
import { startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown } from '../support/demo-programme.ts';
import type { DemoTown } from '../support/demo-programme.ts';
import { readBook } from '../support/stored-book.ts';

const DAY_MS = 86_400_000;
const FAR_END = Date.parse('2100-01-01T00:00:00+08:00');
const BOOK = 1;

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: string;

  beforeAll(async () => {
    app = await startApp(await open());
    town = await demoTown(app);
    shop = (await town.merchant()).id;
  });

  const series: SeriesTerms = { expiresAt: FAR_END, rateMicro: 100_000, budgetReturns: true };
  const given = (member: string, amount: number) => {
    const { id: fund, unit } = town.volunteerFund;
    return { member, fund, unit, amount };
  };

  /** All movements, page by page. */
  async function paged(member: string, limit: number): Promise<Movement[]> {
    const seen: Movement[] = [];
    for (let before: number | undefined; ;) {
      const input = { book: BOOK, member, limit, ...(before !== undefined && { before }) };
      const page = await memberMovements(app.engine, input);
      seen.push(...page);
      if (page.length < limit) return seen;
      before = page.at(-1)!.firstEntry;
    }
  }

  describe('a member of many series', () => {
    let member: string;
    const SERIES = 60;

    beforeAll(async () => {
      member = uuid();
      const ending = (n: number) => ({ ...series, expiresAt: FAR_END + n * DAY_MS });
      await town.posted(
        Array.from({ length: SERIES }, (_, n) => ({
          do: 'credit',
          ...given(member, 1),
          series: ending(n),
        })),
      );
      const take = { points: SERIES, unit: 'VOL' };
      const terms = { '*': { mode: 'owed' as const, factor: 10_000 } };
      const holding = (hold: string, endsAt: number): Command => {
        return { do: 'hold', hold, member, redeemer: shop, take, endsAt, terms };
      };
      for (let n = 0; n < 3; n++) {
        const hold = uuid();
        await town.posted([holding(hold, app.clock.now + DAY_MS)]);
        await town.posted([{ do: 'return', hold }]);
      }
      await town.posted([holding(uuid(), app.clock.now + 1)]);
    });

    it('reads every movement once, however many lines each has and however small the page', async () => {
      const { transactions } = await readBook(app.engine, BOOK);
      const expected = transactions
        .filter(({ entries }) => entries.some(({ account }) => account.owner === member))
        .map(({ id }) => id)
        .reverse();
      expect(expected).toHaveLength(SERIES + 7);
      for (const limit of [1, 4, 20, 101]) {
        expect((await paged(member, limit)).map(({ transaction }) => transaction)).toEqual(expected);
      }
    });

    it('sees one hold as one thing, with all its points', async () => {
      const [points] = await memberPoints(app.engine, { book: BOOK, member, now: app.clock.now });
      expect(points).toMatchObject({ unit: 'VOL', available: 0, held: SERIES });
      expect(points?.heldFor).toMatchObject([{ redeemer: shop, amount: SERIES }]);
    });
  });

  it('a rating and its rest are one movement, also where one read ends between the two', async () => {
    const member = uuid();
    const RATINGS = 70;
    const rated = { kind: 'release', pending: -36, available: 30 };
    // Each credit that comes after them shifts where a read ends by one line.
    for (let n = 0; n < RATINGS; n++) {
      const [award = 0] = await town.posted([{ do: 'award', ...given(member, 36) }]);
      await town.posted([
        { do: 'release', award, amount: 30, series },
        { do: 'reject', award },
      ]);
    }
    for (let after = 0; after < 4; after++) {
      const shown = (await paged(member, 200)).map(({ kind, changes }) => {
        return { kind, ...Object.fromEntries(changes.map(({ role, amount }) => [role, amount])) };
      });
      expect(shown.filter(({ kind }) => kind !== 'credit')).toEqual(
        Array.from({ length: RATINGS }, () => [rated, { kind: 'award', pending: 36 }]).flat(),
      );
      await town.posted([{ do: 'credit', ...given(member, 1), series }]);
    }
  });
});
