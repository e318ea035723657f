/** Which property firm serves an estate is a fact of its days: its bills' points are that firm's, before a change and after. */
import { and, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { confirmOffset, quoteForBill } from '../../api/fees/index.ts';
import { estatesServedBy } from '../../api/places/estate-firms.ts';
import { addPlace, firmOf } from '../../api/places/index.ts';
import { addAgreement } from '../../api/programme/index.ts';
import { codeOf, startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { actorNamed, must } from '../support/demo-programme.ts';
import {
  givePoints,
  JUNE_20,
  openFeesWorld,
  residentOf,
  takeBills,
  takeRoster,
  type FeesWorld,
} from '../support/fees-world.ts';

type Firms = {
  items: { firm: string; name: string; since?: string; until?: string; reason: string; by: string }[];
  version: number;
  now?: { id: string; name: string };
  choices: { id: string; name: string }[];
};
const DAY_MS = 86_400_000;

eachEngine((_name, open) => {
  let app: TestApp;
  let world: FeesWorld;
  let staff: TestPerson;
  let operator: TestPerson;

  const add = async (kind: string, name: string, more: object = {}) => {
    const path = `/api/v1/places/${world.community.id}/children`;
    return app.request(path, { json: { kind, name, ...more }, by: operator });
  };
  const added = async (kind: string, name: string, more: object = {}) => {
    const answer = await add(kind, name, more);
    expect(answer.status, await answer.clone().text()).toBe(201);
    return ((await answer.json()) as { id: string }).id;
  };
  const firmsOf = async (estate: string, by = staff) =>
    (await (await app.request(`/api/v1/estates/${estate}/firms`, { by })).json()) as Firms;
  const name = (estate: string, json: object, by = staff) =>
    app.request(`/api/v1/estates/${estate}/firms`, { json, by });
  const bothFirms = async () => {
    const { choices } = await firmsOf(world.estate.id);
    const of = (called: string) => choices.find((firm) => firm.name === called)!.id;
    return { first: of('甲物业'), second: of('乙物业') };
  };
  const servedOn = async (estate: string, day: string) => {
    const found = await firmOf(world.deps, { estate, day });
    return 'id' in found ? found.id : found.code;
  };

  beforeAll(async () => {
    app = await startApp(await open());
    world = await openFeesWorld(app);
    staff = await app.person({ role: 'staff', place: world.community.id });
    operator = await app.person({ role: 'operator', place: world.community.id });
  });

  describe('the firm of an estate', () => {
    it('is the only one that there is, and stays it when another firm comes', async () => {
      const before = await added('estate', '幸福里');
      expect(await servedOn(before, '2026-06-20')).toBe('no-firm');
      const first = await added('firm', '甲物业');
      expect(await servedOn(before, '2026-06-20')).toBe(first);
      await added('firm', '乙物业');
      expect(await servedOn(before, '2026-06-20')).toBe(first);
      expect(await firmsOf(before)).toMatchObject({ items: [{ firm: first, by: '' }], now: { id: first } });
      // The estate with a firm of its own keeps that one, too.
      expect(await servedOn(world.estate.id, '2026-06-20')).toBe(world.firm.id);
    });

    it('is chosen with a new estate where there are several', async () => {
      const refused = await add('estate', '明珠苑');
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ code: 'invalid-input', fields: [{ field: 'firm' }] });
      const { second } = await bothFirms();
      const estate = await added('estate', '明珠苑', { firm: second });
      expect(await servedOn(estate, '2026-06-20')).toBe(second);
      expect(await codeOf(await add('estate', '另一个', { firm: uuid() }))).toBe('not-found');
      expect(await codeOf(await add('merchant', '小店', { firm: second }))).toBe('invalid-input');
    });

    it('stays as it is when the estate is added again, and none comes beside one of a later day', async () => {
      const { first, second } = await bothFirms();
      const estate = await added('estate', '重来苑', { firm: second });
      expect(await added('estate', '重来苑', { firm: second })).toBe(estate);
      expect(await codeOf(await add('estate', '重来苑', { firm: first }))).toBe('already-exists');
      const open = { book: 1, parent: world.community.id, kind: 'estate' as const, name: '未定苑' };
      const { id } = must(await addPlace(world.deps, open));
      const to = { firm: first, since: '2026-07-01', reason: '业主大会决议', version: 0 };
      expect((await name(id, to)).status).toBe(204);
      expect(await codeOf(await add('estate', '未定苑', { firm: second }))).toBe('already-exists');
      expect((await firmsOf(id)).items.map(({ firm, since }) => [firm, since])).toEqual([
        [first, '2026-07-01'],
      ]);
      expect(await servedOn(id, '2026-07-02')).toBe(first);
    });

    it('that nobody chose among several is not guessed: the problem says what to do', async () => {
      const { id } = must(
        await addPlace(world.deps, {
          ...{ book: 1, parent: world.community.id, kind: 'estate', name: '旧楼' },
        }),
      );
      const found = await firmOf(world.deps, { estate: id, day: '2026-06-20' });
      expect(found).toMatchObject({ code: 'no-firm', detail: { zh: expect.stringContaining('选定') } });
      const { choices, ...page } = await firmsOf(id);
      expect(page).toEqual({ items: [], version: 0 });
      expect(choices.map((firm) => firm.name)).toEqual(['甲物业', '乙物业']);
    });
  });

  describe('two firms in one community', () => {
    let estate: string;
    let firms: { first: string; second: string };

    beforeAll(async () => {
      firms = await bothFirms();
      estate = await added('estate', '和顺苑', { firm: firms.second });
      const terms = { mode: 'clearing' as const, via: world.clearing.id, factor: 10_000 };
      for (const redeemer of Object.values(firms))
        must(await addAgreement(world.deps, { redeemer, fund: '*', terms, validFrom: 0 }));
    });

    async function offset(room: string): Promise<string> {
      const there: FeesWorld = { ...world, estate: (await world.deps.places.find(estate))! };
      const member = await residentOf(there, room);
      const { bills, houses, holds } = app.engine.tables;
      const [bill] = await app.engine.db
        .select({ id: bills.id })
        .from(bills)
        .innerJoin(houses, eq(houses.id, bills.house))
        .where(eq(houses.room, room));
      const { quote } = must(await quoteForBill(world.deps, { bill: bill!.id, member, wantedFen: 1_000 }));
      const input = { bill: bill!.id, member, valueFen: quote.valueFen };
      const ask = { actor: actorNamed(member), key: uuid(), scope: 'x' };
      const done = must(await confirmOffset(world.deps, { input, ...ask }));
      const [hold] = await app.engine.db.select().from(holds).where(eq(holds.id, done.offset));
      return hold!.redeemer;
    }

    it('an offset is held for the firm of the estate, and after a change for the new one', async () => {
      const there: FeesWorld = { ...world, estate: (await world.deps.places.find(estate))! };
      await takeRoster(there, ['3,2,0801,王玉兰,13800000801,业主,,', '3,2,0802,李秀英,13800000802,业主,,']);
      await takeBills(there, { '0801': '118.32', '0802': '118.32' }, 'june.csv', ['estate-namesake']);
      for (const room of ['0801', '0802'])
        await givePoints(world, await residentOf(there, room), { con: 3_000 });
      expect(await offset('0801')).toBe(firms.second);

      const { version } = await firmsOf(estate);
      const change = {
        firm: firms.first,
        since: '2026-06-22',
        reason: '业主大会 2026 年第 1 号决议',
        version,
      };
      expect((await name(estate, change)).status).toBe(204);
      const page = await firmsOf(estate);
      expect(page.now).toMatchObject({ id: firms.second });
      expect(page.items).toMatchObject([
        { firm: firms.first, since: '2026-06-22', reason: change.reason, by: '王小明' },
        { firm: firms.second, until: '2026-06-22', by: '王小明' },
      ]);
      expect(page.items[1]).not.toHaveProperty('since');
      app.clock.now = JUNE_20 + 2 * DAY_MS;
      expect(await offset('0802')).toBe(firms.first);
      expect(await servedOn(estate, '2026-06-21')).toBe(firms.second);
      app.clock.now = JUNE_20;
    });

    it('is changed from today or a day to come, with a reason, by who may, from what was seen', async () => {
      const { version } = await firmsOf(estate);
      const change = { firm: firms.first, since: '2026-06-20', reason: '换物业', version };
      expect(await codeOf(await name(estate, { ...change, since: '2026-06-19' }))).toBe('invalid-input');
      expect(await codeOf(await name(estate, { ...change, since: '2028-06-19' }))).toBe('invalid-input');
      expect(await codeOf(await name(estate, { ...change, reason: ' ' }))).toBe('invalid-input');
      expect(await codeOf(await name(estate, { ...change, firm: firms.second }))).toBe('invalid-input');
      expect(await codeOf(await name(estate, { ...change, firm: uuid() }))).toBe('not-found');
      expect(await codeOf(await name(estate, { ...change, version: version - 1 }))).toBe('changed-meanwhile');
      const accountant = await app.person({ role: 'accountant', place: estate });
      expect(await codeOf(await name(estate, change, accountant))).toBe('not-allowed');
      const both = await Promise.all([name(estate, change), name(estate, change)]);
      expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
      expect(await servedOn(estate, '2026-06-20')).toBe(firms.first);
      // What was planned for later still comes; the same day once more corrects it.
      const again = { ...change, firm: firms.second, version: (await firmsOf(estate)).version };
      expect((await name(estate, again)).status).toBe(204);
      expect(await servedOn(estate, '2026-06-21')).toBe(firms.second);
      expect(await servedOn(estate, '2026-06-22')).toBe(firms.first);
      const { accessLog } = app.engine.tables;
      const named = and(eq(accessLog.action, 'name-firm'), eq(accessLog.place, estate));
      const logged = await app.engine.db.select().from(accessLog).where(named);
      expect(logged).toHaveLength(3);
    });
  });

  describe('a post at the firm', () => {
    let estate: string;
    let firm: string;
    let other: string;
    let accountant: TestPerson;
    const bills = (by: TestPerson, at = estate) => app.request(`/api/v1/estates/${at}/bills`, { by });

    beforeAll(async () => {
      other = await added('firm', '丙物业');
      firm = await added('firm', '丁物业');
      estate = await added('estate', '东苑', { firm });
      accountant = await app.person({ role: 'accountant', place: firm });
    });

    it('acts in the estates that the firm serves, and in no other', async () => {
      expect((await bills(accountant)).status).toBe(200);
      const mine = (await (await app.request('/api/v1/places', { by: accountant })).json()) as {
        items: { id: string; roles: string[] }[];
      };
      expect(mine.items.map(({ id, roles }) => [id, roles])).toEqual(
        expect.arrayContaining([
          [firm, ['accountant']],
          [estate, ['accountant']],
        ]),
      );
      expect(mine.items).toHaveLength(2);
      expect((await bills(accountant, world.estate.id)).status).toBe(404);
      expect((await bills(await app.person({ role: 'accountant', place: other }))).status).toBe(404);
      // A firm of another book, in which an estate of the same name may be: nothing there is ours.
      const theirs = await app.place('community', '', 2);
      const foreign = must(
        await addPlace(world.deps, { book: 2, parent: theirs, kind: 'firm', name: '丁物业' }),
      );
      expect((await bills(await app.person({ role: 'accountant', place: foreign.id }))).status).toBe(404);
    });

    it('acts in all of them, however few are read at once', async () => {
      const { deps } = world;
      const street = await app.place('community');
      const only = must(await addPlace(deps, { book: 1, parent: street, kind: 'firm', name: '街物业' }));
      const made: string[] = [];
      for (const at of [street, await app.place('community', street), await app.place('community', street)])
        made.push(await app.place('estate', at), await app.place('estate', at));
      const found = (atOnce: number) =>
        estatesServedBy(app.engine, { firm: only, day: '2026-06-20' }, atOnce);
      for (const atOnce of [1, 3, 500]) expect((await found(atOnce)).toSorted()).toEqual(made.toSorted());
    });

    it('of its till or of an administrator is none in the estates', async () => {
      for (const role of ['clerk', 'merchant_manager', 'operator'] as const) {
        const person = await app.person({ role, place: firm });
        expect((await firmsOf(estate, person)) as object, role).not.toHaveProperty('items');
      }
    });

    it('of the finance lead signs second there', async () => {
      const third = await app.person({ role: 'accountant', place: estate });
      const lead = await app.person({ role: 'finance_lead', place: firm });
      app.clock.now = JUNE_20 + 12 * DAY_MS;
      const path = `/api/v1/places/${estate}/closure-requests`;
      const asked = await app.request(path, { by: accountant, json: { month: '2026-06' } });
      expect(asked.status, await asked.clone().text()).toBe(201);
      const { id } = (await asked.json()) as { id: string };
      const approve = (by: TestPerson) =>
        app.request(`/api/v1/closure-requests/${id}/approval`, { method: 'POST', by, key: uuid() });
      expect(await codeOf(await approve(third))).toBe('finance-lead-needed');
      expect((await approve(lead)).status).toBe(201);
      app.clock.now = JUNE_20;
    });

    it('acts there until the day on which another firm takes over', async () => {
      const successor = await app.person({ role: 'accountant', place: other });
      const { version } = await firmsOf(estate);
      const change = { firm: other, since: '2026-06-25', reason: '业主大会决议', version };
      expect((await name(estate, change)).status).toBe(204);
      const both = async () => [(await bills(accountant)).status, (await bills(successor)).status];
      expect(await both()).toEqual([200, 404]);
      app.clock.now = JUNE_20 + 5 * DAY_MS;
      expect(await both()).toEqual([404, 200]);
      app.clock.now = JUNE_20;
    });

    it('acts where nobody has said which firm serves, while there is no other', async () => {
      const community = await app.place('community');
      const { deps } = world;
      const [at, under] = [{ book: 1, parent: community }, app.place('estate', community)];
      const only = must(await addPlace(deps, { ...at, kind: 'firm', name: '甲物业' })).id;
      const { estateFirms: t } = app.engine.tables;
      await app.engine.db.delete(t).where(eq(t.firm, only));
      const person = await app.person({ role: 'accountant', place: only });
      expect((await bills(person, await under)).status).toBe(200);
      const row = { id: uuid(), version: 1, book: 1, kind: 'firm' as const, createdAt: 0 };
      await app.engine.db.insert(app.engine.tables.places).values({ ...row, parent: community, name: '乙' });
      expect((await bills(person, await under)).status).toBe(404);
    });
  });
});
