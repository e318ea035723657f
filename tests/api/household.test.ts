/** 我的家: the houses somebody belongs to, who else does, and what is due on each. */
import { expect, it } from 'vitest';
import { codeOf, startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import {
  offsetBill,
  openFeesWorld,
  residentOf,
  takeBills,
  takeRoster,
  givePoints,
} from '../support/fees-world.ts';

type Household = {
  items: {
    code: string;
    estateName: string;
    relation: string;
    since?: string;
    others: { name: string; relation: string; since?: string }[];
    othersMore: boolean;
  }[];
  more: boolean;
};
type Dues = { items: { house: { code: string }; bills: number; toPay: string }[] };

eachEngine((_name, open) => {
  async function family() {
    const world = await openFeesWorld(await startApp(await open()));
    const { app, estate } = world;
    await takeRoster(world, [
      '3,2,0501,王小明,13800000001,业主,2024-05-01,',
      '3,2,0501,李芳,13800000002,家庭成员,,',
      '3,2,0501,赵旧,13800000003,租户,2020-01-01,2023-01-01',
      '3,2,0502,孙邻,13800000004,业主,,',
    ]);
    const roster = await residentOf(world, '0501');
    const member = await app.person({ role: 'member', place: estate.id });
    const { residencies } = app.engine.tables;
    const rows = await app.engine.db.select().from(residencies);
    const own = rows.find(({ person }) => person === roster)!;
    const fresh = { id: crypto.randomUUID(), version: 1, createdAt: 0, until: null };
    await app.engine.db
      .insert(residencies)
      .values({ ...fresh, house: own.house, person: member.id, relation: 'family', since: '2025-02-01' });
    const get = async <Answer>(path: string, by = member) =>
      (await (await app.request(`/api/v1/me/${path}`, { by })).json()) as Answer;
    return { world, app, estate, member, house: own.house, get };
  }

  it('a member sees their houses, since when, and who else belongs to them now: family name and relation, no phone', async () => {
    const { get } = await family();
    const answer = await get<Household>('household');
    expect(answer.items).toMatchObject([
      {
        code: '3-2-0501',
        estateName: '和美苑（演示）',
        relation: 'family',
        since: '2025-02-01',
        othersMore: false,
      },
    ]);
    const others = answer.items[0]!.others;
    expect(others.map(({ name, relation }) => `${name} ${relation}`).sort()).toEqual([
      '李* family',
      '王* owner',
    ]);
    expect(others.find(({ relation }) => relation === 'owner')).toMatchObject({ since: '2024-05-01' });
    expect(others.find(({ name }) => name === '李*')).not.toHaveProperty('since');
    expect(JSON.stringify(answer)).not.toMatch(/138|0001|小明/);
  });

  it('what is due on a house is what its bills leave to pay, points put against them taken off', async () => {
    const { world, get } = await family();
    await takeBills(world, { '0501': '118.32', '0502': '99.00' }, 'june.csv');
    expect((await get<Dues>('dues')).items).toMatchObject([
      { house: { code: '3-2-0501' }, bills: 1, toPay: '118.32' },
    ]);
    await givePoints(world, await residentOf(world, '0501'), { vol: 100 });
    await offsetBill(world, '0501', '10.00');
    expect((await get<Dues>('dues')).items).toMatchObject([{ bills: 1, toPay: '108.32' }]);
    // The firm issues it anew: the old one is owed by nobody, and the points put against it count for the new one.
    await takeBills(world, { '0501': '50.00', '0502': '99.00' }, 'june-again.csv');
    expect((await get<Dues>('dues')).items).toMatchObject([{ bills: 1, toPay: '40.00' }]);
  });

  it('who is not linked to a house has none, and whoever is not signed in is asked to', async () => {
    const { app, estate, get } = await family();
    const lodger = await app.person({ role: 'member', place: estate.id });
    expect(await get('household', lodger)).toEqual({ items: [], more: false });
    expect(await get('dues', lodger)).toEqual({ items: [] });
    expect(await codeOf(await app.request('/api/v1/me/household'))).toBe('sign-in-needed');
  });

  it('a house that many belong to says that there are more', async () => {
    const { app, house, get } = await family();
    const { residencies } = app.engine.tables;
    for (let nth = 0; nth < 20; nth += 1) {
      const person = await app.resident();
      const row = { id: crypto.randomUUID(), version: 1, house, person, relation: 'tenant' as const };
      await app.engine.db
        .insert(residencies)
        .values({ ...row, since: '2026-01-01', until: null, createdAt: 0 });
    }
    const [home] = (await get<Household>('household')).items;
    expect(home!.others).toHaveLength(20);
    expect(home!.othersMore).toBe(true);
  });

  it('whoever owns hundreds of flats is told that not all are listed, and staff see each', async () => {
    const { app, estate, member, get } = await family();
    const { residencies: t, houses } = app.engine.tables;
    const fresh = () => ({ id: crypto.randomUUID(), version: 1, createdAt: 0 });
    const flats = Array.from({ length: 205 }, (_, nth) => ({
      ...{ ...fresh(), estate: estate.id, building: '9', unit: '1', room: `${101 + nth}` },
    }));
    const own = flats.map(({ id: house }) => ({
      ...{ ...fresh(), house, person: member.id, relation: 'owner' as const, since: '2025-01-01' },
    }));
    expect((await get<Household>('household')).more).toBe(false);
    await app.engine.db.insert(houses).values(flats);
    await app.engine.db.insert(t).values(own);
    const { items, more } = await get<Household>('household');
    expect([items.length, more]).toEqual([20, true]);
    const staff = await app.person({ role: 'staff', place: estate.id });
    const known = await app.request(`/api/v1/people/${member.id}`, { by: staff });
    expect(((await known.json()) as { residencies: object[] }).residencies).toHaveLength(206);
  });
});
