/** The word to pay along (一起抵扣): whose it is to give, and what ends it. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { importBills } from '../../api/fees/index.ts';
import { erasePerson } from '../../api/identity/index.ts';
import { sellHouse } from '../../api/places/sell-house.ts';
import { actingFor, helperOf } from '../support/acting.ts';
import { codeOf, startApp, type TestApp, type Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { fileOf, ok, takeRoster } from '../support/fees-world.ts';
import { openHouseholds, type Households } from '../support/households.ts';
import { CLERK } from '../support/june-month.ts';

const ROOMS = Array.from({ length: 18 }, (_, at) => String(101 + at).padStart(4, '0'));

eachEngine((_name, open) => {
  let app: TestApp;
  let world: Households;

  beforeAll(async () => {
    app = await startApp(await open());
    world = await openHouseholds(app, ROOMS);
  });

  const get = async <Answer = Record<string, unknown>>(path: string, by: Visitor) => {
    const answer = await app.request(`/api/v1${path}`, { by });
    return { status: answer.status, ...((await answer.json()) as Answer) };
  };
  const quoteTogether = (bill: string, by: Visitor) =>
    get<{ value: string; seen?: string; takes: object[] }>(`/bills/${bill}/offset-quote?whose=household`, by);

  describe('the members’ word', () => {
    it('is given and taken back by each for themselves, and seen by the family', async () => {
      const { wife, husband, house } = await world.household({ agreed: false });
      const path = `/api/v1/houses/${house}/my-pool-consent`;
      const agreed = await app.request(path, { method: 'PUT', by: husband, json: {} });
      expect(await agreed.json()).toEqual({ since: '2026-06-20' });
      const seen = await get('/me/pools', wife);
      expect(seen).toMatchObject({
        items: [{ house: { id: house }, may: true, others: [{ name: '王*', relation: 'family' }] }],
      });
      expect(JSON.stringify(seen)).not.toContain('mine');
      expect(await get('/me/pools', husband)).toMatchObject({
        items: [{ mine: { since: '2026-06-20' }, others: [] }],
      });
      expect((await app.request(path, { method: 'PUT', by: husband, json: {} })).status).toBe(200);
      expect((await app.request(path, { method: 'DELETE', by: husband })).status).toBe(204);
      expect(await get('/me/pools', wife)).toMatchObject({ items: [{ others: [] }] });
      const past = await app.request(path, { method: 'PUT', by: husband, json: { until: '2026-06-20' } });
      expect(past.status).toBe(422);
    });

    it('is not a tenant’s to give, nor anybody’s who acts for them', async () => {
      const { husband: tenant, wife, house } = await world.household({ agreed: false, relation: 'tenant' });
      const path = `/api/v1/houses/${house}/my-pool-consent`;
      expect(await codeOf(await app.request(path, { method: 'PUT', by: tenant, json: {} }))).toBe(
        'not-owner-or-family',
      );
      const daughter = await helperOf(app, wife.id, { may: 'spend' });
      const acting = actingFor(daughter, wife.id);
      expect((await app.request(path, { method: 'PUT', by: acting, json: {} })).status).toBeGreaterThan(400);
    });

    it('of two sons with one masked name is each his own, and so are his points', async () => {
      const { bill, room, wife } = await world.household({ agreed: false });
      for (const con of [700, 900]) await world.agree((await world.person(room, 'family', { con })).id, room);
      const quote = await get<{ takes: { nth: number }[]; steps: { zh: string }[] }>(
        `/bills/${bill}/offset-quote?whose=household`,
        wife,
      );
      expect(quote.takes.map(({ nth }) => nth)).toEqual([0, 1, 2]);
      const steps = quote.steps.map(({ zh }) => zh).filter((zh) => zh.includes('家人的'));
      expect(steps).toEqual([
        expect.stringMatching(/^第 1 位家人的消费积分 [79]00 分抵/),
        expect.stringMatching(/^第 2 位家人的消费积分 [79]00 分抵/),
      ]);
    });

    it('that stands while the rule leaves somebody out is theirs to see and take back, and shows them nobody else’s', async () => {
      const { husband, wife, room, house } = await world.household();
      await world.agree(wife.id, room);
      const { residencies: t } = app.engine.tables;
      await app.engine.db.update(t).set({ relation: 'tenant' }).where(eq(t.person, husband.id));
      const seen = await get<{ items: object[] }>('/me/pools', husband);
      expect(seen.items).toMatchObject([{ may: false, mine: { since: '2026-06-20' }, others: [] }]);
      const path = `/api/v1/houses/${house}/my-pool-consent`;
      expect((await app.request(path, { method: 'DELETE', by: husband })).status).toBe(204);
      expect(await world.wordsOf(house)).toContain('ended');
      const rooms = [world.nextRoom(), world.nextRoom()];
      for (const other of rooms.toReversed()) await world.moveIn(husband.id, other, 'owner');
      const { items } = await get<{ items: { house: { code: string } }[] }>('/me/pools', husband);
      expect(items.map((each) => each.house.code)).toEqual(
        [room, ...rooms].map((each) => expect.stringContaining(each) as string),
      );
    });

    it('shows nothing of the family to a helper who may only look', async () => {
      const { bill, wife } = await world.household();
      const by = actingFor(await helperOf(app, wife.id, { may: 'view' }), wife.id);
      const shown = JSON.stringify(await quoteTogether(bill, by));
      expect(shown).toContain('"value":"10.00"');
      expect(shown).not.toContain('relation');
    });

    it('ends with the link to the house; who comes back, or never went, is asked anew', async () => {
      const { bill, room, wife, husband } = await world.household();
      await world.ends(husband.id, '2026-06-20');
      expect(await quoteTogether(bill, wife)).toMatchObject({ value: '10.00' });
      await world.moveIn(husband.id, room, 'owner');
      expect(await quoteTogether(bill, wife)).toMatchObject({ value: '10.00' });
      const other = await world.household();
      await world.ends(other.husband.id, '2026-06-20');
      await world.ends(other.husband.id, null);
      expect(await quoteTogether(other.bill, other.wife)).toMatchObject({ value: '10.00' });
      // An end that lies ahead is the word's end too, and stays so.
      await world.agree(other.husband.id, other.room);
      await world.ends(other.husband.id, '2026-06-22');
      await world.ends(other.husband.id, null);
      expect(await quoteTogether(other.bill, other.wife)).toMatchObject({ value: '35.49' });
      app.clock.now += 2 * 86_400_000;
      expect(await quoteTogether(other.bill, other.wife)).toMatchObject({ value: '10.00' });
    });

    it('ends with a sale and with a roster that says who went', async () => {
      const { house, room } = await world.household();
      const sale = { buyer: { name: '赵强' }, day: '2026-06-20', keepsTenants: false, confirmed: ['owner'] };
      ok(await sellHouse(world.deps, CLERK, { house, ...sale }));
      expect(await world.wordsOf(house)).toEqual(['ended']);
      const other = await world.household({ agreed: false });
      const tenant = await world.person(other.room, 'owner', {});
      await app.engine.db
        .update(app.engine.tables.people)
        .set({ name: '孙梅', phone: '13900001234' })
        .where(eq(app.engine.tables.people.id, tenant.id));
      await world.agree(tenant.id, other.room);
      await takeRoster(world, [`3,2,${other.room},孙梅,13900001234,业主,,2026-06-19`]);
      expect(await world.wordsOf(other.house)).toEqual(['ended']);
      expect(room).not.toBe(other.room);
    });

    it('ends with a death that is registered at another home', async () => {
      const { bill, wife, husband } = await world.household();
      const { residencies: t } = app.engine.tables;
      const elsewhere = await world.moveIn(husband.id, world.nextRoom(), 'owner');
      const end = { until: '2026-06-19', endReason: 'death' as const };
      await app.engine.db.update(t).set(end).where(eq(t.id, elsewhere));
      expect(await quoteTogether(bill, wife)).toMatchObject({ value: '10.00' });
    });

    it('ends with the day that was said, and with an erasure', async () => {
      const { bill, house, wife, husband } = await world.household({ agreed: false });
      const path = `/api/v1/houses/${house}/my-pool-consent`;
      await app.request(path, { method: 'PUT', by: husband, json: { until: '2026-06-22' } });
      expect(await quoteTogether(bill, wife)).toMatchObject({ value: '35.49' });
      app.clock.now += 2 * 86_400_000;
      expect(await quoteTogether(bill, wife)).toMatchObject({ value: '10.00' });
      await app.request(path, { method: 'PUT', by: husband, json: {} });
      expect(await quoteTogether(bill, wife)).toMatchObject({ value: '35.49' });
      const erasing = { by: 'operator:test', place: world.estate.id, reason: '本人申请', logId: uuid() };
      await erasePerson(app.engine, { person: husband.id, ...erasing, now: app.clock.now });
      expect(await quoteTogether(bill, wife)).toMatchObject({ value: '10.00' });
    });
  });

  describe('a house that is sold while an offset of it waits', () => {
    it('leaves the offset and its points to the seller, and the bill to the buyer once it is taken back', async () => {
      const { bill, house, room, wife: seller } = await world.household();
      const post = (path: string, by: Visitor, json?: object) =>
        app.request(`/api/v1${path}`, { method: 'POST', by, key: uuid(), ...(json && { json }) });
      const made = await post(`/bills/${bill}/offsets`, seller, { value: '10.00' });
      const { id, number } = (await made.json()) as { id: string; number: string };
      const sale = { buyer: { name: '钱伟' }, day: '2026-06-20', keepsTenants: false, confirmed: ['owner'] };
      ok(await sellHouse(world.deps, CLERK, { house, ...sale }));
      const buyer = await world.person(room, 'owner', { con: 1_000 });
      // The bill is the house's: one offset counts for it, whoever owns it by now.
      const twice = await app.request(`/api/v1/bills/${bill}/offset-quote`, { by: buyer });
      expect(await codeOf(twice)).toBe('already-done');
      expect((await app.request(`/api/v1/bills/${bill}/offset-quote`, { by: seller })).status).toBe(404);
      // The document and the points are the seller's: the buyer neither reads nor cancels it.
      expect((await app.request(`/api/v1/offsets/${id}`, { by: buyer })).status).toBe(404);
      expect((await post(`/offsets/${id}/cancellation`, buyer)).status).toBe(404);
      expect(await get(`/offsets/${id}`, seller)).toMatchObject({ status: 200, state: 'held', number });
      expect((await post(`/offsets/${id}/cancellation`, seller)).status).toBe(200);
      expect(await world.pointsOf(seller.id)).toMatchObject({ 'available CON': 1_000 });
      expect((await post(`/bills/${bill}/offsets`, seller, { value: '10.00' })).status).toBe(404);
      const anew = await post(`/bills/${bill}/offsets`, buyer, { value: '10.00' });
      expect(anew.status).toBe(201);
      const own = (await anew.json()) as { id: string };
      expect((await app.request(`/api/v1/offsets/${own.id}`, { by: seller })).status).toBe(404);
    });

    it('shows the buyer the bills of their own time; what the seller left unpaid is the seller’s', async () => {
      const { bill, house, room } = await world.household();
      const tenant = await world.person(room, 'tenant', {});
      const text = `房号,收费项目,计费月份,应收金额,已收\n3-2-${room},物业服务费,2026-05,118.32,0.00\n`;
      const by = { actor: 'person:accountant', dryRun: false };
      ok(
        await importBills(world.deps, { estate: world.estate.id, file: fileOf(text, `${room}.csv`), ...by }),
      );
      const sale = { buyer: { name: '孙丽' }, day: '2026-06-20', keepsTenants: true, confirmed: ['owner'] };
      ok(await sellHouse(world.deps, CLERK, { house, ...sale }));
      const buyer = await app.person({ role: 'member', place: world.estate.id });
      const { bills: t, residencies: r } = app.engine.tables;
      const row = { id: uuid(), version: 1, house, person: buyer.id, relation: 'owner' as const };
      await app.engine.db
        .insert(r)
        .values({ ...row, since: '2026-06-20', until: null, createdAt: app.clock.now });
      type Shown = { items: { id: string; period: string }[] };
      const shown = async (as: Visitor) => {
        const { items } = (await get(`/houses/${house}/bills`, as)) as unknown as Shown;
        return items.map(({ period }) => period).sort();
      };
      expect(await shown(world.accountant)).toEqual(['2026-05', '2026-06']);
      expect(await shown(buyer)).toEqual(['2026-06']);
      // Who rents on has the bills of all their time.
      expect(await shown(tenant)).toEqual(['2026-05', '2026-06']);
      const rows = await app.engine.db.select().from(t).where(eq(t.house, house));
      const may = rows.find(({ period }) => period === '2026-05')!.id;
      const status = async (path: string, as: Visitor) => (await get(path, as)).status;
      expect(await status(`/bills/${may}`, world.accountant)).toBe(200);
      expect([await status(`/bills/${may}`, buyer), await status(`/bills/${bill}`, buyer)]).toEqual([
        404, 200,
      ]);
      expect(await status(`/bills/${may}/offset-quote`, buyer)).toBe(404);
      const statement = `/houses/${house}/statement?from=2026-06&to=2026-06`;
      expect(await get(statement, world.accountant)).toMatchObject({ opening: '118.32' });
      expect(await get(statement, buyer)).toMatchObject({ opening: '0.00', closing: '118.32' });
    });
  });
});
