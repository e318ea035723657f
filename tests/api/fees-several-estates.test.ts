/** A firm of two estates is paid for both by one transfer, and a community has shops within its firm: each sum is whole. */
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { addPlace } from '../../api/places/index.ts';
import type { TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import {
  closeByTwo,
  givePoints,
  offsetBill,
  ok,
  residentOf,
  secondOf,
  takeBills,
  takeRoster,
  type FeesWorld,
} from '../support/fees-world.ts';
import { DAY_MS, handOver, openEstate, postedRow, read, takePosted } from '../support/june-month.ts';

type Owed = { opening: string; captured: string; paid: string; closing: string };
type Statement = { month: string; owed: Owed[] };
type Settlements = { items: { id: string; net: string; payee: { name: string } }[] };
type Ageing = { owes: { sums: Record<string, string> }; owed: { sums: Record<string, string> } };

const on = (day: string): number => Date.parse(`2026-${day}T09:00:00+08:00`);

async function secondEstate(world: FeesWorld): Promise<FeesWorld> {
  const { app, deps, community, firm } = world;
  const estate = ok(await addPlace(deps, { book: 1, parent: community.id, kind: 'estate', name: '和泰苑' }));
  const served = { estate: estate.id, firm: firm.id, since: '2026-01-01', until: null, reason: '合同' };
  const { estateFirms } = app.engine.tables;
  await app.engine.db
    .insert(estateFirms)
    .values({ ...served, id: uuid(), version: 1, createdAt: 0, namedBy: 'test' });
  const accountant = await app.person({ role: 'accountant', place: estate.id });
  const other = { ...world, estate, accountant };
  await takeRoster(other, ['3,2,0601,和泰,,业主,,']);
  await takeBills(other, { '0601': '118.32' }, 'e2.csv');
  await givePoints(other, await residentOf(other, '0601'), { con: 5_000 });
  return other;
}

/** The settlement of the firm, agreed to by both and paid by these amounts. */
async function settle(
  world: FeesWorld,
  by: { staff: TestPerson; firm: TestPerson; month: string; pays: string[] },
) {
  const { app, community } = world;
  const made = `/api/v1/places/${community.id}/settlements`;
  await app.request(made, { json: { month: by.month }, by: by.staff });
  const { items } = (await (await app.request(`${made}?side=payer`, { by: by.staff })).json()) as Settlements;
  const { id, net } = items.find(({ payee }) => payee.name === '和美物业')!;
  for (const [side, who] of [
    ['payee', by.firm],
    ['payer', by.staff],
  ] as const) {
    const { version } = (await (await app.request(`/api/v1/settlements/${id}`, { by: by.staff })).json()) as {
      version: number;
    };
    const agreed = await app.request(`/api/v1/settlements/${id}/agreements`, {
      json: { version, side },
      by: who,
    });
    expect(agreed.status).toBe(200);
  }
  for (const [nth, amount] of by.pays.entries()) {
    const json = { amount, reference: `银行 ${by.month}-${nth}`, paidOn: `${by.month}-28` };
    const paid = await app.request(`/api/v1/settlements/${id}/payments`, { by: by.staff, key: uuid(), json });
    expect(paid.status).toBe(201);
  }
  return net;
}

eachEngine((_name, open) => {
  describe('a firm of two estates', () => {
    it('is paid by one transfer, and each estate’s month has its part of it, in parts too', async () => {
      const world = await openEstate(open, { rooms: ['0501', '0502'], points: { con: 5_000 } });
      const { app, community, firm } = world;
      const other = await secondEstate(world);
      await offsetBill(world, '0501', '10.00');
      await offsetBill(other, '0601', '7.00');
      await handOver(world);
      await handOver(other, 'e2');
      app.clock.now += DAY_MS;
      await takePosted(world, 'a.csv', [postedRow(1, '10.00')]);
      const row = 'DK-2606-0002,3-2-0601,物业服务费,202606,7.00,2026-06-21,已入账,';
      await takePosted(other, 'b.csv', [row]);
      app.clock.now = on('07-30');
      const staff = await app.person({ role: 'staff', place: community.id });
      const accountant = await app.person({ role: 'accountant', place: firm.id });
      // What was owed first, that of the first estate, is paid first.
      const pays = { staff, firm: accountant, month: '2026-06', pays: ['12.00'] };
      expect(await settle(world, pays)).toBe('17.00');
      app.clock.now = on('08-02');
      const months: Owed[][] = [];
      for (const each of [world, other]) {
        expect((await closeByTwo(each, { month: '2026-06' })).status).toBe(201);
        const july = await read<Statement>(each, `/places/${each.estate.id}/preliminary-statement`);
        expect(july.month).toBe('2026-07');
        months.push(july.owed);
      }
      expect(months).toMatchObject([
        [{ opening: '10.00', captured: '0.00', paid: '10.00', closing: '0.00' }],
        [{ opening: '7.00', captured: '0.00', paid: '2.00', closing: '5.00' }],
      ]);
      // Both can be closed on these figures.
      for (const each of [world, other])
        expect((await closeByTwo(each, { month: '2026-07' })).status).toBe(201);
    });
  });

  describe('the age of what is owed', () => {
    it('is not made younger by a posting that was wrong and is taken back', async () => {
      const world = await openEstate(open, { rooms: ['0501', '0502'], points: { con: 5_000 } });
      const { app, estate, accountant } = world;
      for (const [room, yuan] of [
        ['0501', '20.00'],
        ['0502', '30.00'],
      ] as const)
        await offsetBill(world, room, yuan);
      await handOver(world);
      app.clock.now += DAY_MS;
      await takePosted(world, 'june.csv', [postedRow(1, '20.00')]);
      app.clock.now = on('07-25');
      const second = (state: string) => `DK-2606-0002,3-2-0502,物业服务费,202606,30.00,2026-07-25,${state}`;
      await takePosted(world, 'wrong.csv', [second('已入账,')]);
      const sums = async () => (await read<Ageing>(world, `/places/${estate.id}/ageing`)).owed.sums;
      expect(await sums()).toMatchObject({ to30: '30.00', to60: '20.00', to90: '0.00', over90: '0.00' });
      app.clock.now = on('07-30');
      await takePosted(world, 'back.csv', [second('已退回,记错了')]);
      const { items } = await read<{ items: { id: string }[] }>(
        world,
        `/estates/${estate.id}/breaks?state=open`,
      );
      const two = [accountant, await secondOf(world)];
      for (const { id } of items)
        for (const by of two) {
          const json = { resolution: 'reverse', comment: '物业记错了房号' };
          await app.request(`/api/v1/breaks/${id}/resolution`, { by, key: uuid(), json });
        }
      expect(await sums()).toMatchObject({ to30: '0.00', to60: '20.00', to90: '0.00', over90: '0.00' });
    });
  });

  it('what a community answers for has the shop within its firm, which lies within an estate', async () => {
    const world = await openEstate(open, { rooms: ['0501'], points: { con: 1_000 } });
    const { app, deps, community, firm } = world;
    const shop = ok(await addPlace(deps, { book: 1, parent: firm.id, kind: 'merchant', name: '物业便民店' }));
    const { funds } = app.engine.tables;
    const fund = {
      ...(await app.engine.db.select().from(funds))[0]!,
      id: uuid(),
      place: shop.id,
      name: '便民店',
    };
    await app.engine.db.insert(funds).values(fund);
    const payersAt = async (place: string) => {
      const by = await app.person({ role: 'staff', place });
      const answer = await app.request(`/api/v1/places/${place}/liability`, { by });
      expect(answer.status).toBe(200);
      const { funds: all } = (await answer.json()) as { funds: { fund: { name: string }; payer: string }[] };
      return all.map(({ payer }) => payer);
    };
    expect(await payersAt(community.id)).toContain('物业便民店');
  });
});
