/** 今日小结: a day of the counter is a day of Shanghai, from its midnight to the next, whole and by pages. */
import { beforeAll, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { codeOf, startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown } from '../support/demo-programme.ts';

/** The first instant of 15 June 2026 in Shanghai. */
const MIDNIGHT = Date.parse('2026-06-15T00:00:00+08:00');
const DAY_MS = 86_400_000;

type Page = { items: { receipt?: string; goods?: string }[]; next?: string };

eachEngine((_name, open) => {
  let app: TestApp;
  let clerk: TestPerson;
  let shop: string;

  /** What a till wrote at this moment; an id begins with its time. */
  async function sold(at: number, name: string, points: number): Promise<void> {
    const { purchases, redemptions } = app.engine.tables;
    const row = {
      ...{ version: 1, place: shop, member: clerk.id, unit: 'CON', points, clerk: `person:${clerk.id}` },
      createdAt: at,
    };
    const amounts = { amountFen: points * 100, paidWithPointsFen: 0, steps: [], ruleVersion: uuid() };
    await app.engine.db
      .insert(purchases)
      .values({ ...row, ...amounts, id: uuid({ msecs: at }), receipt: name, state: 'credited' });
    await app.engine.db
      .insert(redemptions)
      .values({ ...row, id: uuid({ msecs: at }), goods: name, code: uuid(), state: 'taken' });
  }

  beforeAll(async () => {
    app = await startApp(await open());
    app.clock.now = MIDNIGHT - 3 * DAY_MS;
    const town = await demoTown(app);
    const merchant = await town.merchant();
    shop = merchant.id;
    clerk = await app.person({ role: 'clerk', place: shop });
    await sold(MIDNIGHT - DAY_MS - 1, 'two days before', 1);
    await sold(MIDNIGHT - DAY_MS, 'first of yesterday', 2);
    await sold(MIDNIGHT - 1, 'last of yesterday', 4);
    await sold(MIDNIGHT, 'first of today', 8);
    await sold(MIDNIGHT + DAY_MS - 1, 'last of today', 16);
    await sold(MIDNIGHT + DAY_MS, 'tomorrow', 32);
  });

  const ask = (path: string) => app.request(`/api/v1/merchants/${shop}/${path}`, { by: clerk });
  const summary = async (query = '') => (await ask(`today${query}`)).json();
  const namesOf = ({ items }: Page) => items.map(({ receipt, goods }) => receipt ?? goods);
  const list = async (path: string) => (await (await ask(path)).json()) as Page;

  it.each([
    ['a moment before midnight', MIDNIGHT - 1, '2026-06-14', 6],
    ['at midnight', MIDNIGHT, '2026-06-15', 24],
    ['a moment before the next', MIDNIGHT + DAY_MS - 1, '2026-06-15', 24],
    ['at the next', MIDNIGHT + DAY_MS, '2026-06-16', 32],
  ])(
    '%s, the day is the one that Shanghai’s clocks show, and nothing of another',
    async (_, at, day, points) => {
      app.clock.now = at;
      const count = points === 32 ? 1 : 2;
      expect(await summary()).toEqual({
        ...{ day, today: day, purchases: count, amount: `${points}.00`, pointsGiven: String(points) },
        ...{ redemptions: count, pointsTaken: String(points) },
      });
    },
  );

  it('an earlier day is asked for by its date, and the answer says which day it is now', async () => {
    app.clock.now = MIDNIGHT;
    expect(await summary('?day=2026-06-14')).toMatchObject({
      ...{ day: '2026-06-14', today: '2026-06-15', purchases: 2, pointsGiven: '6', pointsTaken: '6' },
    });
    expect(await summary('?day=2026-06-01')).toMatchObject({ purchases: 0, amount: '0.00', redemptions: 0 });
    expect(await codeOf(await ask('today?day=2026-06-31'))).toBe('invalid-input');
  });

  it.each(['purchases', 'redemptions'])(
    'the list of a day’s %s holds that day’s, newest first',
    async (sales) => {
      expect(namesOf(await list(`${sales}?day=2026-06-14`))).toEqual([
        'last of yesterday',
        'first of yesterday',
      ]);
      expect(namesOf(await list(`${sales}?day=2026-06-15`))).toEqual(['last of today', 'first of today']);
      expect(namesOf(await list(`${sales}?day=2026-06-13`))).toEqual(['two days before']);
      expect(namesOf(await list(`${sales}?day=0001-01-01`))).toEqual([]);
      expect(namesOf(await list(sales))).toHaveLength(6);
      expect(await codeOf(await ask(`${sales}?day=yesterday`))).toBe('invalid-input');
    },
  );

  it.each(['purchases', 'redemptions'])('the pages of a day’s %s end with the day', async (sales) => {
    const first = await list(`${sales}?day=2026-06-15&limit=1`);
    const second = await list(`${sales}?day=2026-06-15&limit=1&cursor=${first.next}`);
    expect([first, second].flatMap(namesOf)).toEqual(['last of today', 'first of today']);
    expect(second.next).toBeUndefined();
  });
});
