/** The shelves: who keeps them, what runs out, what moves between outlets, and what a count makes of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';
import { goodsShop, type GoodsShop } from '../support/goods-shop.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: GoodsShop;

  beforeAll(async () => {
    app = await startApp(await open());
    town = await demoTown(app);
    shop = await goodsShop(app, town, { stocked: true });
  });

  describe('the shelves', () => {
    it('are kept by the shop, and by the community’s staff only where the community stocks it', async () => {
      const staff = await app.person({ role: 'staff', place: town.community });
      const goods = await shop.goods();
      const brought = await shop.post(
        `/goods/${goods.id}/movements`,
        { kind: 'delivery', quantity: 5 },
        { by: staff },
      );
      expect(await brought.json()).toMatchObject({ left: 15 });
      const other = await goodsShop(app, town);
      const theirs = await other.goods();
      const refused = await other.post(
        `/goods/${theirs.id}/movements`,
        { kind: 'delivery', quantity: 5 },
        { by: staff },
      );
      expect(await codeOf(refused)).toBe('not-allowed');
    });

    it('say what runs out, never hold fewer than none, and move between outlets in one step', async () => {
      const [goods, there] = [await shop.goods({ name: '快没了', lowAt: 3 }, 4), await goodsShop(app, town)];
      const broken = { kind: 'damaged', quantity: 5, reason: '压坏' };
      expect(await codeOf(await shop.post(`/goods/${goods.id}/movements`, broken))).toBe('out-of-stock');
      const to = await there.goods({}, 0);
      const move = { to: to.id, quantity: 2 };
      expect(await codeOf(await shop.post(`/goods/${goods.id}/outlet-moves`, move))).toBe('not-found');
      await town.hire(shop.clerk.id, 'clerk', there.place);
      expect((await shop.post(`/goods/${goods.id}/outlet-moves`, move)).status).toBe(201);
      expect([await shop.look(goods), await there.look(to)]).toMatchObject([{ left: 2 }, { left: 2 }]);
      const low = await shop.get<{ items: { id: string; isLow: boolean }[] }>(
        `/merchants/${shop.place}/goods?low=yes`,
      );
      expect(low.items.map(({ id }) => id)).toEqual([goods.id]);
      const { items } = await shop.get<{ items: { kind: string; free: number; freeAfter: number }[] }>(
        `/goods/${goods.id}/movements`,
      );
      expect(items.map(({ kind, free, freeAfter }) => [kind, free, freeAfter])).toEqual([
        ['moved', -2, 2],
        ['delivery', 4, 4],
      ]);
      const file = await app.request(`/api/v1/merchants/${shop.place}/stock/file?format=csv`, {
        by: shop.clerk,
      });
      expect(await file.text()).toContain('快没了,日用,在架,VOL,20,0.00,2,0,2');
    });

    it('are counted by one and confirmed by another; what was sold in between stays sold', async () => {
      const goods = await shop.goods({ name: '盘点的' }, 10);
      const counts = [{ goods: goods.id, counted: 9 }];
      const count = async (by = shop.clerk) =>
        (await (await shop.post(`/merchants/${shop.place}/stocktakings`, { counts }, { by })).json()) as {
          id: string;
        };
      const { id } = await count();
      const member = await shop.member();
      await shop.sell(await shop.counter.resolved(member.id), [{ goods, quantity: 3 }]);
      const confirm = (by = shop.clerk, reason = '') =>
        shop.post(`/stocktakings/${id}/confirm`, { reason }, { by });
      expect(await codeOf(await confirm())).toBe('second-person-needed');
      const confirmed = await confirm(shop.colleague, '破了一件');
      expect(await confirmed.json()).toMatchObject({
        state: 'confirmed',
        counts: [{ expected: 10, counted: 9 }],
      });
      expect(await shop.look(goods)).toMatchObject({ left: 6 });
      expect(await codeOf(await confirm(shop.colleague))).toBe('stocktaking-decided');
      const own = await count(shop.manager);
      const bare = await shop.post(`/stocktakings/${own.id}/confirm`, { reason: ' ' }, { by: shop.manager });
      expect(await bare.json()).toMatchObject({ code: 'invalid-input', fields: [{ field: 'reason' }] });
      const dropped = await shop.post(`/stocktakings/${own.id}/drop`, { reason: '重点' });
      expect(await dropped.json()).toMatchObject({ state: 'dropped' });
      expect(await shop.look(goods)).toMatchObject({ left: 6 });
    });

    it('are put right once where two counts of the same goods wait', async () => {
      const [goods, other] = [await shop.goods({}, 10), await shop.goods({}, 10)];
      const count = async (counted: Record<string, number>) => {
        const counts = Object.entries(counted).map(([id, pieces]) => ({ goods: id, counted: pieces }));
        const made = await shop.post(`/merchants/${shop.place}/stocktakings`, { counts });
        return ((await made.json()) as { id: string }).id;
      };
      const decide = (id: string, how = 'confirm') =>
        shop.post(`/stocktakings/${id}/${how}`, { reason: '破了' }, { by: shop.colleague });
      const [first, second] = [await count({ [goods.id]: 8 }), await count({ [goods.id]: 8, [other.id]: 9 })];
      const same = await count({ [goods.id]: 10 });
      expect((await decide(second)).status).toBe(200);
      expect(await codeOf(await decide(first))).toBe('counted-again');
      expect((await decide(first, 'drop')).status).toBe(200);
      expect((await decide(same)).status).toBe(200);
      expect([await shop.look(goods), await shop.look(other)]).toMatchObject([{ left: 8 }, { left: 9 }]);
      // What is counted anew is put right again; of two at once, one.
      const [third, fourth] = [await count({ [goods.id]: 7 }), await count({ [goods.id]: 7 })];
      const both = await Promise.all([decide(third), decide(fourth)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await shop.look(goods)).toMatchObject({ left: 7 });
    });

    it('show one photo of a goods, kept by its bytes; a PDF is none, and a stranger’s book sees none', async () => {
      const goods = await shop.goods();
      const send = (text: string, by = shop.manager) =>
        app.request(`/api/v1/goods/${goods.id}/photo?fileName=a.webp`, {
          ...{ method: 'POST', by, key: uuid() },
          ...{ body: Buffer.from(text, 'latin1'), headers: { 'content-type': 'image/webp' } },
        });
      const webp = (last: string) => `RIFF\x14\0\0\0WEBPVP8L\x08\0\0\0/\0\0\0\0\0\0${last}`;
      expect((await send(webp('\0'), shop.clerk)).status).toBe(403);
      expect(await codeOf(await send('%PDF-1.7\n%%EOF\n'))).toBe('file-not-accepted');
      const { photo } = (await (await send(webp('\0'))).json()) as { photo: string };
      expect(await codeOf(await send(webp('\0')))).toBe('attached-already');
      const next = ((await (await send(webp('a'))).json()) as { photo: string }).photo;
      const look = (id: string, by: Visitor) => app.request(`/api/v1/goods/${goods.id}/photos/${id}`, { by });
      const member = await shop.member(0);
      expect([(await look(next, member)).status, (await look(photo, member)).status]).toEqual([200, 404]);
      const stranger = await app.person({ role: 'member', place: await app.place('estate', '', 2) });
      expect((await look(next, stranger)).status).toBe(404);
    });
  });
});
