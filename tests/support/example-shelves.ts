/** Goods, a count and orders that the examples name, each made so that its example can be sent. */
import { v7 as uuid } from 'uuid';
import { addPlace } from '../../api/places/index.ts';
import type { NamedInExamples } from '../../api/platform/index.ts';
import {
  addGoods,
  countStock,
  placeOrder,
  proposeSubstitute,
  recordMovement,
  setPhoto,
} from '../../api/shop/index.ts';
import { photosOf, pricesAt } from '../../api/shop/goods/find-goods.ts';
import { setPhoto as setPhotoExample } from '../../api/shop/goods/goods.examples.ts';
import { linesOf } from '../../api/shop/orders/orders.ts';
import { pickUpCode } from '../../api/shop/orders/pick-up-code.ts';
import { actorNamed, must } from './demo-programme.ts';
import type { TestApp } from './whole-app.ts';

type Named = Extract<
  NamedInExamples,
  | 'goods'
  | 'goodsPrice'
  | 'otherGoods'
  | 'otherPrice'
  | 'goodsThere'
  | 'goodsWithPhoto'
  | 'goodsPhoto'
  | 'stocktaking'
  | 'order'
  | 'orderLine'
  | 'orderToChange'
  | 'pickUpDigits'
>;
type Finders = Readonly<Record<Named, () => Promise<string>>>;

export function shelfThings(
  app: TestApp,
  { merchant, member }: { merchant: string; member: string },
): Finders {
  const { deps } = app.server;
  const manager = actorNamed(uuid(), { role: 'merchant_manager', place: merchant });
  const by = () => ({ actor: manager, key: uuid(), scope: `place:${merchant}` });
  const body = {
    category: '粮油',
    description: '',
    lowAt: null,
    limit: null,
    keepDays: 7,
    state: 'on' as const,
  };
  const goodsOf = async (place: string, points: number) => {
    const input = {
      ...body,
      place,
      name: '鸡蛋 30 枚',
      kind: 'goods' as const,
      unit: 'CON',
      points,
      yuanFen: 0,
    };
    const keeper = actorNamed(uuid(), { role: 'merchant_manager', place });
    const { goods } = must(await addGoods(deps, { input, ...by(), actor: keeper }));
    const brought = { kind: 'delivery' as const, quantity: 30, reason: '' };
    must(await recordMovement(deps, { goods, input: brought, ...by(), actor: keeper }));
    return goods;
  };
  const priceOf = async (goods: string) =>
    (await pricesAt(app.engine, [goods], app.clock.now)).get(goods)!.id;
  /** What was made last, so that a price is that of the goods named before it. */
  const last = { goods: '', other: '', order: '' };
  const goods = async () => (last.goods = await goodsOf(merchant, 20));
  const other = async () => (last.other = await goodsOf(merchant, 10));
  const order = async () => {
    const of = await goods();
    const lines = [{ goods: of, price: await priceOf(of), quantity: 1 }];
    const actor = actorNamed(member);
    const asked = {
      input: { place: merchant, member, lines },
      actor,
      key: uuid(),
      scope: `person:${member}`,
    };
    return (last.order = must(await placeOrder(deps, asked)).order);
  };
  return {
    goods,
    goodsPrice: () => priceOf(last.goods),
    async goodsWithPhoto() {
      const of = await goods();
      const bytes = Buffer.from(String(setPhotoExample.file), 'latin1');
      must(await setPhoto(deps, { goods: of, file: { bytes, name: '鸡蛋.webp' }, ...by() }));
      return of;
    },
    goodsPhoto: async () => (await photosOf(app.engine, [last.goods])).get(last.goods)!.id,
    otherGoods: other,
    otherPrice: () => priceOf(last.other),
    async goodsThere() {
      const name = `分店 ${uuid()}`;
      const { parent, book } = (await deps.places.find(merchant))!;
      const there = must(await addPlace(deps, { book, parent, kind: 'merchant', name }));
      return goodsOf(there.id, 20);
    },
    async stocktaking() {
      const counts = [{ goods: await goods(), counted: 29 }];
      const input = { place: merchant, note: '', counts };
      return must(await countStock(deps, { input, actor: manager })).stocktaking;
    },
    order,
    orderLine: async () => (await linesOf(app.engine, last.order))[0]!.id,
    async orderToChange() {
      const [id, instead] = [await order(), await other()];
      const line = (await linesOf(app.engine, id))[0]!.id;
      const input = { line, goods: instead, price: await priceOf(instead), quantity: 1 };
      must(await proposeSubstitute(deps, { order: id, input, ...by() }));
      return id;
    },
    pickUpDigits: async () => pickUpCode(deps, { order: last.order || (await order()), origin: '' }).digits,
  };
}
