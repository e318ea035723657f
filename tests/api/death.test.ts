/** A death: who may register it, what ends with it, what of it is said where, and how it is taken back. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { peopleInPost } from '../../api/identity/index.ts';
import { actingFor } from '../support/acting.ts';
import { codeOf, PASSWORD, startApp, type TestApp, type Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { openFamilies, type Families } from '../support/families.ts';
import { sessionOf } from '../support/phone-world.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let world: Families;

  beforeAll(async () => {
    app = await startApp(await open());
    world = await openFamilies(app);
  });

  const at = (resident: string) => `/api/v1/estates/${world.estate.id}/residents/${resident}`;
  const rowOf = async (person: string) => {
    const { residencies: t } = app.engine.tables;
    return (await app.engine.db.select().from(t).where(eq(t.person, person)))[0]!;
  };
  const end = (home: { id: string; version: number }, said: object, by: Visitor = world.staff) =>
    app.request(`/api/v1/residencies/${home.id}/ending`, {
      ...{ by, json: { until: '2026-06-20', reason: 'death', version: home.version, ...said } },
    });
  const die = async (person: string, by: Visitor = world.staff) => end(await rowOf(person), {}, by);

  /** Into the home of another. */
  async function moveIn(person: string, other: string, relation: 'owner' | 'family'): Promise<void> {
    const { residencies: t } = app.engine.tables;
    const row = { ...(await rowOf(other)), id: uuid(), version: 1, person, relation, since: '2020-01-01' };
    await app.engine.db.insert(t).values({ ...row, until: null, endReason: null });
  }

  describe('a death is registered', () => {
    const operator = () => app.person({ role: 'operator', place: '' });

    it('by those alone who could help the person with a password: the auditor’s by the operator', async () => {
      const { mother } = await world.family('view');
      const auditor = await app.person({ role: 'auditor', place: world.community.id });
      await moveIn(auditor.id, mother, 'owner');
      const refused = await die(auditor.id);
      expect([refused.status, await codeOf(refused.clone())]).toEqual([403, 'not-allowed']);
      expect(await refused.text()).toContain('"reason"');
      const log = `/api/v1/places/${world.estate.id}/access-log`;
      expect((await app.request(log, { by: auditor })).status).toBe(200);
      expect((await die(auditor.id, await operator())).status).toBe(200);
      expect((await app.request(log, { by: auditor })).status).toBe(401);
    });

    it('not of somebody who lives in another community too, but by who acts in both', async () => {
      const { mother } = await world.family('view');
      await livesElsewhere(mother);
      expect(await codeOf(await die(mother))).toBe('not-allowed');
      expect((await end(await rowOf(mother), { reason: 'moving' })).status).toBe(200);
    });

    it('by nobody of themselves, neither by the operator', async () => {
      const { mother } = await world.family('view');
      const boss = await operator();
      await moveIn(boss.id, mother, 'owner');
      expect(await codeOf(await die(boss.id, boss))).toBe('second-person-needed');
    });

    it('and hands over nobody: their other home is still the other estate’s to help', async () => {
      const { mother } = await world.family('view');
      const her = await app.person({ role: 'member', place: world.estate.id });
      await moveIn(her.id, mother, 'owner');
      await livesElsewhere(her.id);
      expect((await die(her.id, await operator())).status).toBe(200);
      const json = { version: 1, name: '王玉兰', phone: '13900009999' };
      const rename = (by: Visitor) => app.request(`/api/v1/people/${her.id}`, { method: 'PUT', by, json });
      expect((await rename(world.staff)).status).toBe(404);
      expect((await rename(await operator())).status).toBe(200);
    });

    it('and said where the person is looked up, until it is taken back there', async () => {
      const { mother } = await world.family('view');
      const shown = async () => {
        const known = await app.request(`/api/v1/people/${mother}`, { by: world.staff });
        const desk = await app.request(at(mother), { by: world.staff });
        const days = [await known.json(), await desk.json()] as { diedOn?: string }[];
        return [desk.status, ...days.map(({ diedOn }) => diedOn)];
      };
      expect(await shown()).toEqual([200, undefined, undefined]);
      expect((await die(mother)).status).toBe(200);
      expect(await shown()).toEqual([200, '2026-06-19', '2026-06-19']);
      expect((await end(await rowOf(mother), { reason: 'mistake', until: null })).status).toBe(200);
      expect(await shown()).toEqual([200, undefined, undefined]);
      expect(await rowOf(mother)).toMatchObject({ until: null, endReason: null });
      const sold = await end(await rowOf(mother), { reason: 'sale', until: null });
      expect(await codeOf(sold)).toBe('invalid-input');
    });

    it('and nobody waits any more for the post that they held', async () => {
      const { mother } = await world.family('view');
      const lead = await app.person({ role: 'finance_lead', place: world.estate.id });
      await moveIn(lead.id, mother, 'owner');
      const inPost = () =>
        peopleInPost(app.engine, { role: 'finance_lead', places: [world.estate.id], now: app.clock.now });
      expect(await inPost()).toEqual([lead.id]);
      expect((await die(lead.id, await operator())).status).toBe(200);
      expect(await inPost()).toEqual([]);
      const path = `/api/v1/places/${world.estate.id}/roles?role=finance_lead`;
      const listed = await app.request(path, { by: world.staff });
      expect(await listed.json()).toMatchObject({ items: [{ person: lead.id, died: true }] });
    });

    /** A second home, in an estate of another community. */
    async function livesElsewhere(person: string): Promise<void> {
      const { residencies: t, houses } = app.engine.tables;
      const estate = await app.place('estate', await app.place('community'));
      const house = { id: uuid(), version: 1, estate, building: '1', unit: '', room: '0101', createdAt: 0 };
      await app.engine.db.insert(houses).values(house);
      const row = { id: uuid(), version: 1, house: house.id, person, relation: 'owner' as const };
      await app.engine.db.insert(t).values({ ...row, since: '2026-06-01', createdAt: 0 });
    }
  });

  describe('after a death', () => {
    const offset = (bill: string, by: Visitor) =>
      app.request(`/api/v1/bills/${bill}/offsets`, { by, key: uuid(), json: { value: '35.49' } });

    it('consents given and got end, she is signed out, and who helped is told', async () => {
      const { mother, daughter, for: by } = await world.family();
      const helped = await world.family('view');
      await consentOf(helped.mother, mother);
      expect((await app.request('/api/v1/me/points', { by })).status).toBe(200);
      expect((await die(mother)).status).toBe(200);
      expect((await app.request('/api/v1/me/points', { by })).status).toBe(404);
      const { proxies: t } = app.engine.tables;
      for (const of of [eq(t.principal, mother), eq(t.proxy, mother)]) {
        const rows = await app.engine.db.select().from(t).where(of);
        expect(rows.map(({ endedAt, endedBy }) => [endedAt, endedBy])).toEqual([
          [app.clock.now, `person:${world.staff.id}`],
        ]);
      }
      expect(await world.noticesOf(daughter.id)).toEqual(['helper-ended']);
      expect(await world.noticesOf(helped.mother)).toEqual(['helper-ended']);
      const { notices } = app.engine.tables;
      const told = async (person: string) =>
        (await app.engine.db.select().from(notices).where(eq(notices.person, person)))[0]?.facts.ofDeath;
      // Her daughter is not asked to arrange it anew; whom she helped may well be.
      expect([await told(daughter.id), await told(helped.mother)]).toEqual([true, undefined]);
      expect(await world.noticesOf(mother)).toEqual([]);
    });

    it('nobody acts for them, by whichever way', async () => {
      const { mother, daughter, bill, for: by } = await world.family();
      // She had a password, a session and another home, and her daughter has her phone now.
      const herself = await app.person({ role: 'member', place: world.estate.id });
      await moveIn(herself.id, mother, 'owner');
      await app.request('/api/v1/me', { by: herself });
      expect((await die(herself.id)).status).toBe(200);
      await moveIn(herself.id, mother, 'family');
      await consentOf(herself.id, daughter.id);
      const her = at(herself.id);
      const acting = actingFor(daughter, herself.id);
      const inPerson = { value: '35.49', present: true, identified: 'known' };
      const paper = { helper: daughter.id, may: 'spend', paper: '代-1' };
      const password = { username: herself.username, password: PASSWORD };
      const { auth } = app.server.deps.identity;
      const ways: [string, Response][] = [
        [
          'a code to her phone',
          await auth.api.signInPerson({ body: { person: herself.id }, asResponse: true }),
        ],
        ['her session', await app.request('/api/v1/me/points', { by: herself })],
        ['her session spends', await offset(bill, herself)],
        ['her password', await app.request('/api/auth/sign-in/username', { json: password })],
        ['a relative looks', await app.request('/api/v1/me/points', { by: acting })],
        ['a relative spends', await offset(bill, acting)],
        ['a relative’s code', await app.request('/api/v1/me/codes', { method: 'POST', by: acting })],
        [
          'the desk',
          await app.request(`${her}/bills/${bill}/offsets`, { by: world.staff, key: uuid(), json: inPerson }),
        ],
        ['a paper', await app.request(`${her}/helpers`, { by: world.staff, json: paper })],
        [
          'a paper with them as helper',
          await app.request(`${at(mother)}/helpers`, {
            ...{ by: world.staff, json: { ...paper, helper: herself.id } },
          }),
        ],
      ];
      const refused = ways.map(([way, { status }]) => [way, [401, 403, 404].includes(status)]);
      expect(refused).toEqual(ways.map(([way]) => [way, true]));
      // Their housemate goes on, and does not find them among those who could help.
      expect((await app.request('/api/v1/me/points', { by })).status).toBe(200);
    });

    it('who was registered by mistake hears it once they have given their password, and comes in when it is put right', async () => {
      const { mother } = await world.family('view');
      const her = await app.person({ role: 'member', place: world.estate.id });
      await moveIn(her.id, mother, 'owner');
      const enter = (password: string) =>
        app.request('/api/auth/sign-in/username', { json: { username: her.username, password } });
      expect((await die(her.id)).status).toBe(200);
      // Nobody learns of a death by guessing, and whoever gives the right one is not locked out for it.
      expect(await codeOf(await enter(`${PASSWORD}?`))).toBe('wrong-credentials');
      for (let tries = 0; tries < 6; tries += 1) {
        const told = await enter(PASSWORD);
        expect([told.status, await codeOf(told.clone()), told.headers.getSetCookie()]).toEqual([
          403,
          'account-ended',
          [],
        ]);
        expect(await told.text()).toContain('社区服务站');
      }
      expect((await end(await rowOf(her.id), { reason: 'mistake', until: null })).status).toBe(200);
      const back = await enter(PASSWORD);
      expect(back.status).toBe(200);
      expect((await app.request('/api/v1/me/points', { by: sessionOf(back) })).status).toBe(200);
    });

    it('nothing comes through that was begun before: of a death and a use at once, one is first', async () => {
      const { mother, bill, for: by } = await world.family();
      const [death, used] = await Promise.all([die(mother), offset(bill, by)]);
      expect([death.status, used.status < 500]).toEqual([200, true]);
      const { offsets: t } = app.engine.tables;
      const made = await app.engine.db.select().from(t).where(eq(t.member, mother));
      expect(made).toHaveLength(used.status === 201 ? 1 : 0);
      expect((await offset(bill, by)).status).toBe(404);
    });

    it('is not registered ahead of its day, and is taken back as a mistake', async () => {
      const { mother, bill, daughter } = await world.family();
      const ahead = await end(await rowOf(mother), { until: '2026-07-01' });
      expect(await codeOf(ahead)).toBe('invalid-input');
      expect((await die(mother)).status).toBe(200);
      const moved = await end(await rowOf(mother), { until: '2026-07-01', reason: 'moving' });
      expect(moved.status).toBe(200);
      await consentOf(mother, daughter.id);
      expect((await offset(bill, actingFor(daughter, mother))).status).toBe(201);
    });

    async function consentOf(principal: string, proxy: string): Promise<void> {
      const row = { id: uuid(), version: 1, principal, proxy, may: 'spend' as const, until: '2027-06-01' };
      const how = { since: '2026-06-01', given: 'house' as const, paper: '', place: '', recordedBy: 'test' };
      await app.engine.db.insert(app.engine.tables.proxies).values({ ...row, ...how, createdAt: 0 });
    }
  });
});
