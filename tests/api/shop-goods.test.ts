/** Goods for points: prices that change, limits, stock that never goes below none, orders with their pick-up codes. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { releaseEndedOrders } from '../../api/shop/index.ts';
import { balancesOf, verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { foundWith } from '../support/changed-rows.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';
import {
  changeOf,
  codesOf as codes,
  goodsShop,
  times,
  type GoodsShop,
  type TestOrder,
} from '../support/goods-shop.ts';

const DAY_MS = 86_400_000;

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: GoodsShop;

  beforeAll(async () => {
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    town = await demoTown(app);
    shop = await goodsShop(app, town, { stocked: true });
  });

  const volunteer = (member: string) => town.pointsOf(member, 'VOL');

  describe('a sale by goods', () => {
    it('takes the points, the pieces and the limit in one step, and an undo gives all of it back', async () => {
      const limit = { quantity: 2, period: 'quarter', of: 'household' };
      const eggs = await shop.goods({ name: '鸡蛋', points: '30', yuan: '2.50', limit });
      const member = await shop.member();
      const key = uuid();
      const code = await shop.counter.resolved(member.id);
      const sold = await shop.sell(code, [{ goods: eggs, quantity: 2 }], key);
      expect(await sold.json()).toMatchObject({ points: '60', yuan: '5.00', goods: '鸡蛋 × 2' });
      expect(
        (await shop.sell(code, [{ goods: eggs, quantity: 2 }], key)).headers.get('Idempotency-Hit'),
      ).toBe('true');
      expect(await volunteer(member.id)).toMatchObject({ available: 440 });
      expect(await shop.look(eggs)).toMatchObject({ left: 8, kept: 0 });
      const again = await shop.sell(await shop.counter.resolved(member.id), [{ goods: eggs }]);
      expect(await again.json()).toMatchObject({ code: 'goods-limit', detail: '鸡蛋' });
      // The community stocked the shop: nobody is owed for its points.
      const owed = await balancesOf(app.engine, { book: town.book, owner: shop.place });
      expect(owed.filter(({ role }) => role === 'receivable')).toEqual([]);
      const { items } = await shop.get<{ items: { id: string }[] }>(
        `/merchants/${shop.place}/redemptions?limit=1`,
      );
      expect((await shop.counter.undo('redemptions', items[0]!.id)).status).toBe(200);
      expect(await volunteer(member.id)).toMatchObject({ available: 500 });
      expect(await shop.look(eggs)).toMatchObject({ left: 10 });
      const free = await shop.sell(await shop.counter.resolved(member.id), [{ goods: eggs, quantity: 2 }]);
      expect(free.status).toBe(201);
    });

    it('of the last piece by many at once is one', async () => {
      const last = await shop.goods({}, 1);
      const shown: string[] = [];
      for (let nth = 0; nth < 8; nth++) shown.push(await shop.counter.resolved((await shop.member(100)).id));
      const found = await codes(shown.map((code) => shop.sell(code, [{ goods: last }])));
      expect([times(found, 'done'), times(found, 'out-of-stock')]).toEqual([1, 7]);
      expect(await shop.look(last)).toMatchObject({ left: 0 });
    });

    it('at a price that was changed takes nothing and says the new one', async () => {
      const goods = await shop.goods({ name: '挂面', points: '20' });
      const member = await shop.member();
      const code = await shop.counter.resolved(member.id);
      const priced = await shop.post(`/goods/${goods.id}/prices`, { points: '25' }, { by: shop.manager });
      expect(priced.status).toBe(201);
      const sold = await shop.sell(code, [{ goods }]);
      expect(await sold.json()).toMatchObject({ code: 'price-changed', detail: '挂面现在是 25 分' });
      expect(await volunteer(member.id)).toMatchObject({ available: 500 });
      const now = await shop.look(goods);
      expect((await shop.sell(code, [{ goods: now }])).status).toBe(201);
      const from = new Date(app.clock.now - DAY_MS).toISOString();
      const past = await shop.post(`/goods/${goods.id}/prices`, { points: '5', from }, { by: shop.manager });
      expect(await codeOf(past)).toBe('price-in-past');
    });

    it('of goods that were taken off the shelf, of two kinds of points, or of another shop is refused', async () => {
      const [goods, con] = [await shop.goods(), await shop.goods({ unit: 'CON' })];
      const member = await shop.member();
      const code = await shop.counter.resolved(member.id);
      expect(await codeOf(await shop.sell(code, [{ goods }, { goods: con }]))).toBe('invalid-input');
      const body = { ...changeOf(await shop.look(goods)), state: 'off' };
      const put = (by = shop.manager) =>
        app.request(`/api/v1/goods/${goods.id}`, { method: 'PUT', json: body, by, key: uuid() });
      expect((await put(shop.clerk)).status).toBe(403);
      expect((await put()).status).toBe(200);
      expect(await codeOf(await put())).toBe('changed-meanwhile');
      expect(await codeOf(await shop.sell(code, [{ goods }]))).toBe('goods-off-sale');
      const there = await goodsShop(app, town);
      expect(await codeOf(await shop.sell(code, [{ goods: await there.goods() }]))).toBe('not-found');
    });
  });

  describe('an order', () => {
    it('holds points and pieces until its code is shown; many confirms of it are one', async () => {
      const goods = await shop.goods({ points: '30', yuan: '1.00' });
      const member = await shop.member(100);
      const key = uuid();
      const order = await shop.ordered(member, [{ goods, quantity: 2 }]);
      expect(await volunteer(member.id)).toMatchObject({ available: 40, held: 60 });
      expect(await shop.look(goods)).toMatchObject({ left: 8, kept: 2 });
      const more = await shop.order(member, [{ goods, quantity: 2 }], key);
      expect(await codeOf(more)).toBe('insufficient-points');
      expect(await codeOf(await shop.order(member, [{ goods, quantity: 2 }], key))).toBe(
        'insufficient-points',
      );
      const resolve = (scan: string) => shop.post(`/merchants/${shop.place}/orders/resolve`, { scan });
      for (const scan of [order.code!.digits, order.code!.link])
        expect(await (await resolve(scan)).json()).toMatchObject({
          ...{ id: order.id, pointsLeft: '60', yuanLeft: '2.00', customer: { tail: '0001' } },
        });
      expect(await codeOf(await resolve('123 456 7890'))).toBe('code-mistyped');
      const found = await codes(
        Array.from({ length: 150 }, () =>
          shop.post(`/orders/${order.id}/pick-ups`, { rest: 'keep', byProxy: true, scan: order.code!.link }),
        ),
      );
      expect([times(found, 'done'), times(found, 'order-ended')]).toEqual([1, 149]);
      expect(await volunteer(member.id)).toMatchObject({ available: 40, held: 0 });
      expect(await shop.look(goods)).toMatchObject({ left: 8, kept: 0 });
      const mine = await shop.get<TestOrder>(`/me/orders/${order.id}`, member);
      expect(mine).toMatchObject({ state: 'collected', pickUps: [{ points: '60', yuan: '2.00' }] });
      expect(mine.code).toBeUndefined();
    });

    it('is picked up in parts; what is left stays kept, or goes back', async () => {
      const goods = await shop.goods({ points: '10' });
      const member = await shop.member(100);
      const order = await shop.ordered(member, [{ goods, quantity: 5 }]);
      const line = order.lines[0]!.id;
      const take = (quantity: number, rest: 'keep' | 'release') =>
        shop.post(`/orders/${order.id}/pick-ups`, {
          ...{ lines: [{ line, quantity }], rest, byProxy: false, scan: order.code!.digits },
        });
      expect(await (await take(2, 'keep')).json()).toMatchObject({ state: 'placed', pointsTaken: '20' });
      expect(await codeOf(await take(4, 'keep'))).toBe('invalid-input');
      expect(await shop.look(goods)).toMatchObject({ left: 5, kept: 3 });
      expect(await (await take(1, 'release')).json()).toMatchObject({
        state: 'collected',
        pointsTaken: '30',
      });
      expect(await volunteer(member.id)).toMatchObject({ available: 70, held: 0 });
      expect(await shop.look(goods)).toMatchObject({ left: 7, kept: 0 });
      const [first] = (await shop.get<TestOrder>(`/me/orders/${order.id}`, member)).pickUps;
      expect((await shop.counter.undo('redemptions', first!.id)).status).toBe(200);
      expect(await volunteer(member.id)).toMatchObject({ available: 90 });
      expect(await shop.look(goods)).toMatchObject({ left: 9 });
    });

    it('gets something else only by the member’s own word, and what it costs less goes back', async () => {
      const [goods, other] = [await shop.goods({ points: '50' }), await shop.goods({ points: '40' })];
      const dear = await shop.goods({ points: '51' });
      const member = await shop.member(100);
      const order = await shop.ordered(member, [{ goods }]);
      const propose = (instead: typeof goods) => {
        const of = { line: order.lines[0]!.id, goods: instead.id, price: instead.price, quantity: 1 };
        return shop.post(`/orders/${order.id}/substitutes`, of);
      };
      expect(await codeOf(await propose(dear))).toBe('invalid-input');
      expect(await codeOf(await propose(await shop.goods({ points: '40', yuan: '0.01' })))).toBe(
        'invalid-input',
      );
      expect(await (await propose(other)).json()).toMatchObject({ proposal: { name: other.name } });
      // The member may be reading the first one: what waits is never another than was shown.
      const second = await shop.goods({ points: '30' });
      expect(await codeOf(await propose(second))).toBe('substitution-waits');
      const shown = { rest: 'keep', byProxy: false, scan: order.code!.link };
      const collect = () => shop.post(`/orders/${order.id}/pick-ups`, shown);
      expect(await codeOf(await collect())).toBe('substitution-waits');
      const answer = (by = member) =>
        shop.post(`/me/orders/${order.id}/substitute-answer`, { agree: true }, { by });
      expect((await answer(await shop.member(0))).status).toBe(404);
      expect((await answer()).status).toBe(200);
      expect([await shop.look(goods), await shop.look(other)]).toMatchObject([
        { left: 10, kept: 0 },
        { left: 9, kept: 1 },
      ]);
      expect(await (await collect()).json()).toMatchObject({ state: 'collected', pointsTaken: '40' });
      expect(await volunteer(member.id)).toMatchObject({ available: 60, held: 0 });
    });

    it('is called off by the member or, with a reason, by the shop, and ends by itself when nobody fetches it', async () => {
      const limit = { quantity: 3, period: 'month', of: 'member' };
      const goods = await shop.goods({ points: '10', limit });
      const member = await shop.member(100);
      const order = () => shop.ordered(member, [{ goods, quantity: 3 }]);
      const first = await order();
      expect(await codeOf(await shop.order(member, [{ goods }]))).toBe('goods-limit');
      const cancel = () => shop.post(`/me/orders/${first.id}/cancel`, {}, { by: member });
      expect(await (await cancel()).json()).toMatchObject({ state: 'cancelled' });
      expect(await codeOf(await cancel())).toBe('order-ended');
      const second = await order();
      const off = await shop.post(`/orders/${second.id}/call-off`, { reason: '商品受潮' });
      expect(await off.json()).toMatchObject({ state: 'cancelled', reason: '商品受潮' });
      const third = await order();
      app.clock.now += 8 * DAY_MS;
      expect(await releaseEndedOrders(app.server.deps)).toEqual({ released: 1, failed: 0 });
      expect(await shop.get(`/me/orders/${third.id}`, member)).toMatchObject({ state: 'expired' });
      expect(await volunteer(member.id)).toMatchObject({ available: 100, held: 0 });
      expect(await shop.look(goods)).toMatchObject({ left: 10, kept: 0 });
      const late = await shop.post(`/orders/${third.id}/pick-ups`, {
        ...{ rest: 'keep', byProxy: false, scan: third.code!.link },
      });
      expect(await codeOf(late)).toBe('order-ended');
    });

    it('is handed over for its code only, or by the manager who says why', async () => {
      const goods = await shop.goods({ points: '10' });
      const member = await shop.member(100);
      const [order, other] = [
        await shop.ordered(member, [{ goods }]),
        await shop.ordered(member, [{ goods }]),
      ];
      const take = (proof: object, by = shop.clerk) =>
        shop.post(`/orders/${order.id}/pick-ups`, { rest: 'keep', byProxy: false, ...proof }, { by });
      const withoutCode = { reason: '手机没电，核对过身份证' };
      expect(await codeOf(await take({}))).toBe('pick-up-code-needed');
      expect(await codeOf(await take({ scan: order.code!.link, withoutCode }))).toBe('pick-up-code-needed');
      expect(await codeOf(await take({ scan: other.code!.link }))).toBe('code-unknown');
      expect(await codeOf(await take({ withoutCode }))).toBe('not-allowed');
      expect(await volunteer(member.id)).toMatchObject({ available: 80, held: 20 });
      expect((await take({ withoutCode }, shop.manager)).status).toBe(201);
      const mine = await shop.get<TestOrder>(`/me/orders/${order.id}`, member);
      expect(mine).toMatchObject({ state: 'collected', pickUps: [{ withoutCode: withoutCode.reason }] });
    });

    it('hears of its code’s digits five wrong tries in a quarter of an hour, then none', async () => {
      const there = await goodsShop(app, town, { stocked: true });
      const goods = await there.goods({ points: '10' });
      const member = await there.member(100);
      const [order, other] = [
        await there.ordered(member, [{ goods }]),
        await there.ordered(member, [{ goods }]),
      ];
      const take = (scan: string) =>
        there.post(`/orders/${order.id}/pick-ups`, { rest: 'keep', byProxy: false, scan });
      const tried = await codes(Array.from({ length: 9 }, () => take(other.code!.digits)));
      expect([times(tried, 'code-unknown'), times(tried, 'locked-out')]).toEqual([5, 4]);
      expect(await codeOf(await take(order.code!.digits))).toBe('locked-out');
      expect((await take(order.code!.link)).status).toBe(201);
    });

    it('is guessed by nobody: wrong digits lock the till, with those of members’ codes', async () => {
      const there = await goodsShop(app, town);
      const till = { kind: 'code', value: there.place } as const;
      for (let nth = 0; nth < 5; nth++) await app.server.deps.identity.lockOut.mayTry(till, app.clock.now);
      // Of these one has the right check digit; a slip counts against nobody.
      const guesses = Array.from({ length: 10 }, (_, last) => `111111111${last}`);
      const found = await codes(
        guesses.map((scan) => there.post(`/merchants/${there.place}/orders/resolve`, { scan })),
      );
      expect([times(found, 'locked-out'), times(found, 'code-mistyped')]).toEqual([1, 9]);
    });
  });

  it('verify finds all of it whole, and every row that was changed', async () => {
    const { db, tables } = app.engine;
    const { orders, redemptions, orderLines } = tables;
    const whole = async () => (await verify(app.engine, productChecks)).findings;
    expect(await whole()).toEqual([]);
    const [order] = await db.select().from(orders).where(eq(orders.state, 'collected')).limit(1);
    const [sale] = await db.select().from(redemptions).where(eq(redemptions.ofOrder, order!.id)).limit(1);
    const [line] = await db.select().from(orderLines).where(eq(orderLines.ofOrder, order!.id)).limit(1);
    const changes = [
      ['orders', order!.id, ['points', 'points + 1'], ['points_taken', '0'], ['member', "'nobody'"]],
      ['redemptions', sale!.id, ['points', 'points + 1'], ['yuan_fen', '7'], ['of_order', 'null']],
      ['order_lines', line!.id, ['quantity', 'quantity + 1'], ['points', 'points + 1']],
    ] as const;
    for (const [table, id, ...columns] of changes)
      for (const [column, set] of columns) {
        const found = await foundWith(app.engine, { table, id }, { [column]: set });
        expect(found.length, `${table}.${column}`).toBeGreaterThan(0);
      }
    expect(await whole()).toEqual([]);
  });
});
