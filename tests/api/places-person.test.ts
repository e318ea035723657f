/** One person at a desk: masked, in full with a reason, corrected, and at home in houses by the day. */
import { and, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { correctPerson } from '../../api/identity/index.ts';
import { codeOf, startApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

type Known = {
  name: string;
  phone: string;
  version: number;
  erased: boolean;
  residencies: {
    id: string;
    version: number;
    house: { code: string };
    since?: string;
    until?: string;
    endReason?: string;
    goesOn: boolean;
  }[];
  roles: { role: string; placeName: string }[];
};

eachEngine((_name, open) => {
  /** 王小明 owns 3-2-0501 of our estate; next door is an estate of another community. */
  async function town() {
    const app = await startApp(await open());
    const { tables, db } = app.engine;
    const community = await app.place('community');
    const estate = await app.place('estate', community);
    const elsewhere = await app.place('estate', await app.place('community'));
    const house = async (at: string, room: string) => {
      const row = { id: uuid(), version: 1, estate: at, building: '3', unit: '2', room, createdAt: 0 };
      await db.insert(tables.houses).values(row);
      return row.id;
    };
    const [home, next, other] = [
      await house(estate, '0501'),
      await house(estate, '0502'),
      await house(elsewhere, '0101'),
    ];
    const person = await app.resident();
    const lives = async (who: string, at: string, since = '2024-05-01') => {
      const row = { id: uuid(), version: 1, house: at, person: who, relation: 'owner' as const, since };
      await db.insert(tables.residencies).values({ ...row, createdAt: 0 });
      return row.id;
    };
    const residency = await lives(person, home);
    const staff = await app.person({ role: 'staff', place: community });
    const stranger = await app.person({ role: 'staff', place: elsewhere });
    const auditor = await app.person({ role: 'auditor', place: community });
    const get = (by: TestPerson, who = person) => app.request(`/api/v1/people/${who}`, { by });
    const known = async (by = staff) => (await (await get(by)).json()) as Known;
    const post = (path: string, json: object, by: TestPerson = staff) =>
      app.request(`/api/v1${path}`, { json, by });
    const put = (json: object, by: TestPerson = staff, who = person) =>
      app.request(`/api/v1/people/${who}`, { method: 'PUT', json, by });
    const logged = async (action: 'unmask' | 'correct' | 'add-residency' | 'end-residency') =>
      db.select().from(tables.accessLog).where(eq(tables.accessLog.action, action));
    return {
      ...{ app, community, estate, elsewhere, home, next, other, person, lives, residency },
      ...{ staff, stranger, auditor, get, known, post, put, logged },
    };
  }

  describe('a person', () => {
    it('is shown masked to who acts where they live, and is nobody to all others', async () => {
      const { get, known, stranger, auditor, app, community } = await town();
      expect(await known()).toMatchObject({
        name: '王*',
        phone: '138****0001',
        residencies: [{ house: { code: '3-2-0501' }, since: '2024-05-01', goesOn: true }],
        roles: [],
      });
      expect((await known(auditor)).name).toBe('王*');
      const nobody = await get(stranger, uuid());
      const foreign = await get(stranger);
      expect([foreign.status, await foreign.text()]).toEqual([404, await nobody.text()]);
      expect((await get(await app.person({ role: 'leader', place: community }))).status).toBe(403);
    });

    it('has houses and roles of other places that are not shown here', async () => {
      const { app, known, lives, person, other, stranger, elsewhere } = await town();
      await lives(person, other, '2025-01-01');
      const row = { id: uuid(), person, role: 'leader', place: elsewhere, validFrom: 0, validTo: null };
      await app.engine.db.insert(app.engine.tables.roles).values({ ...row, grantedBy: 'test' });
      const codes = ({ residencies }: Known) => residencies.map(({ house }) => house.code);
      expect([codes(await known()), (await known()).roles]).toEqual([['3-2-0501'], []]);
      expect(codes(await known(stranger))).toEqual(['3-2-0101']);
      expect((await known(stranger)).roles).toMatchObject([{ role: 'leader' }]);
    });

    it('is shown in full to who writes down why, and each look is in the log', async () => {
      const { app, person, post, logged, staff, stranger, auditor, estate } = await town();
      const path = `/people/${person}/unmasking`;
      expect((await post(path, { reason: ' ' })).status).toBe(422);
      expect((await post(path, { reason: '看看' }, auditor)).status).toBe(403);
      expect((await post(path, { reason: '看看' }, stranger)).status).toBe(404);
      expect(await logged('unmask')).toEqual([]);
      const seen = await post(path, { reason: '电话核实' });
      expect(await seen.json()).toEqual({ name: '王小明', phone: '13800000001' });
      const entry = { actor: `person:${staff.id}`, subject: `person:${person}`, place: estate };
      expect(await logged('unmask')).toMatchObject([{ ...entry, reason: '电话核实', at: app.clock.now }]);
    });

    it('is corrected once for each version seen, and the log has what was corrected and never the words', async () => {
      const { known, put, logged } = await town();
      const tries = await Promise.all([
        put({ version: 1, name: '王晓明', phone: '13800000001' }),
        put({ version: 1, name: '王大明', phone: null }),
      ]);
      expect(tries.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await codeOf(await put({ version: 1, name: '王中明', phone: null }))).toBe('changed-meanwhile');
      expect((await put({ version: 2, name: '王小明', phone: '13900000002' })).status).toBe(200);
      expect(await known()).toMatchObject({ version: 3, phone: '139****0002' });
      expect((await put({ version: 3, name: '王小明', phone: '123' })).status).toBe(422);
      const reasons = (await logged('correct')).map(({ reason }) => reason);
      expect(reasons).toHaveLength(2);
      for (const reason of reasons) expect(reason).toMatch(/^(name|phone|name, phone)$/);
    });

    it('whom a roster found while they were being corrected was changed meanwhile, and nothing is half done', async () => {
      const { app, known, person, staff, community, logged } = await town();
      const { people } = app.engine.tables;
      // As an import does, between the look at the person and the write.
      const found = () =>
        app.engine.db.update(people).set({ phone: '13800000002', version: 2 }).where(eq(people.id, person));
      const exclusively: Engine['exclusively'] = (name, work) =>
        app.engine.exclusively(name, (engine) =>
          work({
            ...engine,
            atomically: async (writes) => {
              await found();
              return engine.atomically(writes);
            },
          }),
        );
      const by = { kind: 'person' as const, person: staff.id, roles: [{ role: 'staff', place: community }] };
      const said = { person, version: 1, name: '王晓明', phone: null, sharedPhone: false };
      const deps = { ...app.server.deps, engine: { ...app.engine, exclusively } };
      const done = await correctPerson(deps as typeof app.server.deps, by as never, {
        ...{ ...said, now: app.clock.now },
      });
      expect(done).toMatchObject({ code: 'changed-meanwhile' });
      expect(await known()).toMatchObject({ version: 2 });
      expect(await logged('correct')).toEqual([]);
    });

    it('is corrected by those alone who could set their password', async () => {
      const { app, person, put, stranger, estate } = await town();
      const json = { version: 1, name: '王晓明', phone: null };
      expect((await put(json, stranger)).status).toBe(404);
      // An auditor who lives here is not the staff's to rename.
      const row = { id: uuid(), person, role: 'auditor', place: estate, validFrom: 0, validTo: null };
      await app.engine.db.insert(app.engine.tables.roles).values({ ...row, grantedBy: 'test' });
      expect((await put(json)).status).toBe(404);
      const operator = await app.person({ role: 'operator', place: '' });
      expect((await put(json, operator)).status).toBe(200);
    });

    it('does not become the namesake with the same phone: two of one name and phone are one person', async () => {
      const { app, put, lives, next } = await town();
      const twin = await app.resident();
      await lives(twin, next);
      const answer = await put({ version: 1, name: '王小明', phone: '13800000001' }, undefined, twin);
      // As they are registered twice already, nothing changes.
      expect(answer.status).toBe(200);
      const { people } = app.engine.tables;
      await app.engine.db.update(people).set({ phone: null }).where(eq(people.id, twin));
      expect(
        await codeOf(await put({ version: 1, name: '王小明', phone: '13800000001' }, undefined, twin)),
      ).toBe('phone-taken');
    });
  });

  describe('a phone that somebody else of the book has', () => {
    it('is given to one more only when a colleague says that they share it, and that stands in the log', async () => {
      const { app, put, lives, next } = await town();
      const wife = await app.resident();
      await lives(wife, next);
      const { people, accessLog } = app.engine.tables;
      await app.engine.db.update(people).set({ name: '李桂兰', phone: null }).where(eq(people.id, wife));
      const json = { version: 1, name: '李桂兰', phone: '13800000001' };
      const asked = await put(json, undefined, wife);
      expect([asked.status, await codeOf(asked.clone())]).toEqual([409, 'phone-shared']);
      expect(await asked.text()).toContain('"sharedPhone"');
      expect((await put({ ...json, sharedPhone: true }, undefined, wife)).status).toBe(200);
      const logged = await app.engine.db
        .select({ reason: accessLog.reason })
        .from(accessLog)
        .where(and(eq(accessLog.subject, `person:${wife}`), eq(accessLog.action, 'correct')));
      expect(logged).toEqual([{ reason: 'phone, shared' }]);
      // A slip in the name is mended without the question being asked again.
      expect((await put({ ...json, version: 2, name: '李桂芳' }, undefined, wife)).status).toBe(200);
    });

    it('is anybody’s who is known to another book alone', async () => {
      const { app, put, person } = await town();
      const elsewhere = await app.place('estate', '', 2);
      const stranger = await app.resident({ role: 'member', place: elsewhere });
      const { people } = app.engine.tables;
      await app.engine.db.update(people).set({ phone: '13900000077' }).where(eq(people.id, stranger));
      expect(
        (await put({ version: 1, name: '王小明', phone: '13900000077' }, undefined, person)).status,
      ).toBe(200);
    });
  });

  describe('a house', () => {
    it('gets somebody from a day on, whom nobody registers there twice', async () => {
      const { known, person, next, other, post, logged, staff, estate } = await town();
      const path = `/people/${person}/residencies`;
      const tenant = { house: next, relation: 'tenant', since: '2026-06-01' };
      const tries = await Promise.all([post(path, tenant), post(path, tenant)]);
      expect(tries.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect((await post(path, { ...tenant, house: other })).status).toBe(404);
      expect((await post(path, { ...tenant, since: '2025-01-01', until: '2024-01-01' })).status).toBe(422);
      expect((await post(path, { ...tenant, since: '2025-01-01', until: '2026-06-01' })).status).toBe(201);
      expect((await known()).residencies.map(({ house, since }) => [house.code, since])).toEqual([
        ['3-2-0501', '2024-05-01'],
        ['3-2-0502', '2025-01-01'],
        ['3-2-0502', '2026-06-01'],
      ]);
      const entry = { actor: `person:${staff.id}`, place: estate, reason: 'tenant' };
      expect(await logged('add-residency')).toMatchObject([entry, entry]);
    });

    it('is sold: from that day the person is none of its household, and before they were', async () => {
      const { app, known, home, residency, post, logged, stranger, auditor } = await town();
      const path = `/residencies/${residency}/ending`;
      const sold = { until: '2026-06-10', reason: 'sale', version: 1 };
      expect((await post(path, sold, stranger)).status).toBe(404);
      expect((await post(path, { ...sold, until: '2024-04-30' })).status).toBe(422);
      expect((await post(path, { ...sold, until: '2028-01-01' })).status).toBe(422);
      const tries = await Promise.all([post(path, sold), post(path, { ...sold, reason: 'moving' })]);
      expect(tries.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [ended] = (await known()).residencies;
      expect(ended).toMatchObject({ until: '2026-06-10', goesOn: false, version: 2 });
      expect((await post(path, { ...sold, reason: 'death', version: 2 })).status).toBe(200);
      expect((await known()).residencies).toMatchObject([{ endReason: 'death', version: 3 }]);
      const household = async (day: string) => {
        const answer = await app.request(`/api/v1/houses/${home}/residents?day=${day}`, { by: auditor });
        return ((await answer.json()) as { items: unknown[] }).items.length;
      };
      expect([await household('2026-06-09'), await household('2026-06-10')]).toEqual([1, 0]);
      expect(await logged('end-residency')).toHaveLength(2);
    });

    it('has nobody twice on a day because the end of an earlier time was corrected', async () => {
      const { known, person, next, post } = await town();
      const path = `/people/${person}/residencies`;
      const tenant = { house: next, relation: 'tenant', since: '2025-01-01', until: '2026-01-01' };
      const { id } = (await (await post(path, tenant)).json()) as { id: string };
      const owner = { house: next, relation: 'owner', since: '2026-02-01' };
      expect((await post(path, owner)).status).toBe(201);
      const end = (until: string) =>
        post(`/residencies/${id}/ending`, { until, reason: 'mistake', version: 1 });
      expect((await end('2026-03-01')).status).toBe(409);
      expect((await end('2026-02-01')).status).toBe(200);
      expect((await known()).residencies).toHaveLength(3);
    });
  });

  describe('the access log', () => {
    it('is read by auditors of the place, filtered, and names nobody in full but colleagues', async () => {
      const { app, person, post, put, estate, auditor, staff, stranger } = await town();
      await post(`/people/${person}/unmasking`, { reason: '电话核实' });
      await put({ version: 1, name: '王晓明', phone: null });
      const path = `/api/v1/places/${estate}/access-log`;
      const log = async (query = '') => {
        const answer = await app.request(`${path}?${query}`, { by: auditor });
        expect(answer.status, await answer.clone().text()).toBe(200);
        return (await answer.json()) as { items: Record<string, string>[]; next?: string };
      };
      const { items } = await log();
      expect(items.map(({ action }) => action)).toEqual(['correct', 'unmask']);
      expect(items[1]).toMatchObject({ subjectName: '王*', actorName: '王小明', reason: '电话核实' });
      expect((await log('action=unmask')).items).toHaveLength(1);
      expect((await log(`subject=${person}&actor=${staff.id}`)).items).toHaveLength(2);
      expect((await log(`actor=${stranger.id}`)).items).toEqual([]);
      const { people } = app.engine.tables;
      await app.engine.db.update(people).set({ phone: '13912345678' }).where(eq(people.id, person));
      const find = (phone: string) => app.request(`${path}/phone`, { by: auditor, json: { phone } });
      expect(await (await find('139 1234 5678')).json()).toEqual({ people: [person] });
      expect((await log(`people=${uuid()},${person}&action=unmask`)).items).toHaveLength(1);
      expect(await codeOf(await find('1391234567'))).toBe('invalid-input');
      expect(await (await find('13912345679')).json()).toEqual({ people: [] });
      const first = await log('limit=1');
      expect((await log(`limit=1&cursor=${first.next}`)).items).toMatchObject([{ action: 'unmask' }]);
      expect((await app.request(path, { by: staff })).status).toBe(403);
      const file = await app.request(`${path}/file?format=csv&action=unmask`, { by: auditor });
      const row = /查看完整姓名、手机号,王小明,person:[\w-]+,王\*,person:[\w-]+,电话核实/;
      expect(await file.text()).toMatch(row);
      expect((await log('action=export')).items).toMatchObject([{ subject: `access-log:${estate}` }]);
    });
  });
});
