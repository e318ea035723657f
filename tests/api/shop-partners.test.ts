/** A partner's own till: a system key that names the member by id, where a counter needs the member's code. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { scopes } from '../../api/platform/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import type { Counter } from '../support/demo-counter.ts';
import { demoTown } from '../support/demo-programme.ts';
import type { DemoTown, Merchant } from '../support/demo-programme.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: Merchant;
  let outlet: Merchant;
  let counter: Counter;

  beforeAll(async () => {
    app = await startApp(await open());
    town = await demoTown(app);
    [shop, outlet] = [await town.merchant(), await town.merchant()];
    counter = counterOf(app, shop.id, await app.person({ role: 'clerk', place: shop.id }));
  });

  describe('naming a member', () => {
    it('a person at a counter needs the code; a partner’s key may name the member to give points', async () => {
      const who = await app.resident({ role: 'member', place: town.estate });
      const sale = { member: who, receipt: uuid(), amount: '10' };
      expect(await codeOf(await counter.credit(sale))).toBe('not-allowed');
      const key = await app.key({ scopes: ['shop:write'], place: shop.id });
      expect((await counter.credit(sale, { by: key })).status).toBe(201);
      expect(await codeOf(await counter.credit({ ...sale, member: uuid() }, { by: key }))).toBe('not-found');
      const other = await app.key({ scopes: ['shop:write'], place: outlet.id });
      expect((await counter.credit(sale, { by: other })).status).toBe(404);
    });

    it('points of a member who shows no code are taken only by a key made for that', async () => {
      const who = await app.resident({ role: 'member', place: town.estate });
      await town.give(who, shop.fund, 100);
      const order = { member: who, points: '30', unit: 'CON', goods: '米' };
      const all = scopes.filter((scope) => scope !== 'shop:spend');
      const [broad, spender] = [
        await app.key({ scopes: all, place: shop.id }),
        await app.key({ scopes: ['shop:spend'], place: shop.id }),
      ];
      expect(await codeOf(await counter.redeem(order, { by: broad }))).toBe('not-allowed');
      expect(await codeOf(await counter.redeem(order))).toBe('not-allowed');
      const manager = await app.person({ role: 'merchant_manager', place: shop.id });
      expect(await codeOf(await counter.redeem(order, { by: manager }))).toBe('not-allowed');
      expect(await town.pointsOf(who, 'CON')).toMatchObject({ available: 100 });
      expect((await counter.redeem(order, { by: spender })).status).toBe(201);
      expect(await town.pointsOf(who, 'CON')).toMatchObject({ available: 70 });
      // It takes points, and gives none.
      const sale = { member: who, receipt: uuid(), amount: '10' };
      expect(await codeOf(await counter.credit(sale, { by: spender }))).toBe('not-allowed');
    });

    it('points of a kind that nobody gives are a slip, named, and remembered by no key', async () => {
      const who = await app.resident({ role: 'member', place: town.estate });
      await town.give(who, shop.fund, 100);
      const by = await app.key({ scopes: ['shop:spend'], place: shop.id });
      const order = { member: who, points: '30', goods: '米' };
      const slip = await counter.redeem({ ...order, unit: 'ZZZ' }, { by, key: 'order-1' });
      expect([slip.status, await slip.json()]).toMatchObject([422, { fields: [{ field: 'unit' }] }]);
      expect((await counter.redeem({ ...order, unit: 'CON' }, { by, key: 'order-1' })).status).toBe(201);
    });

    it('five orders at once on one balance never take more than the balance', async () => {
      const poor = await app.resident({ role: 'member', place: town.estate });
      await town.give(poor, shop.fund, 100);
      const key = await app.key({ scopes: ['shop:spend'], place: shop.id });
      const order = () =>
        counter.redeem({ member: poor, points: '30', unit: 'CON', goods: '米' }, { by: key });
      const answers = await Promise.all([order(), order(), order(), order(), order()]);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
      const refused = answers.filter(({ status }) => status !== 201);
      expect(await Promise.all(refused.map(codeOf))).toEqual(['insufficient-points', 'insufficient-points']);
      expect(await town.pointsOf(poor, 'CON')).toMatchObject({ available: 10 });
    });
  });

  describe('a batch of purchases', () => {
    type Row = {
      row: number;
      result: string;
      purchase?: string;
      points?: string;
      problem?: { code: string };
    };
    type Results = { credited: number; refused: number; rows: Row[] };

    const batch = async (rows: readonly unknown[], { key, by }: { key: string; by: Visitor }) => {
      const answer = await app.request(`/api/v1/merchants/${shop.id}/purchases/batch`, {
        ...{ json: { rows }, key, by },
      });
      return { status: answer.status, hit: answer.headers.get('idempotency-hit'), body: await answer.text() };
    };
    const read = ({ body }: { body: string }) => JSON.parse(body) as Results;

    it('three bad rows of sixty stop no other; cut off half-way and sent again, nothing counts twice', async () => {
      const by = await app.key({ scopes: ['shop:write'], place: shop.id });
      const members = await Promise.all(
        Array.from({ length: 4 }, () => app.resident({ role: 'member', place: town.estate })),
      );
      const rows: object[] = Array.from({ length: 60 }, (_, at) => ({
        ...{ member: members[at % 4], receipt: `POS-${at}`, amount: '2.50' },
      }));
      rows[7] = { ...rows[7], member: uuid() };
      rows[20] = { ...rows[20], amount: '-1' };
      rows[41] = { ...rows[41], receipt: 'pos-40' };
      const key = uuid();
      const half = read(await batch(rows.slice(0, 30), { key, by }));
      expect([half.credited, half.refused]).toEqual([28, 2]);
      const whole = await batch(rows, { key, by });
      const { rows: results, ...counts } = read(whole);
      expect([whole.status, counts]).toEqual([200, { credited: 57, refused: 3 }]);
      expect(results.map(({ row }) => row)).toEqual(rows.map((_, at) => at + 1));
      const refused = results.filter(({ result }) => result === 'refused');
      expect(refused.map(({ row, problem }) => [row, problem?.code])).toEqual([
        [8, 'not-found'],
        [21, 'invalid-input'],
        [42, 'receipt-used'],
      ]);
      expect(results.slice(0, 30)).toEqual(half.rows);
      expect(await batch(rows, { key, by })).toEqual({ ...whole, hit: 'true' });
      // Fifteen receipts of 2 points each; three of the members have one that was refused.
      const held = await Promise.all(members.map((member) => town.pointsOf(member, 'CON')));
      expect(held.map(({ available }) => available)).toEqual([28, 28, 30, 28]);
      // The bad rows mended, under the same key; another call’s key finds each receipt used.
      const mended = rows.with(20, { ...rows[20], amount: '1' });
      expect(read(await batch(mended, { key, by }))).toMatchObject({ credited: 58, refused: 2 });
      const again = read(await batch(rows.slice(0, 2), { key: uuid(), by }));
      expect(again.rows.map(({ problem }) => problem?.code)).toEqual(['receipt-used', 'receipt-used']);
    });

    it('a customer’s rows are worked out in their order, so that the cap of the day cuts the last', async () => {
      const by = await app.key({ scopes: ['shop:write'], place: shop.id });
      const member = await app.resident({ role: 'member', place: town.estate });
      const rows = [200, 200, 200].map((yuan) => ({ member, receipt: uuid(), amount: String(yuan) }));
      const { rows: results } = read(await batch(rows, { key: uuid(), by }));
      expect(results.map(({ points }) => points)).toEqual(['200', '200', '100']);
    });

    it('takes a partner’s key of that shop alone, and from one to a thousand rows', async () => {
      const [by, other] = [
        await app.key({ scopes: ['shop:write'], place: shop.id }),
        await app.key({ scopes: ['shop:write'], place: outlet.id }),
      ];
      const manager = await app.person({ role: 'merchant_manager', place: shop.id });
      const of = async (rows: number, who: Visitor) =>
        (await batch(Array(rows).fill({}), { key: uuid(), by: who })).status;
      expect(await of(1, other)).toBe(404);
      expect(await of(1, manager)).toBe(403);
      expect([await of(0, by), await of(1_000, by), await of(1_001, by)]).toEqual([422, 200, 422]);
    });
  });
});
