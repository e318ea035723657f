/** A member finds a movement by month, by kind and, within a month, by its words. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';

type Item = { kind: string; bookedAt: string; text?: { zh: string }; transaction: string };
type Page = { items: Item[]; next?: string; lookedUntil?: string };

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let member: TestPerson;

  const find = async (query: string): Promise<Page> => {
    const answer = await app.request(`/api/v1/me/movements?${query}`, { by: member });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as Page;
  };
  const day = (text: string) => Date.parse(`${text}T12:00+08:00`);

  beforeAll(async () => {
    app = await startApp(await open());
    // What is booked is never booked earlier than what was.
    app.clock.now = day('2026-04-01');
    town = await demoTown(app);
    member = await app.person();
    await town.hire(member.id, 'member', town.estate);
    await town.settle(member.id);
    const shop = await town.merchant();
    const clerk = await app.person();
    await town.hire(clerk.id, 'clerk', shop.id);
    const till = counterOf(app, shop.id, clerk);
    for (const [month, yuan] of [
      ['2026-04', '100.00'],
      ['2026-05', '58.50'],
      ['2026-06', '20.00'],
    ] as const) {
      app.clock.now = day(`${month}-10`);
      await till.bought(member.id, yuan);
      await till.taken(member.id, 5, 'CON');
    }
  });

  describe('the statement', () => {
    it('of a month has what was booked in it, and nothing else', async () => {
      expect((await find('month=2026-05')).items.map(({ bookedAt }) => bookedAt.slice(0, 7))).toEqual([
        '2026-05',
        '2026-05',
      ]);
      expect((await find('')).items).toHaveLength(6);
      for (const month of ['2025-01', '2026-07']) expect((await find(`month=${month}`)).items).toEqual([]);
    });

    it('goes on within its month, page by page', async () => {
      const first = await find('month=2026-04&limit=1');
      const second = await find(`month=2026-04&limit=1&cursor=${first.next}`);
      expect([...first.items, ...second.items].map(({ kind }) => kind)).toEqual(['spend', 'credit']);
      expect(second.next).toBeUndefined();
    });

    it('of a kind has what people mean by it', async () => {
      const kindsOf = async (query: string) => (await find(query)).items.map(({ kind }) => kind);
      expect(await kindsOf('kind=got')).toEqual(['credit', 'credit', 'credit']);
      expect(await kindsOf('kind=used&month=2026-06')).toEqual(['spend']);
      expect(await kindsOf('kind=ended')).toEqual([]);
      const first = await find('kind=got&limit=2');
      expect(await kindsOf(`kind=got&limit=2&cursor=${first.next}`)).toEqual(['credit']);
    });

    it('is looked through for words within a month', async () => {
      const said = async (text: string) =>
        (await find(`month=2026-05&text=${encodeURIComponent(text)}`)).items.map((item) => item.text?.zh);
      expect(await said('58.50')).toEqual(['消费 58.50 元']);
      expect(await said('５８.５')).toEqual(['消费 58.50 元']);
      expect(await said('100.00')).toEqual([]);
      expect(await said('MERCHANT')).toHaveLength(2);
    });

    it('is not looked through for words without a month, which would be no search', async () => {
      for (const query of ['text=58', 'text=58&month=2026-13', `text=${'x'.repeat(41)}&month=2026-05`]) {
        expect((await app.request(`/api/v1/me/movements?${query}`, { by: member })).status).toBe(422);
      }
    });

    it('that has few of a kind among many says how far back it looked, and looks on', async () => {
      const other = await app.person();
      await town.settle(other.id);
      app.clock.now = day('2026-06-14');
      await town.hire(other.id, 'member', town.estate);
      const { volunteerFund: fund } = town;
      const rare = await town.give(other.id, fund, 100);
      const hold = (id: string) => {
        const take = { points: 1, unit: 'VOL' };
        const terms = { '*': { mode: 'stocked' as const } };
        const endsAt = app.clock.now + 9_000;
        return { do: 'hold' as const, hold: id, member: other.id, redeemer: town.firm, take, endsAt, terms };
      };
      for (let round = 0; round < 10; round++) {
        const ids = Array.from({ length: 30 }, () => uuid());
        await town.posted(ids.map(hold));
        await town.posted(ids.map((id) => ({ do: 'return', hold: id })));
      }
      const ask = async (query: string) =>
        (await (await app.request(`/api/v1/me/movements?${query}`, { by: other })).json()) as Page;
      const first = await ask('kind=got');
      expect(first).toMatchObject({ items: [], lookedUntil: expect.any(String) as string });
      let page = first;
      for (let more = 0; page.items.length === 0 && more < 10; more++)
        page = await ask(`kind=got&cursor=${page.next}`);
      expect(page.items.map(({ transaction }) => transaction)).toEqual([String(rare)]);
    });
  });
});
