/** A partner's own till: a system key that names the member by id, where a counter needs the member's code. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { scopes } from '../../api/platform/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
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
});
