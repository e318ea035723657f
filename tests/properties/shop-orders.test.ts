/**
 * Protects: whatever comes first — goods delivered, broken, counted, sold, ordered, picked up in parts, exchanged, called
 * off, left to end or undone — no point, no piece and no fen is lost or made, and no shelf holds fewer than none. A naive
 * model beside it says what each step must have left.
 */
import fc from 'fast-check';
import { asc, eq, sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { releaseEndedOrders } from '../../api/shop/index.ts';
import { startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';
import { EVERYTHING, step, type Step } from './shop-steps.ts';
import { goodsShop, type GoodsShop, type TestGoods, type TestOrder } from '../support/goods-shop.ts';

const GIVEN = 400;
const PRICES = [
  { points: 30, fen: 250 },
  { points: 20, fen: 0 },
  { points: 45, fen: 100 },
] as const;
const MONTH_MS = 31 * 86_400_000;

/** What should be there, counted by hand. */
type Model = { free: number[]; kept: number[]; available: number; held: number; fen: number };

eachEngine((engine, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: GoodsShop;
  const did = new Map<string, number>();

  beforeAll(async () => {
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    town = await demoTown(app);
    shop = await goodsShop(app, town, { stocked: true });
  });

  it('points, pieces and yuan are conserved, in whatever order things come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 24 }), play),
      // The first steps so that each kind did something in every run of the test.
      { numRuns: engine === 'sqlite' ? 4 : 2, examples: [[EVERYTHING]] },
    );
    expect((await verify(app.engine, productChecks)).findings).toEqual([]);
    for (const what of [
      'deliver',
      'break',
      'count',
      'sell',
      'order',
      'collect',
      'exchange',
      'cancel',
      'undo',
      'end',
    ])
      expect([what, did.get(what) ?? 0]).not.toEqual([what, 0]);
  });

  async function play(steps: readonly Step[]): Promise<void> {
    const shelf: TestGoods[] = [];
    for (const { points, fen } of PRICES)
      shelf.push(await shop.goods({ points: String(points), yuan: (fen / 100).toFixed(2) }, 5));
    const member = await shop.member(GIVEN);
    const model: Model = { free: [5, 5, 5], kept: [0, 0, 0], available: GIVEN, held: 0, fen: 0 };
    for (const one of steps) {
      app.clock.now += 60_000;
      if (await take(one, { shelf, member, model })) did.set(one.do, (did.get(one.do) ?? 0) + 1);
      await check(one, { shelf, member, model });
    }
  }

  type World = { shelf: readonly TestGoods[]; member: TestPerson; model: Model };

  /** Whether it did anything. */
  async function take(one: Step, world: World): Promise<boolean> {
    const { shelf, member, model } = world;
    switch (one.do) {
      case 'deliver':
      case 'break': {
        const [kind, sign] = one.do === 'deliver' ? ['delivery', 1] : ['damaged', -1];
        const isThere = sign === 1 || model.free[one.goods]! >= one.quantity;
        const body = { kind, quantity: one.quantity };
        const answer = await shop.post(`/goods/${shelf[one.goods]!.id}/movements`, body);
        expect(answer.status, JSON.stringify(one)).toBe(isThere ? 201 : 409);
        if (isThere) model.free[one.goods]! += Number(sign) * one.quantity;
        return isThere;
      }
      case 'count': {
        // One piece more or fewer than there is, by hand.
        const total = model.free[one.goods]! + model.kept[one.goods]!;
        const counted = Math.max(0, total + (one.quantity % 2 === 0 ? 1 : -1));
        const body = { counts: [{ goods: shelf[one.goods]!.id, counted }] };
        const { id } = (await (await shop.post(`/merchants/${shop.place}/stocktakings`, body)).json()) as {
          id: string;
        };
        const confirm = { by: shop.colleague };
        const answer = await shop.post(`/stocktakings/${id}/confirm`, { reason: '' }, confirm);
        const left = model.free[one.goods]! + counted - total;
        expect(answer.status, JSON.stringify(one)).toBe(left >= 0 ? 200 : 409);
        if (left >= 0) model.free[one.goods] = left;
        return left >= 0;
      }
      case 'sell':
      case 'order': {
        const wanted = [0, 0, 0];
        wanted[one.goods]! += one.quantity;
        wanted[one.also]! += 1;
        const points = sum(wanted, (nth) => PRICES[nth]!.points);
        const isPossible =
          points <= model.available && wanted.every((pieces, nth) => pieces <= model.free[nth]!);
        const lines = wanted.flatMap((pieces, nth) =>
          pieces === 0 ? [] : [{ goods: shelf[nth]!, quantity: pieces }],
        );
        const answer =
          one.do === 'order'
            ? await shop.order(member, lines)
            : await shop.sell(await shop.counter.resolved(member.id), lines);
        expect(answer.status === 201, `${JSON.stringify(one)} ${answer.status}`).toBe(isPossible);
        if (!isPossible) return false;
        model.available -= points;
        for (const nth of wanted.keys()) model.free[nth]! -= wanted[nth]!;
        if (one.do === 'sell') model.fen += sum(wanted, (nth) => PRICES[nth]!.fen);
        else {
          model.held += points;
          for (const nth of wanted.keys()) model.kept[nth]! += wanted[nth]!;
        }
        return true;
      }
      case 'collect': {
        const order = await placed(member, one.which);
        if (!order) return false;
        const waiting = order.lines.filter(({ left }) => left > 0);
        const said = waiting.map(({ id, left, goods: of }, nth) => {
          const pieces = nth === 0 ? Math.max(1, left - one.part) : Math.max(0, left - one.part);
          return { line: id, goods: of, quantity: pieces, left };
        });
        const lines = said
          .filter((line) => line.quantity > 0)
          .map(({ line, quantity: q }) => ({ line, quantity: q }));
        const { code } = await shop.get<TestOrder>(`/me/orders/${order.id}`, member);
        const answer = await shop.post(`/orders/${order.id}/pick-ups`, {
          lines,
          rest: one.rest,
          byProxy: false,
          scan: code!.link,
        });
        expect(answer.status).toBe(201);
        const now = (await answer.json()) as TestOrder;
        const isLast = now.state === 'collected';
        const points = said.reduce(
          (total, line) => total + priceOf(world, line.goods).points * line.quantity,
          0,
        );
        model.held -= isLast ? Number(order.points) - Number(order.pointsTaken) : points;
        if (isLast) model.available += Number(order.points) - Number(order.pointsTaken) - points;
        for (const line of said) {
          const nth = shelf.findIndex(({ id }) => id === line.goods);
          model.kept[nth]! -= isLast ? line.left : line.quantity;
          if (isLast) model.free[nth]! += line.left - line.quantity;
          model.fen += PRICES[nth]!.fen * line.quantity;
        }
        return true;
      }
      case 'exchange': {
        const order = await placed(member, one.which);
        const line = order?.lines.find(({ left }) => left > 0);
        if (!order || !line) return false;
        const [from, to] = [shelf.findIndex(({ id }) => id === line.goods), one.goods];
        const isAllowed =
          from !== to &&
          PRICES[to]!.points <= PRICES[from]!.points * line.left &&
          PRICES[to]!.fen <= PRICES[from]!.fen * line.left;
        const instead = shelf[to]!;
        const offer = { line: line.id, goods: instead.id, price: instead.price, quantity: 1 };
        const proposed = await shop.post(`/orders/${order.id}/substitutes`, offer);
        expect(proposed.status === 201).toBe(isAllowed);
        if (!isAllowed) return false;
        const isThere = model.free[to]! >= 1;
        const path = `/me/orders/${order.id}/substitute-answer`;
        const answer = await shop.post(path, { agree: one.agree }, { by: member });
        expect(answer.status === 200).toBe(isThere || !one.agree);
        if (answer.status !== 200) await shop.post(`/orders/${order.id}/substitutes/withdraw`, {});
        if (!isThere || !one.agree) return false;
        model.free[from]! += line.left;
        model.kept[from]! -= line.left;
        model.free[to]! -= 1;
        model.kept[to]! += 1;
        return true;
      }
      case 'cancel': {
        const order = await placed(member, one.which);
        if (!order) return false;
        const answer = await shop.post(`/me/orders/${order.id}/cancel`, {}, { by: member });
        expect(answer.status).toBe(200);
        letGo(world, order);
        return true;
      }
      case 'undo': {
        const { redemptions: t, soldLines } = app.engine.tables;
        const rows = await app.engine.db.select().from(t).where(eq(t.member, member.id)).orderBy(asc(t.id));
        const taken = rows.filter(({ state }) => state === 'taken');
        const row = taken[one.which % Math.max(1, taken.length)];
        if (!row) return false;
        const by = { by: shop.manager, reason: '退货' };
        expect((await shop.counter.undo('redemptions', row.id, by)).status).toBe(200);
        model.available += row.points;
        model.fen -= row.yuanFen;
        const lines = await app.engine.db.select().from(soldLines).where(eq(soldLines.sale, row.id));
        for (const line of lines)
          model.free[shelf.findIndex(({ id }) => id === line.goods)]! += line.quantity;
        return true;
      }
      case 'end': {
        const waiting = (await ordersOf(member)).filter(({ state }) => state === 'placed');
        app.clock.now += MONTH_MS;
        const { released, failed } = await releaseEndedOrders(app.server.deps);
        // With those that an earlier run left.
        expect(released).toBeGreaterThanOrEqual(waiting.length);
        expect(failed).toBe(0);
        for (const order of waiting) letGo(world, order);
        return waiting.length > 0;
      }
    }
  }

  function letGo({ shelf, model }: World, order: TestOrder): void {
    const points = Number(order.points) - Number(order.pointsTaken);
    model.held -= points;
    model.available += points;
    for (const { goods: of, left } of order.lines) {
      const nth = shelf.findIndex(({ id }) => id === of);
      model.kept[nth]! -= left;
      model.free[nth]! += left;
    }
  }

  const priceOf = ({ shelf }: World, id: string) => PRICES[shelf.findIndex((one) => one.id === id)]!;
  const sum = (pieces: readonly number[], of: (nth: number) => number) =>
    pieces.reduce((total, quantity_, nth) => total + quantity_ * of(nth), 0);

  async function ordersOf(member: TestPerson): Promise<TestOrder[]> {
    return (await shop.get<{ items: TestOrder[] }>('/me/orders?limit=100', member)).items;
  }

  async function placed(member: TestPerson, nth: number): Promise<TestOrder | undefined> {
    const waiting = (await ordersOf(member)).filter(({ state }) => state === 'placed');
    return waiting[nth % Math.max(1, waiting.length)];
  }

  async function check(one: Step, { shelf, member, model }: World): Promise<void> {
    const says = JSON.stringify(one);
    const { available, held } = await town.pointsOf(member.id, 'VOL');
    expect({ available, held }, says).toEqual({ available: model.available, held: model.held });
    const { redemptions: r, stockMovements: s } = app.engine.tables;
    const [paid] = await app.engine.db
      .select({ fen: sql<number>`coalesce(sum(${r.yuanFen}), 0)`.mapWith(Number) })
      .from(r)
      .where(sql`${r.member} = ${member.id} and ${r.state} = 'taken'`);
    expect(paid!.fen, says).toBe(model.fen);
    for (const [nth, { id }] of shelf.entries()) {
      const { left, kept } = await shop.look({ id });
      expect([left, kept], `${says} of ${nth}`).toEqual([model.free[nth], model.kept[nth]]);
      const moves = await app.engine.db.select().from(s).where(eq(s.goods, id));
      const moved = moves.reduce((total, move) => [total[0]! + move.free, total[1]! + move.kept], [0, 0]);
      expect(moved, says).toEqual([left, kept]);
      expect(Math.min(left!, kept!), says).toBeGreaterThanOrEqual(0);
    }
  }
});
