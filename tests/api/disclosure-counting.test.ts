/** The months that are disclosed are the ledger's own movements, each counted once and for one estate. */
import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { countBook } from '../../api/disclosure/index.ts';
import { periodOfMonth } from '../../api/programme/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { disclosedBook, type DisclosedBook } from '../support/disclosed-book.ts';

const MONTHS = ['2026-06', '2026-07', '2026-08', '2026-09'];
const none = { issued: 0, takenBack: 0, redeemed: 0, refunded: 0, expired: 0, moved: 0 };

eachEngine((_, open) => {
  let app: TestApp;
  let book: DisclosedBook;

  beforeAll(async () => {
    app = await startApp(await open());
    book = await disclosedBook(app);
    await book.count();
  });

  const figures = async (place: string) => {
    const { monthFigures: t } = app.engine.tables;
    return app.engine.db.select().from(t).where(eq(t.place, place)).orderBy(asc(t.month), asc(t.unit));
  };
  const counts = async (place: string, kind: string) => {
    const { monthCounts: t } = app.engine.tables;
    const rows = await app.engine.db.select().from(t).where(eq(t.place, place)).orderBy(asc(t.month));
    return rows.filter((row) => row.kind === kind);
  };
  const shown = async (place: string) =>
    (await figures(place)).map(
      ({ month, unit, opening, issued, takenBack, redeemed, refunded, expired, moved }) => {
        return { month, unit, opening, issued, takenBack, redeemed, refunded, expired, moved };
      },
    );

  it('an estate has what its residents got, used and lost, from month to month', async () => {
    expect(await shown(book.town.estate)).toEqual([
      // 20 and 30 of Wang's, 20 and 20 of the mover's; one of them voided at once.
      { ...none, month: '2026-06', unit: 'VOL', opening: 0, issued: 90, takenBack: 20, redeemed: 12 },
      { ...none, month: '2026-07', unit: 'VOL', opening: 58, takenBack: 20, refunded: 5, moved: -20 },
      { ...none, month: '2026-08', unit: 'VOL', opening: 23 },
      { ...none, month: '2026-09', unit: 'VOL', opening: 23 },
    ]);
  });

  it('who moves takes their points along, and their street notices nothing', async () => {
    expect(await shown(book.second)).toEqual([
      { ...none, month: '2026-07', unit: 'VOL', opening: 0, issued: 30, moved: 20 },
      { ...none, month: '2026-08', unit: 'VOL', opening: 50 },
      { ...none, month: '2026-09', unit: 'VOL', opening: 50 },
    ]);
    const street = (await shown(book.town.street)).find(({ month }) => month === '2026-07');
    expect(street).toEqual({
      ...none,
      ...{ month: '2026-07', unit: 'VOL', opening: 58, issued: 30, takenBack: 20, refunded: 5 },
    });
  });

  it('who lives in none of the estates counts for the whole book alone', async () => {
    const consumer = (await shown('book:1')).filter(({ unit }) => unit === 'CON');
    expect(consumer).toEqual([
      { ...none, month: '2026-06', unit: 'CON', opening: 0, issued: 70 },
      { ...none, month: '2026-07', unit: 'CON', opening: 70, redeemed: 20 },
      { ...none, month: '2026-08', unit: 'CON', opening: 50, expired: 50 },
    ]);
    expect((await shown(book.town.street)).filter(({ unit }) => unit === 'CON')).toEqual([]);
  });

  it('a correction counts in the month in which it was made, and the earlier one says that it came', async () => {
    const [june, july] = await figures(book.town.estate);
    expect(june).toMatchObject({ takenBackOfEarlier: 0, takenBackLater: 20, refundedLater: 5 });
    expect(july).toMatchObject({ takenBackOfEarlier: 20, refundedOfEarlier: 5, takenBackLater: 0 });
  });

  it('people count once a month, hours also where they earned nothing', async () => {
    expect(await counts(book.town.estate, 'earned')).toMatchObject([{ month: '2026-06', people: 2 }]);
    const [june, july] = await counts(book.town.estate, 'served');
    // Wang's three, of which one was rated badly, and the mover's three, of which one was typed in and one voided.
    expect(june).toMatchObject({
      people: 2,
      services: 6,
      minutes: 720,
      voidedServices: 1,
      voidedMinutes: 120,
    });
    expect(july).toMatchObject({ people: 0, services: 0, voidedServices: 1, voidedPoints: 20 });
    expect(await counts(book.town.estate, 'served:垃圾分类')).toMatchObject([{ services: 1, points: 30 }]);
    expect(await counts(book.town.street, 'earned')).toMatchObject([{ people: 2 }, { people: 1 }]);
  });

  it('the awards that are listed add up to what was issued for services', async () => {
    const { monthAwards: t } = app.engine.tables;
    const rows = await app.engine.db.select().from(t).where(eq(t.estate, book.town.estate));
    expect(rows.reduce((sum, { points }) => sum + points, 0)).toBe(90);
    expect(new Set(rows.map(({ month }) => month))).toEqual(new Set(['2026-06']));
  });

  describe('of every month and fund', () => {
    it.each(MONTHS)('%s is what the ledger moved', async (month) => {
      const { start, end } = periodOfMonth(month);
      const funds = new Set((await entriesOf(app)).flatMap(({ fund }) => (fund === '' ? [] : fund)));
      for (const fund of funds) {
        const own = (await entriesOf(app)).filter((entry) => entry.fund === fund);
        const within = own.filter(({ bookedAt }) => bookedAt >= start && bookedAt < end);
        const moved = (...roles: string[]) => sum(within.filter(({ role }) => roles.includes(role)));
        const row = (await figures('book:1')).find((one) => one.month === month && one.fund === fund);
        const of = row ?? { ...none, opening: 0 };
        expect(of.takenBack - of.issued).toBe(moved('issuer', 'owed'));
        expect(of.redeemed - of.refunded).toBe(moved('redeemed'));
        expect(of.expired).toBe(moved('expired'));
        expect(of.moved).toBe(0);
        const had = (until: number) =>
          sum(
            own.filter(
              ({ role, bookedAt }) => ['available', 'held', 'debt'].includes(role) && bookedAt < until,
            ),
          );
        expect(of.opening).toBe(had(start));
        const change = of.issued - of.takenBack - of.redeemed + of.refunded - of.expired;
        expect(change).toBe(had(end) - had(start));
      }
    });

    it('a place has no less and no more than the estates within it', async () => {
      const both = [...(await figures(book.town.estate)), ...(await figures(book.second))];
      for (const row of await figures(book.town.community)) {
        const inside = both.filter(({ month, fund }) => month === row.month && fund === row.fund);
        for (const name of ['issued', 'takenBack', 'redeemed', 'refunded', 'expired', 'opening'] as const)
          expect(inside.reduce((total, one) => total + one[name], 0)).toBe(row[name]);
      }
    });
  });

  it('counts nothing twice, however often and by however many at once it is counted', async () => {
    const before = await figures('book:1');
    await Promise.all([book.count(), book.count(), countBook(app.server.deps, 1)]);
    expect(await figures('book:1')).toEqual(before);
  });

  it('what is taken back after a move is told of the month of the estate where it was given', async () => {
    const moving = await startApp(await open());
    const { town, second, mover, serve, voided, count } = await disclosedBook(moving);
    const service = await serve(mover, '2026-09-03');
    moving.clock.now = Date.parse('2026-10-02T03:00+08:00');
    const { residencies, houses, monthFigures: t } = moving.engine.tables;
    const [lived] = await moving.engine.db
      .select({ id: residencies.id })
      .from(residencies)
      .innerJoin(houses, eq(houses.id, residencies.house))
      .where(eq(houses.estate, second));
    await moving.engine.db
      .update(residencies)
      .set({ until: '2026-10-01' })
      .where(eq(residencies.id, lived?.id ?? ''));
    const house = await town.settle(mover);
    await moving.engine.db
      .update(residencies)
      .set({ since: '2026-10-01' })
      .where(eq(residencies.house, house));
    await count();
    await voided(service);
    await count();
    const september = async (place: string) => {
      const rows = await moving.engine.db.select().from(t).where(eq(t.place, place));
      return rows.find(({ month }) => month === '2026-09')?.takenBackLater;
    };
    expect([await september(second), await september(town.estate)]).toEqual([20, 0]);
    expect(await september(town.community)).toBe(20);
  });
});

function sum(entries: readonly { amount: number }[]): number {
  return entries.reduce((total, { amount }) => total + amount, 0);
}

/** Straight from the ledger's tables, not through what is tested. */
async function entriesOf({ engine }: TestApp) {
  const { entries, accounts, assets, transactions } = engine.tables;
  return engine.db
    .select({
      role: accounts.role,
      fund: assets.fund,
      amount: entries.amount,
      bookedAt: transactions.bookedAt,
    })
    .from(entries)
    .innerJoin(accounts, eq(accounts.id, entries.account))
    .innerJoin(assets, eq(assets.id, entries.asset))
    .innerJoin(transactions, eq(transactions.id, entries.tx));
}
