/** Goods, counts and orders at a place: for the generated access test. */
import { v7 as uuid } from 'uuid';
import type { Fixture } from './access-fixtures.ts';
import type { TestApp } from './whole-app.ts';

/** With a price; of a service, so that nothing has to be delivered first. */
export async function goodsAt(app: TestApp, place: string, kind: 'goods' | 'service' = 'goods') {
  const [id, price, createdAt] = [uuid(), uuid(), app.clock.now];
  const { goods, goodsPrices } = app.engine.tables;
  const said = {
    name: `商品 ${id.slice(-6)}`,
    category: '',
    description: '',
    unit: 'CON',
    state: 'on' as const,
  };
  const row = { id, version: 1, place, kind, ...said, keepDays: 7, madeBy: 'person:test', createdAt };
  await app.engine.db.insert(goods).values(row);
  const cost = { points: 1, yuanFen: 0, validFrom: 0, setBy: 'person:test', createdAt };
  await app.engine.db.insert(goodsPrices).values({ id: price, version: 1, goods: id, ...cost });
  return { goods: id, price };
}

/** Of nobody who signs in, with one line that waits. */
export async function orderAt(app: TestApp, place: string) {
  const [id, line, createdAt] = [uuid(), uuid(), app.clock.now];
  const { goods, price } = await goodsAt(app, place);
  const { orders, orderLines } = app.engine.tables;
  const of = { version: 1, place, member: uuid(), unit: 'CON', points: 2, pointsTaken: 0, createdAt };
  const [tokenHash, digitsHash] = [uuid().padEnd(64, '0'), uuid().padEnd(64, '0')];
  const hashes = { tokenHash, digitsHash, endsAt: createdAt + 60_000 };
  await app.engine.db.insert(orders).values({ id, ...of, ...hashes, state: 'placed' });
  const said = { name: '鸡蛋', points: 2, yuanFen: 0, kind: 'goods' as const, quantity: 1 };
  const row = { id: line, version: 1, ofOrder: id, goods, price, ...said, taken: 0, released: 0 };
  await app.engine.db.insert(orderLines).values(row);
  return { order: id, line };
}

export const ofShelves = {
  goods: async (app, place) => (await goodsAt(app, place)).goods,

  order: async (app, place) => (await orderAt(app, place)).order,

  stocktaking: async (app, place) => {
    const [id, createdAt] = [uuid(), app.clock.now];
    const row = { id, version: 1, place, state: 'counted' as const, note: '', createdAt };
    await app.engine.db.insert(app.engine.tables.stocktakings).values({ ...row, countedBy: 'person:test' });
    return id;
  },
} satisfies Record<string, Fixture>;
