/** A list in another order: by amount, by house, by day, by age. Nothing is skipped or shown twice from page to page. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { eq } from 'drizzle-orm';
import { codeOf, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import type { FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, openJune } from '../support/june-month.ts';
import { fillWithWaiting } from '../support/waiting-things.ts';

const DAYS = [2, 1, 3, 1, 2, 3, 2];

eachEngine((_name, open) => {
  let world: FeesWorld;
  let staff: TestPerson;

  beforeAll(async () => {
    const rooms = ['0503', '0501', '0502'];
    const offsets = [
      ['0501', '10.00'],
      ['0502', '12.00'],
      ['0503', '11.00'],
    ] as const;
    world = await openJune(open, { rooms, points: { con: 5_000 }, offsets });
    const { db, tables } = world.app.engine;
    const houses = await db.select().from(tables.houses);
    // A month's, and a year's of the same item that is due in the same month.
    const periods = [
      { period: '2026-06', periodTo: null, dueIn: null },
      { period: '2026-01', periodTo: '2026-12', dueIn: '2026-06' },
    ];
    await db.insert(tables.bills).values(
      houses.flatMap(({ id: house, room }, at) =>
        periods.map((months) => ({
          ...{ id: uuid(), version: 1, estate: world.estate.id, house, item: '公摊水电', ...months },
          ...{ issue: 1, number: '', amountFen: room === '0502' ? 5_000 : 20_000 + at },
          ...{ paidFen: 0, pastDueFen: null, state: 'open' as const, import: uuid(), createdAt: 0 },
        })),
      ),
    );
    staff = await world.app.person({ role: 'staff', place: world.community.id });
    const of = { estate: world.estate.id, community: world.community.id, fund: world.vol.id };
    await fillWithWaiting(world.app.engine, { ...of, now: world.app.clock.now }, 7);
    // Days and amounts in no order, some of them equal.
    const { services, offsets: o } = tables;
    const waiting = await db.select({ id: services.id, startsAt: services.startsAt }).from(services);
    for (const [at, { id, startsAt }] of waiting.entries())
      await db
        .update(services)
        .set({ startsAt: startsAt - DAYS[at]! * DAY_MS })
        .where(eq(services.id, id));
    const held = await db.select({ id: o.id }).from(o).where(eq(o.state, 'held'));
    for (const [at, { id }] of held.entries())
      await db
        .update(o)
        .set({ valueFen: DAYS[at]! * 500 })
        .where(eq(o.id, id));
  });

  /** All of a list, two at a time. */
  async function walk<Row>(path: string, by: TestPerson): Promise<Row[]> {
    const rows: Row[] = [];
    for (let cursor = ''; ;) {
      const answer = await world.app.request(`/api/v1${path}&limit=2${cursor}`, { by });
      expect([path, answer.status]).toEqual([path, 200]);
      const page = (await answer.json()) as { items: Row[]; next?: string };
      rows.push(...page.items);
      if (page.next === undefined) return rows;
      cursor = `&cursor=${page.next}`;
    }
  }
  type Bill = { id: string; amount: string; house: { code: string }; state: string };
  const bills = (sort: string) =>
    walk<Bill>(`/estates/${world.estate.id}/bills?period=2026-06&sort=${sort}`, world.accountant);

  describe('a list in another order', () => {
    it('has the bills from house to house', async () => {
      const codes = (await bills('house')).map(({ house }) => house.code);
      expect(codes).toEqual([...codes].sort());
      expect(new Set(codes).size).toBe(3);
      expect(codes).toHaveLength((await bills('newest')).length);
    });

    it('has the bills from the largest on', async () => {
      const found = await bills('most');
      const amounts = found.map(({ amount }) => Number(amount));
      expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
      expect(new Set(found.map(({ id }) => id)).size).toBe((await bills('newest')).length);
    });

    it('has the bills of a file in the order of the page', async () => {
      const path = `/api/v1/estates/${world.estate.id}/bills/file?format=csv&period=2026-06&sort=house`;
      const answer = await world.app.request(path, { by: world.accountant });
      const [, ...lines] = (await answer.text()).trimEnd().split('\r\n');
      const codes = lines.map((line) => line.split(',')[0]);
      expect(codes).toEqual((await bills('house')).map(({ house }) => house.code));
    });

    it('has the offsets from the largest on, or the longest wait first', async () => {
      type Offset = { id: string; value: string };
      const path = `/estates/${world.estate.id}/offsets?state=exported`;
      const most = await walk<Offset>(`${path}&sort=most`, world.accountant);
      const values = most.map(({ value }) => Number(value));
      expect(values.slice(0, 3)).toEqual([12, 11, 10]);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      const held = `/estates/${world.estate.id}/offsets?state=held`;
      const idsOf = async (sort: string) =>
        (await walk<Offset>(`${held}&sort=${sort}`, world.accountant)).map(({ id }) => id);
      expect(await idsOf('oldest')).toEqual((await idsOf('newest')).reverse());
      const largest = await walk<Offset>(`${held}&sort=most`, world.accountant);
      expect(largest.map(({ value }) => value)).toEqual(
        [3, 3, 2, 2, 2, 1, 1].map((times) => (times * 5).toFixed(2)),
      );
      expect(new Set(largest.map(({ id }) => id)).size).toBe(7);
    });

    it('has the breaks from the largest difference on, too much or too little, or those that wait longest first', async () => {
      const { db, tables } = world.app.engine;
      const differences = [-500, 300, 500, -100, 500];
      await db.insert(tables.breaks).values(
        differences.map((differenceFen) => ({
          ...{
            id: uuid(),
            version: 1,
            estate: world.estate.id,
            import: uuid(),
            kind: 'amount',
            differenceFen,
          },
          ...{
            proposal: 'choose' as const,
            zh: '金额不符',
            en: 'amount',
            state: 'open' as const,
            createdAt: 0,
          },
        })),
      );
      type Break = { id: string; difference: string };
      const found = (sort: string) =>
        walk<Break>(`/estates/${world.estate.id}/breaks?sort=${sort}`, world.accountant);
      const most = await found('most');
      const sizes = most.map(({ difference }) => Math.abs(Number(difference)));
      expect(sizes.slice(0, 5)).toEqual([5, 5, 5, 3, 1]);
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      const [newest, oldest] = [await found('newest'), await found('oldest')];
      expect(new Set(most.map(({ id }) => id)).size).toBe(newest.length);
      expect(oldest).toEqual(newest.reverse());
      const file = `/api/v1/estates/${world.estate.id}/breaks/file?format=csv&sort=most`;
      const text = await (await world.app.request(file, { by: world.accountant })).text();
      const [, ...lines] = text.trimEnd().split('\r\n');
      expect(lines.map((line) => line.split(',')[6])).toEqual(most.map(({ difference }) => difference));
    });

    it('has the services by their day, of equal days each once', async () => {
      type Service = { id: string; startsAt: string };
      const path = `/places/${world.estate.id}/services?state=waiting`;
      const found = await walk<Service>(`${path}&sort=day`, staff);
      const days = found.map(({ startsAt }) => Date.parse(startsAt));
      expect(days).toEqual([...days].sort((a, b) => b - a));
      expect(new Set(days).size).toBe(3);
      expect(new Set(found.map(({ id }) => id)).size).toBe(7);
      const oldest = await walk<Service>(`${path}&sort=oldest`, staff);
      expect(oldest.map(({ id }) => id)).toEqual(oldest.map(({ id }) => id).sort());
    });

    it('takes no cursor of another order, and no text where an amount stands', async () => {
      const at = `/api/v1/estates/${world.estate.id}/bills?period=2026-06&sort=most`;
      for (const cursor of [
        ['newest', 'x', 'x'],
        ['most', 'x', 'x'],
      ]) {
        const made = Buffer.from(JSON.stringify(cursor)).toString('base64url');
        const answer = await world.app.request(`${at}&cursor=${made}`, { by: world.accountant });
        expect([answer.status, await codeOf(answer)]).toEqual([422, 'invalid-input']);
      }
    });
  });
});
